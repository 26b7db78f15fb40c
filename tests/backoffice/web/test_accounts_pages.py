from __future__ import annotations

import re

import httpx2
import pyotp
import pytest
from sqlalchemy import update

from backoffice import accounts
from backoffice.rights import Role
from backoffice.store.engine import reading, writing
from backoffice.store.tables import account
from tests.backoffice.web.signed import (
    PASSWORD,
    SECRET,
    known,
    new_account,
    sign_in,
    token_of,
)
from tests.backoffice.web.test_account_pages import account_of, acts

SQLITE_ALONE = True


@pytest.fixture
def owner(running, http):
    """A browser in which an owner is signed in, with password and second factor."""
    sign_in(http, known(running.office, Role.OWNER))
    form = {"code": pyotp.TOTP(SECRET).at(running.office.clock())}
    form["_csrf_token"] = token_of(http.get("/second-factor"))
    assert http.post("/second-factor", data=form).status_code == 303
    return http


def send(client, path="/accounts", **form):
    form = {"password": PASSWORD, "_csrf_token": token_of(client.get("/accounts")), **form}
    return client.post(path, data=form)


GOOD = {"name": "Ola <b>", "role": "clerk", "shop-lipa": "yes"}


def test_somebody_is_invited_by_a_link_and_comes_in(running, owner):
    shown = send(owner, login="Ola@lipa.example", **GOOD)
    assert shown.status_code == 200
    url = re.search(r"http://[^<]+/link/[\w-]{43}", shown.text)[0]
    made = account_of(running, "ola@lipa.example")
    assert (made.role, made.shops, made.has_password) == (Role.CLERK, {"lipa"}, False)
    listed = owner.get("/accounts").text
    assert "Ola &lt;b&gt;" in listed
    assert url not in listed
    with httpx2.Client(base_url=running.url) as browser:
        form = {"password": PASSWORD, "again": PASSWORD, "_csrf_token": token_of(browser.get(url))}
        assert browser.post(url, data=form).headers["location"] == "/"
        assert browser.get("/").status_code == 200
        assert browser.get("/accounts").status_code == 403
    assert account_of(running, "ola@lipa.example").has_password
    assert not any(url.rpartition("/")[2] in it for it in acts(running))


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "guess"},
        {"login": "a b"},
        {"login": "x"},
        {"name": " "},
        {"role": "king"},
        {"shop-lipa": None},
        {"shop-nowhere": "yes"},
    ],
)
def test_a_wrong_invitation_comes_back_as_it_was_typed(running, owner, wrong):
    form = {"login": "nobody-yet", **GOOD, **wrong}
    answer = send(owner, **{name: value for name, value in form.items() if value is not None})
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert PASSWORD not in answer.text
    if "name" not in wrong:
        assert "Ola &lt;b&gt;" in answer.text
    assert account_of(running, "nobody-yet") is None


def test_a_login_is_there_once(running, owner):
    taken = known(running.office)
    answer = send(owner, login=taken.upper(), **GOOD)
    assert answer.status_code == 422
    assert "/link/" not in answer.text


def test_a_new_role_counts_at_once_and_the_old_sessions_are_over(running, owner):
    login = known(running.office, Role.MANAGER)
    made = account_of(running, login).id
    with httpx2.Client(base_url=running.url) as other:
        sign_in(other, login)
        before = other.cookies["office"]
        form = {"role": "clerk", "every_shop": "yes", "is_active": "yes"}
        assert send(owner, f"/accounts/{made}", **form).status_code == 303
        assert other.get("/").headers["location"] == "/sign-in"
        sign_in(other, login)
        assert other.cookies["office"] != before
        assert other.get("/reports").status_code == 403
    assert account_of(running, login).role is Role.CLERK
    assert send(owner, f"/accounts/{made}", role="clerk", every_shop="yes").status_code == 303
    assert not account_of(running, login).is_active


def test_the_last_owner_stays(running, owner):
    with writing(running.office.engine) as database:
        others = account.c.login != _login(owner)
        database.execute(
            update(account).where(others, account.c.role == Role.OWNER).values(is_active=False)
        )
    me = account_of(running, _login(owner)).id
    for form in ({"role": "clerk", "every_shop": "yes", "is_active": "yes"}, {"role": "owner"}):
        answer = send(owner, f"/accounts/{me}", **form)
        assert answer.status_code == 422
    assert account_of(running, _login(owner)).role is Role.OWNER
    assert owner.get("/accounts").status_code == 200


def test_who_forgot_the_password_or_lost_the_phone_is_let_in_again(running, owner):
    login = known(running.office, totp_secret=SECRET, totp_step=1)
    made = account_of(running, login).id
    path = f"/accounts/{made}/let-in"
    assert send(owner, path, act="link", password="guess").status_code == 422
    assert "/link/" in send(owner, path, act="link").text
    assert account_of(running, login).has_second_factor
    assert send(owner, path, act="factor").status_code == 303
    assert not account_of(running, login).has_second_factor
    assert f"second factor off {login}" in acts(running)


def test_an_account_of_another_company_does_not_exist(running, owner):
    theirs = new_account(running.office, Role.CLERK, company="oak")
    form = {"role": "owner", "is_active": "yes"}
    assert owner.get(f"/accounts/{theirs}").status_code == 404
    assert send(owner, f"/accounts/{theirs}", **form).status_code == 404
    assert send(owner, f"/accounts/{theirs}/let-in", act="link").status_code == 404
    with reading(running.office.of("oak").engine) as database:
        assert accounts.one(database, theirs).role is Role.CLERK


def test_without_the_password_nothing_is_changed(running, owner):
    made = account_of(running, known(running.office)).id
    form = {"role": "owner", "is_active": "yes", "password": ""}
    assert send(owner, f"/accounts/{made}", **form).status_code == 422


def _login(client):
    return re.search(r"<p>(owner-\d+) ·", client.get("/account").text)[1]
