from __future__ import annotations

import pytest

from backoffice.rights import Role
from backoffice.running import start_office
from tests.backoffice.web.shop_forms import field, new_shop, put, row, send, words

SAMPLE = "Pod Lipą Handel Spożywczy Sp. z o.o."
GOOD = {"name": "Pod Lipą Sp. z o.o.", "nip": "526-10-01-001", "city": "Łódź"}


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """An office of its own: these change every shop of a company."""
    office = start_office(f"sqlite:///{tmp_path_factory.mktemp('company') / 'office.db'}")
    yield office
    office.stop()


@pytest.fixture(autouse=True)
def same_company(browser):
    """Every shop begins with the name and NIP of the sample."""
    yield
    back = {"name": SAMPLE, "nip": "1234563218", "sure": "yes"}
    assert send(browser, "/company", browser.get("/company"), **back).status_code == 303


def test_name_and_nip_change_in_every_shop_at_once(browser, http, admin):
    shops = [new_shop(http, admin), new_shop(http, admin)]
    page = browser.get("/company")
    assert (field(page, "name"), field(page, "nip")) == (SAMPLE, "1234563218")
    assert send(browser, "/company", page, **GOOD, sure="yes").status_code == 303
    for shop in shops:
        now = row(http, admin, "shop", shop, shop)
        assert (now["company"], now["nip"]) == ("Pod Lipą Sp. z o.o.", "5261001001")
    page = browser.get("/company")
    assert field(page, "city") == "Łódź"


def test_a_shop_that_says_something_else_is_named(browser, http, admin):
    shop = new_shop(http, admin)
    now = row(http, admin, "shop", shop, shop)
    put(http, admin, "shop", shop, {**now, "company": "Inna firma"})
    assert "Inna firma" in words(browser.get("/company"))


@pytest.mark.parametrize(
    ("name", "text"),
    [("nip", "1234563219"), ("nip", "12"), ("name", " "), ("name", "x" * 257), ("city", "x" * 71)],
)
def test_bad_input_comes_back_as_it_was_typed(browser, http, admin, name, text):
    shop = new_shop(http, admin)
    form = {**GOOD, "sure": "yes", name: text}
    answer = send(browser, "/company", browser.get("/company"), **form)
    assert answer.status_code == 422
    assert field(answer, name).strip() == text.strip()
    assert f'id="error-{name}"' in answer.text
    assert row(http, admin, "shop", shop, shop)["company"] == "Pod Lipą"


def test_the_nip_of_printers_that_sold_is_not_changed_by_accident(browser, http, admin, sold):
    new_shop(http, admin)
    page = browser.get("/company")
    answer = send(browser, "/company", page, **GOOD)
    assert answer.status_code == 422
    assert "ZBF 2301000001" in words(answer)
    assert 'id="error-sure"' in answer.text
    same = {**GOOD, "nip": field(page, "nip")}
    assert send(browser, "/company", page, **same).status_code == 303


def test_of_two_editors_the_second_is_told(browser, http, admin):
    shop = new_shop(http, admin)
    page = browser.get("/company")
    put(http, admin, "shop", shop, {**row(http, admin, "shop", shop, shop), "city": "Gdynia"})
    answer = send(browser, "/company", page, **GOOD, sure="yes")
    assert answer.status_code == 409
    assert field(answer, "name") == GOOD["name"]
    assert row(http, admin, "shop", shop, shop)["company"] == "Pod Lipą"


def test_who_manages_some_shops_sees_the_company_and_changes_nothing(browser_as, http, admin):
    shop, other = new_shop(http, admin), new_shop(http, admin)
    now = row(http, admin, "shop", other, other)
    put(http, admin, "shop", other, {**now, "company": "Tajna firma"})
    few = browser_as(Role.MANAGER, shops=[shop])
    page = few.get("/company")
    assert SAMPLE in words(page)
    assert "Tajna firma" not in page.text
    assert 'action="/company"' not in page.text
    assert send(few, "/company", page, **GOOD).status_code == 403
    assert few.get("/shops/new").status_code == 403
    assert send(few, "/shops/new", page, id="x").status_code == 403
