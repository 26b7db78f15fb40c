from __future__ import annotations

import re

import pytest

from backoffice.rights import Role
from terminal.sync.signing import Signing, new_key
from tests.backoffice.devices import request_of
from tests.backoffice.web.pressing import press, words


@pytest.fixture
def english(browser_as):
    return browser_as(language="en")


def code_on(page):
    return re.search(r'class="code">([^<]+)<', page.text)[1]


def add(browser, name, shop="lipa"):
    return press(browser, "/terminals/new", terminal=name, shop=shop)


def test_a_new_till_gets_a_code_that_enrols_its_device(http, english):
    answer = add(english, " N1 ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/terminals/N1/code")
    shown = english.get("/terminals/N1/code")
    # It can be loaded again.
    code = code_on(english.get("/terminals/N1/code"))
    assert code == code_on(shown)
    assert f"kasoterminal enrol --config till.toml {code}" in words(shown)
    assert "data-live" in shown.text
    key = new_key()
    http.post("/v1/enrol", json=request_of(code, key), auth=Signing(key)).raise_for_status()
    after = english.get("/terminals/N1/code/now")
    assert "The till is enrolled since" in after.text
    assert code not in after.text
    # It asks no more.
    assert "data-live" not in after.text


def test_the_code_is_shown_to_whoever_asked_and_to_nobody_else(english, browser_as):
    answer = add(english, "N2")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "Path=/terminals/N2/code" in cookie
    assert "SameSite=strict" in cookie.replace("Strict", "strict")
    other = browser_as(language="en").get("/terminals/N2/code")
    assert 'class="code"' not in other.text
    assert "A code is good until" in other.text


def test_a_broken_device_is_replaced_by_a_fresh_code(http, english, new_till):
    name = new_till()[0]
    page = f"/terminals/{name}"
    first = press(english, page, f"{page}/code")
    assert first.headers["location"] == f"{page}/code"
    old = code_on(english.get(f"{page}/code"))
    press(english, page, f"{page}/code")
    shown = english.get(f"{page}/code")
    assert code_on(shown) != old
    assert "turned away" in shown.text
    key = new_key()
    spent = http.post("/v1/enrol", json=request_of(old, key), auth=Signing(key))
    assert spent.status_code == 403


@pytest.mark.parametrize("name", ["", " ", "a b", "../x", ".", "x" * 65, "<b>", "new", "ą"])
def test_a_wrong_name_comes_back_with_what_was_typed(english, name):
    answer = add(english, name)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "<b>" not in answer.text


def test_a_name_that_is_taken_and_a_shop_that_is_not_there(english, new_till, browser_as):
    taken = add(english, new_till()[0])
    assert taken.status_code == 422
    assert "a new code is made on its page" in taken.text
    assert add(english, "N3", "nowhere").status_code == 422
    # A shop of others is not there.
    mine = browser_as(Role.TECHNICIAN, {"lipa"})
    assert add(mine, "N4", "dab").status_code == 422
    assert mine.get("/terminals/N4/code").status_code == 404


def test_a_cookie_that_was_made_up_is_shown_as_text(english):
    add(english, "N5")
    english.cookies.set("enrolment", "<b>x", path="/terminals/N5/code")
    text = english.get("/terminals/N5/code").text
    assert "<b>x" not in text


def test_the_form_proposes_a_free_name(english, new_till):
    new_till()
    proposed = re.search(r'value="(T\d+)"', english.get("/terminals/new").text)[1]
    assert english.get(f"/terminals/{proposed}").status_code == 404
