from __future__ import annotations

import re
import uuid

import msgspec
import pytest
from sqlalchemy import select

from backoffice.rights import Role
from backoffice.store.engine import reading
from backoffice.store.tables import audit
from terminal.sync import wire
from tests.backoffice.web.pressing import press


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


def begin(browser, **fields):
    return press(browser, "/versions", "/versions/new", **{"percent": "100", **fields})


def test_a_version_is_given_out_to_a_share_and_widened(browser, running):
    asked = {"version": " 2.0.0 ", "group": "south", "percent": "10 %", "is_forced": "yes"}
    assert begin(browser, **asked).status_code == 303
    row = row_of(browser.get("/versions"), "south")
    assert row.startswith("south 2.0.0 10% — w toku prosi o wcześniejsze zamknięcie dnia")
    widen = {"act": "widen", "group": "south", "percent": "50"}
    assert press(browser, "/versions", **widen).status_code == 303
    assert row_of(browser.get("/versions"), "south").startswith("south 2.0.0 50%")
    for percent in ("", "101", "-1", "half"):
        wrong = press(browser, "/versions", **{**widen, "percent": percent})
        assert wrong.status_code == 422
    assert row_of(browser.get("/versions"), "south").startswith("south 2.0.0 50%")
    with reading(running.office.engine) as database:
        chosen = select(audit).where(audit.c.what == "rollouts/south").order_by(audit.c.id)
        lines = database.execute(chosen).all()
    assert [it.before[:1] for it in lines] == ["", "{"]
    assert '"percent":50' in lines[-1].after
    assert lines[-1].name


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"version": "latest"}, "version"),
        ({"version": ""}, "version"),
        ({"version": "1.0.0", "group": "no such"}, "group"),
        ({"version": "1.0.0", "percent": "200"}, "percent"),
        ({"version": "1.0.0", "percent": "<b>"}, "percent"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(browser, fields, field):
    answer = begin(browser, **fields)
    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert "<b>" not in answer.text
    typed = fields[field].replace("<b>", "&lt;b&gt;")
    assert f'value="{typed}"' in answer.text


def test_whoever_has_some_shops_only_gives_nothing_out(browser_as):
    mine = browser_as(Role.MANAGER, {"lipa"})
    assert "/versions/new" not in mine.get("/versions").text
    assert begin(mine, version="1.0.0").status_code == 403
    assert press(mine, "/versions", act="stop", group="south").status_code == 403
