from __future__ import annotations

import pytest

from tests.backoffice.web.shop_forms import field, new_shop, put, row, send, words

pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)
GOOD = {"name": "Kino", "street": "Złota 44", "postal_code": "00120", "city": "Warszawa"}


@pytest.fixture
def shop(http, admin):
    return new_shop(http, admin)


def test_every_shop_is_listed_with_its_address(browser, shop):
    assert f"Sklep {shop} {shop} Lipowa 7, 00-950 Warszawa" in words(browser.get("/shops"))


def test_a_shop_gets_another_address_and_its_receipts_show_it(browser, http, admin, shop):
    page = browser.get(f"/shops/{shop}")
    look = send(browser, f"/shops/{shop}", page, **GOOD, act="look")
    assert look.status_code == 200
    assert "00-120 Warszawa".center(40).rstrip() in look.text
    assert row(http, admin, "shop", shop, shop)["city"] == "Warszawa"
    assert row(http, admin, "shop", shop, shop)["name"] == f"Sklep {shop}"
    assert send(browser, f"/shops/{shop}", look, **GOOD).status_code == 303
    now = row(http, admin, "shop", shop, shop)
    assert (now["name"], now["postal_code"], now["nip"]) == ("Kino", "00-120", "1234563218")


@pytest.mark.parametrize(
    ("name", "text"),
    [("name", ""), ("street", "x" * 71), ("postal_code", "0-950"), ("city", "\x00" * 80)],
)
def test_bad_input_comes_back_as_it_was_typed(browser, http, admin, shop, name, text):
    answer = send(browser, f"/shops/{shop}", browser.get(f"/shops/{shop}"), **{**GOOD, name: text})
    assert answer.status_code == 422
    assert f'id="error-{name}"' in answer.text
    assert field(answer, "name") == ("" if name == "name" else "Kino")
    assert row(http, admin, "shop", shop, shop)["street"] == "Lipowa 7"


def test_of_two_editors_the_second_is_told(browser, http, admin, shop):
    page = browser.get(f"/shops/{shop}")
    put(http, admin, "shop", shop, {**row(http, admin, "shop", shop, shop), "city": "Gdynia"})
    answer = send(browser, f"/shops/{shop}", page, **GOOD)
    assert answer.status_code == 409
    assert field(answer, "street") == "Złota 44"
    assert row(http, admin, "shop", shop, shop)["city"] == "Gdynia"
    assert send(browser, f"/shops/{shop}", answer, **GOOD).status_code == 303


def test_a_shop_is_closed_when_no_till_works_there(browser, http, admin, shop, new_till):
    till, _device = new_till(shop)
    page = browser.get(f"/shops/{shop}")
    answer = send(browser, f"/shops/{shop}/close", page)
    assert answer.status_code == 409
    assert till in words(answer)
    path = f"/v1/admin/terminals/{till}"
    http.put(path, headers=admin, json={"is_blocked": True}).raise_for_status()
    assert send(browser, f"/shops/{shop}/close", page).status_code == 303
    refused = http.post("/v1/admin/terminals", headers=admin, json={"terminal": "TX", "shop": shop})
    assert refused.status_code == 409
    assert send(browser, f"/shops/{shop}/open", browser.get(f"/shops/{shop}")).status_code == 303
    again = http.post("/v1/admin/terminals", headers=admin, json={"terminal": "TX", "shop": shop})
    assert again.status_code == 201


def test_a_shop_that_is_not_there_is_not_found(browser, shop):
    page = browser.get(f"/shops/{shop}")
    assert browser.get("/shops/nobody").status_code == 404
    for path in ("/shops/nobody", "/shops/nobody/close", "/shops/nobody/open"):
        assert send(browser, path, page, **GOOD).status_code == 404
