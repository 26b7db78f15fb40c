from __future__ import annotations

import re
import uuid

import msgspec
import pytest

from backoffice.rights import Role
from terminal.people.pins import verify
from terminal.sync import wire
from tests.backoffice.web.shop_forms import field, new_shop, put, row, rows, send, words

pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)
OLA = {"name": "Ola", "identifier": "77", "role": "kasjer", "language": "", "pin": "593827"}


@pytest.fixture
def shop(http, admin):
    return new_shop(http, admin)


def named(http, admin, shop, name):
    return next((it for it in rows(http, admin, "users", shop) if it["name"] == name), None)


def test_a_new_person_works_in_the_shops_that_were_ticked(browser, http, admin, shop):
    other = new_shop(http, admin)
    page = browser.get("/staff/new")
    answer = send(browser, "/staff/new", page, **OLA, shops=[shop, other])
    assert answer.status_code == 303
    ola, twin = (named(http, admin, it, "Ola") for it in (shop, other))
    assert ola == twin
    assert verify("593827", ola["pin_hash"])
    page = browser.get(answer.headers["location"])
    assert "593827" not in page.text
    assert "scrypt" not in page.text
    again = {**OLA, "pin": "", "name": "Ola B."}
    assert (
        send(browser, answer.headers["location"], page, **again, shops=[other]).status_code == 303
    )
    assert row(http, admin, "users", shop, ola["id"])["is_active"] is False
    twin = row(http, admin, "users", other, ola["id"])
    assert (twin["name"], twin["pin_hash"]) == ("Ola B.", ola["pin_hash"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("name", ""),
        ("name", "x" * 33),
        ("identifier", "7a"),
        ("identifier", "12345678901"),
        ("identifier", "1"),
        ("pin", "123"),
        ("pin", "12345678x"),
        ("pin", "1111"),
        ("pin", "1234"),
        ("role", "nobody"),
        ("language", "de"),
        ("shops", "nobody"),
        ("shops", None),
    ],
)
def test_bad_input_comes_back_as_it_was_typed(browser, http, admin, shop, name, text):
    form = {**OLA, "shops": [shop], name: text}
    if text is None:
        del form[name]
    answer = send(browser, "/staff/new", browser.get("/staff/new"), **form)
    assert answer.status_code == 422
    assert f'id="error-{name}"' in answer.text
    assert field(answer, "name") == (text if name == "name" else "Ola")
    assert "593827" not in answer.text
    assert named(http, admin, shop, "Ola") is None


def test_a_weak_pin_must_be_meant(browser, http, admin, shop):
    page = browser.get("/staff/new")
    form = {**OLA, "pin": "1234", "shops": [shop]}
    assert send(browser, "/staff/new", page, **form).status_code == 422
    assert send(browser, "/staff/new", page, **form, sure="yes").status_code == 303
    assert verify("1234", named(http, admin, shop, "Ola")["pin_hash"])


def test_of_two_editors_the_second_is_told(browser, http, admin, shop):
    made = send(browser, "/staff/new", browser.get("/staff/new"), **OLA, shops=[shop])
    here = made.headers["location"]
    page = browser.get(here)
    ola = named(http, admin, shop, "Ola")
    put(http, admin, "users", shop, {**ola, "name": "Aleksandra"})
    answer = send(browser, here, page, **{**OLA, "pin": "", "name": "Olga"}, shops=[shop])
    assert answer.status_code == 409
    assert "Aleksandra" in words(answer)
    assert field(answer, "name") == "Olga"
    assert row(http, admin, "users", shop, ola["id"])["name"] == "Aleksandra"


def test_switched_off_and_on_again(browser, http, admin, shop):
    made = send(browser, "/staff/new", browser.get("/staff/new"), **OLA, shops=[shop])
    here = made.headers["location"]
    assert send(browser, f"{here}/off", browser.get(here)).status_code == 303
    ola = named(http, admin, shop, "Ola")
    assert ola["is_active"] is False
    assert "Ola" in words(browser.get("/staff", params={"show": "off"}))
    stale = browser.get(here)
    assert send(browser, f"{here}/on", stale).status_code == 303
    assert named(http, admin, shop, "Ola").get("is_active", True)
    assert send(browser, f"{here}/off", stale).status_code == 409


def test_the_last_who_may_close_the_day_is_not_switched_off_by_accident(browser, http, admin):
    lone = {"id": "lone", "identifier": "5", "name": "Samotny", "role": "szef"}
    shop = new_shop(http, admin, users=[lone])
    page = browser.get("/staff/lone")
    answer = send(browser, "/staff/lone/off", page)
    assert answer.status_code == 409
    assert f"Sklep {shop}" in words(answer)
    assert 'name="sure"' in answer.text
    assert row(http, admin, "users", shop, "lone").get("is_active", True)
    assert send(browser, "/staff/lone/off", page, sure="yes").status_code == 303


def test_who_did_not_sign_in_for_long_is_found(browser, http, admin, books, new_till):
    shop = new_shop(http, admin, users=[
        {"id": "here", "identifier": "5", "name": "Obecny", "role": "szef"},
        {"id": "gone", "identifier": "6", "name": "Dawny", "role": "szef"},
    ])  # fmt: skip
    name, device = new_till(shop)
    journal = books(name, shop)
    at = "2999-01-01T08:00:00+01:00"  # a clock that is ahead counts as now
    rid = str(uuid.uuid4())
    journal.add(wire.EventDoc(rid, name, shop, at, "Obecny", "login", {"user": "here"}))
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    http.post(f"/v1/terminals/{name}/journal", auth=device, content=body).raise_for_status()
    away = words(browser.get("/staff", params={"show": "away"}))
    assert "Dawny" in away
    assert "Obecny" not in away


def test_the_search_finds_names_and_identifiers(browser, http, admin, shop):
    send(browser, "/staff/new", browser.get("/staff/new"), **OLA, shops=[shop])
    assert re.search(r">Ola<", browser.get("/staff", params={"search": "oL"}).text)
    assert re.search(r">Ola<", browser.get("/staff", params={"search": "77"}).text)
    assert not re.search(r">Ola<", browser.get("/staff", params={"search": "Zz"}).text)


def test_a_person_who_is_not_there_is_not_found(browser, shop):
    page = browser.get("/staff/new")
    assert browser.get("/staff/nobody").status_code == 404
    assert send(browser, "/staff/nobody", page, **OLA, shops=[shop]).status_code == 404
    assert send(browser, "/staff/nobody/off", page).status_code == 404
    assert send(browser, "/staff/nobody/away", page).status_code in {400, 404}


def test_who_manages_one_shop_changes_a_person_there_alone(browser, browser_as, http, admin, shop):
    other = new_shop(http, admin)
    both = {**OLA, "shops": [shop, other]}
    here = send(browser, "/staff/new", browser.get("/staff/new"), **both).headers["location"]
    few = browser_as(Role.MANAGER, shops=[shop])
    page = few.get(here)
    assert other not in page.text
    change = {**OLA, "name": "Ola z Lipy", "shops": [shop, other]}
    assert send(few, here, page, **change).status_code == 303
    assert named(http, admin, shop, "Ola z Lipy")
    assert named(http, admin, other, "Ola")
