from __future__ import annotations

import msgspec

from terminal.sync import wire


def test_the_overview_shows_terminals_and_receipts(browser, sold):
    text = browser.get("/").text
    assert sold in text
    assert "przed chwilą" in text
    assert "12,34\u00a0zł" in text
    assert "Anna" in text
    assert "otwarty" in text
    assert "Gotówka" in text
    assert "suma pozycji różni się od kwoty paragonu: 10,00\u00a0zł ≠ 9,00\u00a0zł" in text
    assert "&lt;b&gt;ok&lt;/b&gt;" in text
    assert "<b>ok" not in text


def test_alarms_are_shown(browser, http, new_till, books):
    name, device = new_till()
    for _ in range(2):
        journal = books(name)
        journal.add(journal.cash())
        body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
        http.post(f"/v1/terminals/{name}/journal", auth=device, content=body)
    assert f"rozgałęziony dziennik</strong>: kasa {name}" in browser.get("/").text
