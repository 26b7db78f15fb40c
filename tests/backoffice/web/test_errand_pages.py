from __future__ import annotations

import uuid

import msgspec
import pytest
from sqlalchemy import select

from backoffice.rights import Role
from backoffice.store.engine import reading
from backoffice.store.tables import audit
from terminal.sync import wire
from tests.backoffice.web.pressing import press, row_of, words
from tests.backoffice.web.test_terminal_pages import beat, send


@pytest.fixture
def english(browser_as):
    return browser_as(language="en")


def tell(http, till, journal, errand, state, why=""):
    fields = {"rid": str(uuid.uuid4()), "terminal": till[0], "shop": "lipa", "operator": ""}
    at = "2026-03-01T13:00:00+01:00"
    detail = {"errand": errand, "state": state, "why": why}
    journal.add(wire.EventDoc(**fields, at=at, name="errand", detail=detail))
    send(http, till, journal)


def lines(running, what):
    with reading(running.office.engine) as database:
        found = database.execute(select(audit).where(audit.c.what == what).order_by(audit.c.id))
        return [(it.act, it.name, it.shop, it.before, it.after) for it in found]


def test_what_is_asked_by_a_button_is_followed_to_its_end(http, english, new_till, books, running):
    till = new_till()
    page, journal = f"/terminals/{till[0]}", books(till[0])
    answer = press(english, page, f"{page}/errands", kind="reload", what="units")
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    # Twice is once.
    press(english, page, f"{page}/errands", kind="reload", what="units")
    (asked,) = beat(http, till).errands
    assert (asked.kind, asked.what) == ("reload", "units")
    what = "Load data anew: Units"
    assert "waits for the till" in row_of(english.get(page), what)
    tell(http, till, journal, asked.id, "taken")
    assert "taken" in row_of(english.get(page), what)
    tell(http, till, journal, asked.id, "refused", "E-60 disk full")
    row = row_of(english.get(page), what)
    assert "refused" in row
    assert "E-60 disk full" in row
    assert "Jan" in row
    assert [it[0] for it in lines(running, f"terminals/{till[0]}")] == ["errand", "errand"]
    assert asked.id in lines(running, f"terminals/{till[0]}")[0][4]


def test_a_log_is_read_and_downloaded(http, english, browser_as, new_till):
    till = new_till()
    page = f"/terminals/{till[0]}"
    press(english, page, f"{page}/errands", kind="send_log")
    (asked,) = beat(http, till).errands
    there = f"{page}/logs/{asked.id}"
    assert english.get(there).status_code == 404
    assert "Read the log" not in english.get(page).text
    log = wire.TillLog("ok disk", "<script>alert(1)</script>")
    path = f"/v1/terminals/{till[0]}/logs/{asked.id}"
    http.put(path, auth=till[1], content=msgspec.json.encode(log)).raise_for_status()
    assert f'href="{there}"' in english.get(page).text
    assert "&lt;script&gt;alert(1)" in english.get(there).text
    file = english.get(f"{there}/log.txt")
    assert file.text == "ok disk\n\n<script>alert(1)</script>"
    assert file.headers["content-type"].startswith("text/plain")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert "attachment" in file.headers["content-disposition"]
    stranger = browser_as(Role.MANAGER, {"dab"})
    assert stranger.get(there).status_code == stranger.get(f"{there}/log.txt").status_code == 404
    assert browser_as(Role.ACCOUNTANT).get(there).status_code == 403


def test_a_till_is_blocked_after_a_question_and_let_in_again(http, english, new_till, running):
    till = new_till()
    beat(http, till, unsent=2)
    page = f"/terminals/{till[0]}"
    assert "2 documents are not sent yet." in words(english.get(f"{page}/block"))
    assert press(english, f"{page}/block", act="block").headers["location"] == page
    text = words(english.get(page))
    assert "This till is blocked" in text
    asked = http.get(f"/v1/terminals/{till[0]}/sets", auth=till[1])
    assert asked.status_code == 403
    assert "Turned away: the till is blocked" in words(english.get(page))
    press(english, page, f"{page}/block", act="unblock")
    assert http.get(f"/v1/terminals/{till[0]}/sets", auth=till[1]).status_code == 200
    told = lines(running, f"terminals/{till[0]}")
    assert [it[0] for it in told] == ["block", "unblock"]
    assert told[0][3:] == ('{"is_blocked":false}', '{"is_blocked":true}')


def test_what_no_form_sends_is_refused(english, new_till):
    page = f"/terminals/{new_till()[0]}"
    for fields in ({"kind": "dance"}, {"kind": ""}, {"kind": "reload", "what": "secrets"}, {}):
        assert press(english, page, f"{page}/errands", **fields).status_code == 400
    assert press(english, page, f"{page}/block", act="destroy").status_code == 400
    assert press(english, page, "/terminals/nobody/errands", kind="lock").status_code == 404
    token = {"kind": "lock", "_csrf_token": "x"}
    assert english.post(f"{page}/errands", data=token).status_code == 403
