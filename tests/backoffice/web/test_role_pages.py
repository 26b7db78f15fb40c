from __future__ import annotations

import pytest

from tests.backoffice.web.shop_forms import ROLES, new_shop, put, row, rows, send, words

pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)
# As the form numbers them: 0 is the cashier, 1 the boss.
SAME = {
    "name-0": "Kasjer",
    "rights-0": ["sell", "close_day"],
    "name-1": "Szef",
    "rights-1": ["sell", "close_day", "sync", "service"],
}


@pytest.fixture
def shop(http, admin):
    return new_shop(http, admin)


def page_of(browser, shop):
    return browser.get("/roles", params={"shop": shop})


def rights(http, admin, shop, role):
    return row(http, admin, "roles", shop, role)["rights"]


def test_rights_are_ticked_in_a_table(browser, http, admin, shop):
    form = {**SAME, "shop": shop, "name-0": "Kasa", "rights-0": ["return", "sell", "fly"]}
    assert send(browser, "/roles", page_of(browser, shop), **form).status_code == 303
    now = row(http, admin, "roles", shop, "kasjer")
    assert (now["name"], now["rights"]) == ("Kasa", ["sell", "return"])
    assert rights(http, admin, shop, "szef") == ROLES[1]["rights"]


def test_other_shops_follow_when_it_is_wanted(browser, http, admin, shop):
    other, none = new_shop(http, admin), new_shop(http, admin, roles=[ROLES[1]], users=[])
    form = {**SAME, "shop": shop, "rights-0": ["sell", "drawer"], "everywhere": "yes"}
    assert send(browser, "/roles", page_of(browser, shop), **form).status_code == 303
    assert rights(http, admin, other, "kasjer") == ["sell", "drawer"]
    assert [it["id"] for it in rows(http, admin, "roles", none)] == ["szef"]


def test_nobody_takes_the_last_service_by_accident(browser, http, admin, shop):
    form = {**SAME, "shop": shop, "rights-1": ["sell", "close_day"]}
    answer = send(browser, "/roles", page_of(browser, shop), **form)
    assert answer.status_code == 409
    assert f"Sklep {shop}" in words(answer)
    assert 'name="sure"' in answer.text
    assert rights(http, admin, shop, "szef") == ROLES[1]["rights"]
    assert send(browser, "/roles", answer, **form, sure="yes").status_code == 303
    assert rights(http, admin, shop, "szef") == ["sell", "close_day"]


@pytest.mark.parametrize("name", ["", "x" * 41])
def test_bad_input_comes_back_with_what_was_ticked(browser, http, admin, shop, name):
    form = {**SAME, "shop": shop, "name-0": name, "rights-0": ["training"]}
    answer = send(browser, "/roles", page_of(browser, shop), **form)
    assert answer.status_code == 422
    assert 'name="rights-0" value="training" checked' in answer.text
    assert rights(http, admin, shop, "kasjer") == ROLES[0]["rights"]


def test_of_two_editors_the_second_is_told(browser, http, admin, shop):
    page = page_of(browser, shop)
    put(http, admin, "roles", shop, {**ROLES[0], "rights": ["sell", "drawer"]})
    form = {**SAME, "shop": shop, "rights-0": ["sell", "return"]}
    answer = send(browser, "/roles", page, **form)
    assert answer.status_code == 409
    assert 'name="rights-0" value="return" checked' in answer.text
    assert rights(http, admin, shop, "kasjer") == ["sell", "drawer"]
    assert send(browser, "/roles", answer, **form).status_code == 303
    assert rights(http, admin, shop, "kasjer") == ["sell", "return"]


def test_a_role_is_made_like_another_and_goes_while_nobody_has_it(browser, http, admin, shop):
    form = {"shop": shop, "name": "Zastępca", "like": "szef"}
    assert send(browser, "/roles/new", page_of(browser, shop), **form).status_code == 303
    made = next(it for it in rows(http, admin, "roles", shop) if it["name"] == "Zastępca")
    assert made["rights"] == ROLES[1]["rights"]
    here = f"/roles/{made['id']}/remove"
    assert send(browser, here, page_of(browser, shop), shop=shop).status_code == 303
    assert len(rows(http, admin, "roles", shop)) == 2


def test_a_role_that_somebody_has_does_not_go(browser, http, admin, shop):
    answer = send(browser, "/roles/kasjer/remove", page_of(browser, shop), shop=shop)
    assert answer.status_code == 409
    assert len(rows(http, admin, "roles", shop)) == 2


@pytest.mark.parametrize("name", ["", "kasjer", "x" * 41])
def test_a_role_without_a_name_of_its_own_is_not_made(browser, http, admin, shop, name):
    form = {"shop": shop, "name": name, "like": ""}
    answer = send(browser, "/roles/new", page_of(browser, shop), **form)
    assert answer.status_code == 422
    assert 'id="error-new-name"' in answer.text
    assert len(rows(http, admin, "roles", shop)) == 2


def test_every_right_says_what_it_means(browser, shop):
    text = words(page_of(browser, shop))
    assert "Anna" in text
    assert page_of(browser, shop).text.count("<small>") >= 16


def test_a_shop_that_is_not_there_is_not_found(browser, shop):
    page = page_of(browser, shop)
    assert page_of(browser, "nobody").status_code == 404
    for path in ("/roles", "/roles/new", "/roles/kasjer/remove"):
        assert send(browser, path, page, **SAME, shop="nobody", name="x").status_code == 404
    assert send(browser, "/roles/nobody/remove", page, shop=shop).status_code in {404, 409}
