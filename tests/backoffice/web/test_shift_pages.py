from __future__ import annotations

import msgspec

from backoffice.rights import Role
from terminal.sync import wire
from tests.backoffice.test_judge_cash import closed
from tests.backoffice.test_shift_history import opening


def test_shifts_show_what_was_expected_and_counted(browser, browser_as, http, new_till, books):
    name, device = new_till()
    journal = books(name)
    journal.add(opening(journal))
    journal.add(journal.receipt(1, 349, shift="s1"))
    journal.add(journal.cash(amount_gr=500, shift="s1", reason="coins"))
    journal.add(closed(rid="d1", terminal=name, reason="wrong_change"))
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    http.post(f"/v1/terminals/{name}/journal", auth=device, content=body).raise_for_status()
    text = browser.get(f"/shifts?first=2026-03-01&terminal={name}").text
    for shown in ("208,49\u00a0zł", "208,00\u00a0zł", "−0,49\u00a0zł", "źle wydana reszta"):
        assert shown in text
    assert "drobne na wydawanie" in text
    assert "różni się" not in text
    for part, shown in (("shifts", "208,00"), ("moves", "5,00"), ("drawers", "-0,49")):
        assert shown in browser.get(f"/shifts?first=2026-03-01&part={part}&format=csv").text
    assert name not in browser_as(Role.MANAGER, {"dab"}).get("/shifts?first=2026-03-01").text


def test_an_empty_page_says_what_to_do(browser):
    text = browser.get("/shifts?first=2001-01-01&last=2001-01-02").text
    assert "Zmiany włącza się w ustawieniach kas" in text
    assert browser.get("/shifts?first=kiedyś").status_code == 422
