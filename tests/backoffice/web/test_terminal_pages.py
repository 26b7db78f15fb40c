from __future__ import annotations

import csv
import io
import uuid

import msgspec
import pytest

from backoffice import companies, errands
from backoffice.rights import Role
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from tests.backoffice.web.pressing import press, row_of, words


def beat(http, till, **changes):
    name, device = till
    fields = {
        "version": "0.1.0", "unsent": 0, "oldest_unsent_at": "", "day": "OPEN",
        "printer": "ready", "operator": "1", "reports_left": 900, "disk_free_mib": 9000,
    }  # fmt: skip
    content = msgspec.json.encode(wire.Heartbeat(**{**fields, **changes}))
    answer = http.post(f"/v1/terminals/{name}/heartbeat", auth=device, content=content)
    return msgspec.json.decode(answer.raise_for_status().content, type=wire.HeartbeatAnswer)


def send(http, till, journal):
    name, device = till
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    http.post(f"/v1/terminals/{name}/journal", auth=device, content=body).raise_for_status()


@pytest.fixture
def english(browser_as):
    return browser_as(language="en")


def test_the_list_says_what_is_wrong_and_who_is_there(http, english, new_till):
    till = new_till()
    beat(http, till, printer="no_paper", unsent=3, oldest_unsent_at="2026-03-01T12:00:00+01:00")
    row = row_of(english.get("/terminals"), till[0])
    assert "● online" in row
    assert "printer: no paper" in row
    assert "3 documents not sent" in row
    assert "Anna" in row


def test_the_worst_comes_first(http, english, new_till):
    well, ill = new_till("dab"), new_till("dab")
    beat(http, well)
    beat(http, ill, printer="cover")
    text = english.get("/terminals?shop=dab").text
    assert text.index(f"/terminals/{ill[0]}") < text.index(f"/terminals/{well[0]}")


def test_the_list_as_a_file(http, english, new_till):
    till = new_till()
    beat(http, till, printer="cover", at="2020-01-01T00:00:00Z")
    answer = english.get("/terminals?format=csv")
    assert 'filename="terminals.csv"' in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    (own,) = [row for row in rows if row[0] == till[0]]
    assert own[1] == "lipa"
    assert "printer: cover open" in own[-1]
    assert english.get("/terminals?format=pdf").status_code == 400


def test_one_till_with_all_that_is_known(http, english, new_till, books):
    till = new_till()
    states = http.get(f"/v1/terminals/{till[0]}/sets", auth=till[1])
    newest = {
        it.name: it.revision
        for it in msgspec.json.decode(states.content, type=list[wire.SetState])
        if it.revision
    }
    beat(http, till, sets=newest, reports_left=1)
    journal = books(till[0])
    journal.add(journal.cash())
    send(http, till, journal)
    text = words(english.get(f"/terminals/{till[0]}"))
    assert "all of the newest" in text
    assert "room for 1 report " in text
    assert "Documents came" in text
    beat(http, till, sets={**newest, "products": 1})
    text = words(english.get(f"/terminals/{till[0]}"))
    assert "not the newest yet: Products" in text
    beat(http, till)
    assert "it has not told which it has" in words(english.get(f"/terminals/{till[0]}"))


def test_what_a_till_says_is_shown_as_text(http, english, new_till, running):
    till = new_till()
    beat(http, till, version="<b>1</b>", printer="<i>p</i>", operator="<u>o</u>", day="<s>d</s>")
    with writing(running.office.engine) as database:
        errand = errands.ask(database, till[0], "lock", "", "<em>Ewa</em>", running.office.clock())
        detail = {"errand": errand, "state": "refused", "why": "<h1>no</h1>"}
        fields = {"terminal": till[0], "shop": "lipa", "operator": "", "at": ""}
        event = wire.EventDoc(rid=str(uuid.uuid4()), name="errand", detail=detail, **fields)
        errands.learn(database, till[0], event, "2026-03-01T12:00:00.000+00:00")
    for page in ("/terminals", f"/terminals/{till[0]}", "/"):
        text = english.get(page).text
        for tag in ("<b>1", "<i>p", "<u>o", "<s>d", "<em>Ewa", "<h1>no"):
            assert tag not in text, page
    assert "&lt;h1&gt;no" in english.get(f"/terminals/{till[0]}").text


def test_a_till_of_other_shops_does_not_exist(browser_as, new_till):
    ours, theirs = new_till("lipa")[0], new_till("dab")[0]
    browser = browser_as(Role.MANAGER, {"lipa"})
    listed = browser.get("/terminals").text
    assert ours in listed
    assert f"/terminals/{theirs}" not in listed
    assert browser.get(f"/terminals/{ours}").status_code == 200
    assert browser.get(f"/terminals/{theirs}").status_code == 404
    assert browser.get("/terminals?shop=dab").status_code == 404
    assert browser.get("/terminals/nobody").status_code == 404
    answer = press(browser, f"/terminals/{ours}", f"/terminals/{theirs}/group", group="x")
    assert answer.status_code == 404


def test_a_group_is_set_and_a_wrong_one_comes_back(english, new_till, running):
    page = f"/terminals/{new_till()[0]}"
    answer = press(english, page, f"{page}/group", group=" west ")
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    assert 'value="west"' in english.get(page).text
    wrong = press(english, page, f"{page}/group", group="we st")
    assert wrong.status_code == 422
    assert 'value="we st"' in wrong.text
    assert "Letters, digits, dots" in wrong.text
    assert 'value="west"' in english.get(page).text


def test_who_may_only_look_sees_no_buttons(browser_as, new_till):
    page = f"/terminals/{new_till()[0]}"
    clerk = browser_as(Role.CLERK, language="en")
    text = clerk.get(page).text
    assert "/errands" not in text
    assert "/transactions" not in text
    assert press(clerk, page, f"{page}/errands", kind="lock").status_code == 403


def test_an_office_without_tills_says_what_to_do(browser_as, running):
    with writing(running.office.everyone) as database:
        companies.add(database, "empty", "", running.office.clock())
    browser = browser_as(company="empty", language="en")
    assert 'href="/terminals/new"' in browser.get("/terminals").text
    with reading(running.office.of("empty").engine) as database:
        assert errands.open_ones(database, running.office.clock()) == []
