from __future__ import annotations

import pytest

from tests.backoffice.web.shop_forms import field, new_shop, send, words

pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)
PAGE = "/settings/groups"


@pytest.fixture
def till(http, admin, new_till):
    return new_till(new_shop(http, admin))[0]


def group_of(http, admin, till):
    found = http.get("/v1/admin/terminals", headers=admin).json()
    return next(it["group"] for it in found if it["id"] == till)


def test_tills_are_put_into_groups(browser, http, admin, till):
    form = {f"group-{till}": "pilot", f"was-{till}": ""}
    assert send(browser, PAGE, browser.get(PAGE), **form).status_code == 303
    assert group_of(http, admin, till) == "pilot"
    assert field(browser.get(PAGE), f"group-{till}") == "pilot"
    out = {f"group-{till}": "", f"was-{till}": "pilot"}
    assert send(browser, PAGE, browser.get(PAGE), **out).status_code == 303
    assert group_of(http, admin, till) == ""


def test_bad_input_comes_back_and_no_till_is_moved(browser, http, admin, till, new_till):
    other, _device = new_till()
    form = {f"group-{other}": "pilot", f"was-{other}": ""}
    form |= {f"group-{till}": "a b!", f"was-{till}": ""}
    answer = send(browser, PAGE, browser.get(PAGE), **form)
    assert answer.status_code == 422
    assert field(answer, f"group-{till}") == "a b!"
    assert (group_of(http, admin, till), group_of(http, admin, other)) == ("", "")


def test_of_two_editors_the_second_is_told(browser, http, admin, till):
    page = browser.get(PAGE)
    where = f"/v1/admin/terminals/{till}/group"
    http.put(where, headers=admin, json={"group": "west"}).raise_for_status()
    answer = send(browser, PAGE, page, **{f"group-{till}": "pilot", f"was-{till}": ""})
    assert answer.status_code == 422
    assert "west" in words(answer)
    assert group_of(http, admin, till) == "west"


def test_a_till_that_was_not_touched_stays_where_another_put_it(browser, http, admin, till):
    page = browser.get(PAGE)
    where = f"/v1/admin/terminals/{till}/group"
    http.put(where, headers=admin, json={"group": "west"}).raise_for_status()
    assert send(browser, PAGE, page, **{f"group-{till}": "", f"was-{till}": ""}).status_code == 303
    assert group_of(http, admin, till) == "west"
