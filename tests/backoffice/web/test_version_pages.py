from __future__ import annotations

import re
import uuid

import msgspec

from terminal.sync import wire


def send(http, till, journal):
    name, device = till
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    http.post(f"/v1/terminals/{name}/journal", auth=device, content=body).raise_for_status()


def row_of(page, name):
    rows = re.findall(r"<tr>.*?</tr>", page.text, re.DOTALL)
    (row,) = [re.sub(r"<[^>]+>|\s+", " ", it) for it in rows if f">{name}</th>" in it]
    return " ".join(row.split())


def test_nobody_sees_versions_without_signing_in(http):
    assert http.get("/versions").headers["location"] == "/sign-in"


def test_what_runs_where_and_what_became_of_it(http, browser, new_till, admin, books):
    till = new_till()
    assert row_of(browser.get("/versions"), till[0]).startswith(f"{till[0]} — 0.1.0 — —")
    journal = books(till[0])
    for event in ("update_rolled_back", "update_barred"):
        detail = {"version": "1.2.0", "why": "<b>dziennik</b>"}
        at = "2026-03-01T22:00:00+01:00"
        rid = str(uuid.uuid4())
        journal.add(wire.EventDoc(rid, till[0], "lipa", at, "", event, detail))
    send(http, till, journal)
    group = {"group": "west"}
    where = f"/v1/admin/terminals/{till[0]}/group"
    http.put(where, headers=admin, json=group).raise_for_status()
    wish = {**group, "version": "1.3.0"}
    http.put("/v1/admin/rollouts", headers=admin, json=wish).raise_for_status()
    page = browser.get("/versions")
    row = row_of(page, till[0])
    assert row.startswith(f"{till[0]} west 0.1.0 1.3.0 1.2.0 wycofana")
    assert "&lt;b&gt;dziennik" in row
    assert "1.2.0 wycofana" in browser.get("/terminals").text


def test_a_roll_out_is_paused_resumed_and_stopped_by_buttons(http, browser, admin):
    for version in ("1.0.0", "1.1.0"):
        wish = {"group": "east", "version": version}
        http.put("/v1/admin/rollouts", headers=admin, json=wish).raise_for_status()

    def press(act, **other):
        token = re.search(r'_csrf_token" value="([^"]+)"', browser.get("/versions").text)[1]
        told = {"act": act, "group": "east", "_csrf_token": token, **other}
        return browser.post("/versions", data=told).status_code

    assert "1.1.0 100% 1.0.0 w toku" in row_of(browser.get("/versions"), "east")
    assert press("pause") == 303
    assert "wstrzymane" in row_of(browser.get("/versions"), "east")
    assert press("resume") == 303
    assert press("stop") == 303
    assert row_of(browser.get("/versions"), "east").startswith("east 1.0.0 100% —")
    assert press("stop", group="nobody") == 404
    assert press("delete") == 400
    assert press("stop", _csrf_token="x") == 403
