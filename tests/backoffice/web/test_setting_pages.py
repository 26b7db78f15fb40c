from __future__ import annotations

import html
import re

import pytest

from backoffice.web import setting_form
from terminal.sync import wire
from tests.backoffice.web.shop_forms import field, new_shop, put, row, send, words

pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)
USUAL = {
    name: text
    for name, text in setting_form.filled(wire.Settings(id="settings")).items()
    if name not in {"parking", "parking_shared", "cash_management", "blind_count"}
    and name not in {"meal_invoices", "console_pin"}
}


@pytest.fixture
def shop(http, admin):
    return new_shop(http, admin)


def settings(http, admin, shop):
    return row(http, admin, "settings", shop, "settings")


def form(browser, shop):
    return browser.get("/settings", params={"shop": shop})


def test_what_changes_is_shown_before_it_is_saved(browser, http, admin, shop):
    typed = {**USUAL, "shop": shop, "close_profile": "remind", "parking": "yes"}
    typed["parking_names"] = "Stolik 1\r\nTelefon\r\n"
    preview = send(browser, "/settings", form(browser, shop), **typed)
    assert preview.status_code == 200
    changes = re.findall(r'<th scope="row"', preview.text)
    assert len(changes) == 3
    assert "Stolik 1, Telefon" in words(preview)
    assert settings(http, admin, shop)["close_profile"] == "block"
    kept = {name: field(preview, name) for name in ("close_profile", "parking", "parking_names")}
    saved = send(browser, "/settings", preview, **{**typed, **kept}, act="save")
    assert saved.status_code == 303
    now = settings(http, admin, shop)
    assert now["close_profile"] == "remind"
    assert now["parking"] is True
    assert now["parking_names"] == ["Stolik 1", "Telefon"]


def test_from_the_preview_one_comes_back_to_what_was_typed(browser, shop):
    typed = {**USUAL, "shop": shop, "receipt_footer": "Dziękujemy <b>"}
    back = send(browser, "/settings", form(browser, shop), **typed, act="edit")
    assert back.status_code == 200
    assert field(back, "receipt_footer") == "Dziękujemy <b>"


def test_only_what_changed_goes_to_the_other_shops(browser, http, admin, shop):
    other = new_shop(http, admin, settings=[{"id": "settings", "idle_lock_min": 7}])
    typed = {**USUAL, "shop": shop, "login_mode": "identifier", "act": "save", "everywhere": "yes"}
    assert send(browser, "/settings", form(browser, shop), **typed).status_code == 303
    theirs = settings(http, admin, other)
    assert (theirs["login_mode"], theirs["idle_lock_min"]) == ("identifier", 7)
    assert settings(http, admin, shop)["idle_lock_min"] == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [("close_at", "25:00"), ("idle_lock_min", "999"), ("receipt_footer", "x" * 300)],
)
def test_bad_input_comes_back_as_it_was_typed(browser, http, admin, shop, name, text):
    before = settings(http, admin, shop)
    typed = {**USUAL, "shop": shop, "login_mode": "none", "act": "save", name: text}
    answer = send(browser, "/settings", form(browser, shop), **typed)
    assert answer.status_code == 422
    assert field(answer, name) == text
    assert f'id="error-{name}"' in answer.text
    assert re.search(r'<option value="none" selected>', answer.text)
    assert settings(http, admin, shop) == before


def test_of_two_editors_the_second_sees_what_the_first_saved(browser, http, admin, shop):
    page = form(browser, shop)
    put(http, admin, "settings", shop, {"id": "settings", "idle_lock_min": 33})
    typed = {**USUAL, "shop": shop, "idle_lock_min": "5", "act": "save"}
    answer = send(browser, "/settings", page, **typed)
    assert answer.status_code == 409
    assert "33" in words(answer)
    assert field(answer, "idle_lock_min") == "5"
    assert settings(http, admin, shop)["idle_lock_min"] == 33
    assert send(browser, "/settings", answer, **typed).status_code == 303
    assert settings(http, admin, shop)["idle_lock_min"] == 5


def test_a_shop_that_is_not_there_is_not_found(browser, shop):
    assert form(browser, "nobody").status_code == 404
    typed = {**USUAL, "shop": "nobody", "act": "save"}
    assert send(browser, "/settings", form(browser, shop), **typed).status_code == 404


def test_each_setting_says_what_it_does_and_from_when(browser, shop):
    page = html.unescape(form(browser, shop).text)
    for name in setting_form.FIELDS:
        assert f'id="help-{name}"' in page, name
