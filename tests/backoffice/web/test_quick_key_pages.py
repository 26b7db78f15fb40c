from __future__ import annotations

import re

import pytest

from tests.backoffice.web.shop_forms import GOODS, field, new_shop, put, rows, send, words

pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)


@pytest.fixture
def shop(http, admin):
    return new_shop(http, admin, **GOODS)


def key_of(browser, shop, number, page_no=1):
    where = {"shop": shop, "page_no": page_no, "number": number}
    return browser.get("/quick-keys/key", params=where)


def at(shop, number, page_no=1, **form):
    return {"shop": shop, "page_no": page_no, "number": number, **form}


def keys(http, admin, shop):
    found = rows(http, admin, "quick_keys", shop)
    return {
        (it.get("page", 1), it["position"]): it.get("product") or it["category"] for it in found
    }


def test_the_grid_shows_what_the_till_shows(browser, shop):
    page = browser.get("/quick-keys", params={"shop": shop})
    text = words(page)
    assert "01 Mleko 2% 3,99 02 Nabiał > 03" in text
    assert page.text.count('<li><a href="/quick-keys/key?') == 99


def test_goods_are_put_on_a_key_by_name_plu_or_category(browser, http, admin, shop):
    for number, form in (
        (5, {"goods": "kozie"}),
        (6, {"goods": "16"}),
        (7, {"category": "nabial", "label": "Z lodówki"}),
    ):
        page = key_of(browser, shop, number)
        answer = send(browser, "/quick-keys/key", page, **at(shop, number, **form))
        assert answer.status_code == 303
    found = keys(http, admin, shop)
    assert [found[1, number] for number in (5, 6, 7)] == ["k", "m", "nabial"]


def test_of_several_goods_one_is_chosen(browser, http, admin, shop):
    form = at(shop, 9, goods="mleko")
    answer = send(browser, "/quick-keys/key", key_of(browser, shop, 9), **form)
    assert answer.status_code == 422
    assert len(re.findall(r'type="radio"', answer.text)) == 2
    assert send(browser, "/quick-keys/key", answer, **form, chosen="k").status_code == 303
    assert keys(http, admin, shop)[1, 9] == "k"


def test_another_label_leaves_the_goods(browser, http, admin, shop):
    page = key_of(browser, shop, 1)
    form = {name: field(page, name) for name in ("goods", "was", "product")}
    done = send(browser, "/quick-keys/key", page, **at(shop, 1, **form, label="Mleko!"))
    assert done.status_code == 303
    (row,) = [it for it in rows(http, admin, "quick_keys", shop) if it["position"] == 1]
    assert (row["product"], row["label"], row["id"]) == ("m", "Mleko!", "1")


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ({}, "goods"),
        ({"goods": "nie ma"}, "goods"),
        ({"goods": "16", "category": "nabial"}, "category"),
        ({"goods": "16", "label": "x" * 26}, "label"),
        ({"category": "nobody"}, ""),
    ],
)
def test_bad_input_comes_back_as_it_was_typed(browser, http, admin, shop, form, name):
    before = keys(http, admin, shop)
    answer = send(browser, "/quick-keys/key", key_of(browser, shop, 5), **at(shop, 5, **form))
    assert answer.status_code == 422
    assert field(answer, "goods") == form.get("goods", "")
    assert (f'id="error-{name}"' if name else 'class="errors"') in answer.text
    assert keys(http, admin, shop) == before


def test_keys_move_and_change_places(browser, http, admin, shop):
    page = key_of(browser, shop, 1)
    swap = at(shop, 1, to_page=1, to_number=2)
    assert send(browser, "/quick-keys/move", page, **swap).status_code == 303
    assert keys(http, admin, shop) == {(1, 1): "nabial", (1, 2): "m"}
    away = at(shop, 1, to_page=9, to_number=99)
    assert send(browser, "/quick-keys/move", page, **away).status_code == 303
    assert keys(http, admin, shop) == {(9, 99): "nabial", (1, 2): "m"}
    wrong = send(
        browser,
        "/quick-keys/move",
        key_of(browser, shop, 2),
        **at(shop, 2, to_page="1", to_number="100"),
    )
    assert wrong.status_code == 422
    assert field(wrong, "to_number") == "100"


def test_a_key_is_taken_away(browser, http, admin, shop):
    page = key_of(browser, shop, 1)
    assert send(browser, "/quick-keys/remove", page, **at(shop, 1)).status_code == 303
    assert (1, 1) not in keys(http, admin, shop)
    assert send(browser, "/quick-keys/remove", page, **at(shop, 1)).status_code == 404


def test_of_two_editors_the_second_is_told(browser, http, admin, shop):
    page = key_of(browser, shop, 1)
    put(http, admin, "quick_keys", shop, {"id": "1", "position": 1, "product": "k"})
    form = at(shop, 1, goods="16")
    answer = send(browser, "/quick-keys/key", page, **form)
    assert answer.status_code == 409
    assert keys(http, admin, shop)[1, 1] == "k"
    assert send(browser, "/quick-keys/remove", page, **at(shop, 1)).status_code == 409
    assert send(browser, "/quick-keys/key", answer, **form).status_code == 303
    assert keys(http, admin, shop)[1, 1] == "m"


@pytest.mark.parametrize(
    ("page_no", "number"), [(0, 1), (10, 1), (1, 0), (1, 100), ("x", 1), (1, "١")]
)
def test_a_place_that_is_none_is_not_found(browser, shop, page_no, number):
    assert key_of(browser, shop, number, page_no).status_code == 404
    form = at(shop, number, page_no, goods="16")
    assert send(browser, "/quick-keys/key", key_of(browser, shop, 1), **form).status_code == 404


def test_a_shop_that_is_not_there_is_not_found(browser, shop):
    page = key_of(browser, shop, 1)
    assert browser.get("/quick-keys", params={"shop": "nobody"}).status_code == 404
    for path in ("/quick-keys/key", "/quick-keys/move", "/quick-keys/remove"):
        assert send(browser, path, page, **at("nobody", 1)).status_code == 404
