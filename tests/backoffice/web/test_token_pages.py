from __future__ import annotations

import re

import httpx2
import pytest

from backoffice.rights import Right, Role
from tests.backoffice.web.signed import PASSWORD, known, sign_in, token_of
from tests.backoffice.web.test_account_pages import acts

SQLITE_ALONE = True


@pytest.fixture
def manager(running, http):
    """A browser in which a manager is signed in."""
    sign_in(http, known(running.office, Role.MANAGER))
    return http


def send(client, path="/account/tokens", **form):
    form["_csrf_token"] = token_of(client.get("/account"))
    return client.post(path, data=form)


GOOD = {"name": "waga", "days": "90", "right-see": "yes", "right-goods": "yes"}


def test_a_token_is_shown_once_opens_and_is_taken_back(running, manager):
    assert 'name="right-goods"' in manager.get("/account/tokens").text
    shown = send(manager, password=PASSWORD, **GOOD)
    assert shown.status_code == 200
    token = re.search(r"kaso_[\w-]{43}", shown.text)[0]
    page = manager.get("/account").text
    assert "waga" in page
    assert "kaso_" not in page
    headers = {"Authorization": f"Bearer {token}"}
    asked = f"{running.url}/v1/admin/terminals"
    assert httpx2.get(asked, headers=headers).status_code == 200
    refused = f"{running.url}/v1/admin/users?shop=lipa"
    assert httpx2.get(refused, headers=headers).status_code == 403
    row = re.search(r'name="token" value="(\d+)"', page)[1]
    assert send(manager, "/account/tokens/back", token=row).status_code == 303
    assert httpx2.get(asked, headers=headers).status_code == 403
    assert send(manager, "/account/tokens/back", token=row).status_code == 404
    assert send(manager, "/account/tokens/back", token="9" * 30).status_code == 400
    assert not any(token in it for it in acts(running))


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "guess"},
        {"name": ""},
        {"name": "x" * 65},
        {"days": "100000"},
        {"days": "x"},
        {"right-see": "", "right-goods": ""},
        {"right-accounts": "yes"},
    ],
)
def test_a_wrong_form_comes_back_as_it_was_ticked(manager, wrong):
    answer = send(manager, **{"password": PASSWORD, **GOOD, **wrong})
    assert answer.status_code == 422
    assert "kaso_" not in answer.text
    assert PASSWORD not in answer.text
    ticked = set(re.findall(r'checked[^>]*name="right-(\w+)"', answer.text))
    assert ticked == ({"see", "goods"} if "right-see" not in wrong else set())
    assert f"right-{Right.ACCOUNTS}" not in answer.text


def test_a_field_sent_twice_is_a_bad_request(manager):
    form = {**GOOD, "password": PASSWORD, "right-see": ["yes", "yes"]}
    assert send(manager, **form).status_code == 400
