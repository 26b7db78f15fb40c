from __future__ import annotations

import re

import httpx2
import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from backoffice.limiter import FAILURES_MAX
from backoffice.rights import Role
from backoffice.store.engine import reading
from backoffice.store.tables import audit
from tests.backoffice.web.signed import (
    PASSWORD,
    SECRET,
    carry,
    cookie_of,
    known,
    new_account,
    own_office,
    secret_in,
    sign_in,
    token_of,
)


@pytest.fixture
def clerk(running):
    return known(running.office)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(http, clerk):
    answer = sign_in(http, clerk)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = next(it for it in answer.headers.get_list("set-cookie") if it.startswith("office="))
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert http.get("/").status_code == 200


def test_behind_tls_the_cookie_is_bound_to_the_host(http, clerk):
    answer = sign_in(http, clerk, **{"X-Forwarded-Proto": "https"})
    cookie = next(it for it in answer.headers.get_list("set-cookie") if "office" in it)
    assert cookie.startswith("__Host-office=")
    assert "Secure" in cookie


def test_who_is_unknown_wrong_or_shut_out_is_told_the_same_as_late(running, http, mocker):
    checked = mocker.spy(PasswordHasher, "verify")
    shut = known(running.office, is_active=False)
    invited = known(running.office, password_hash="")
    right = known(running.office)
    said = set()
    for login, password in (
        *((right, "wrong"), (right, ""), (shut, PASSWORD), (invited, ""), (invited, PASSWORD)),
        *(("nobody", PASSWORD), ("", ""), ("a\0b", "x" * 5000)),
    ):
        answer = sign_in(http, login, password)
        assert answer.status_code == 403
        said.add(re.search(r'role="alert">([^<]+)<', answer.text)[1])
        assert http.get("/").status_code == 303
        running.office.sign_ins.__init__()
    assert len(said) == 1
    assert checked.call_count == 8


def test_the_administrators_token_opens_no_page(running, http, clerk):
    assert sign_in(http, "administrator", running.admin_token).status_code == 403
    assert sign_in(http, clerk, running.admin_token).status_code == 403
    http.cookies.set("office", running.admin_token)
    assert http.get("/").status_code == 303


@pytest.mark.parametrize("is_one_login", [True, False])
def test_many_wrong_passwords_shut_the_door(db_url, is_one_login):
    with own_office(db_url) as (office, client):
        login = known(office)
        for number in range(FAILURES_MAX):
            # Through proxies the address is another each time, from one address the login is.
            tried = login if is_one_login else f"nobody-{number}"
            given = {"X-Forwarded-For": f"192.0.2.{number}"} if is_one_login else {}
            assert sign_in(client, tried, "wrong", **given).status_code == 403
        answer = sign_in(client, login)
        assert answer.status_code == 403
        assert "Odczekaj" in answer.text


def test_a_form_from_elsewhere_is_refused(running, http, clerk):
    form = {"login": clerk, "password": PASSWORD}
    assert http.post("/sign-in", data=form).status_code == 403
    form["_csrf_token"] = "x" * 128
    assert http.post("/sign-in", data=form).status_code == 403
    with httpx2.Client(base_url=running.url) as other:
        form["_csrf_token"] = token_of(other.get("/sign-in"))
    assert http.post("/sign-in", data=form).status_code == 403
    assert http.get("/").status_code == 303


def test_signing_out_ends_the_session_and_needs_the_form(browser):
    assert browser.post("/sign-out").status_code == 403
    assert browser.get("/").status_code == 200
    token = token_of(browser.get("/"))
    stolen = browser.cookies["office"]
    assert browser.post("/sign-out", data={"_csrf_token": token}).status_code == 303
    browser.cookies.set("office", stolen)
    assert browser.get("/").status_code == 303


def test_signing_in_gives_a_new_session_in_place_of_the_old_one(running, http, clerk):
    sign_in(http, clerk)
    first = http.cookies["office"]
    sign_in(http, clerk)
    assert http.cookies["office"] != first
    carry(http, first)
    assert http.get("/").status_code == 303


def test_an_idle_session_is_over(db_url, clock):
    with own_office(db_url, clock) as (office, client):
        sign_in(client, known(office))
        for _ in range(3):
            clock.push(minutes=10)
            assert client.get("/").status_code == 200
        clock.push(minutes=15)
        assert client.get("/").status_code == 303


def test_what_is_no_text_is_a_wrong_password_too(http):
    token = token_of(http.get("/sign-in"))
    form = f"_csrf_token={token}&login=%ED%A0%80%00%FF&password=%ED%A0%80%FF"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert http.post("/sign-in", content=form, headers=headers).status_code in {400, 403}


def test_a_login_without_end_is_not_kept_while_failures_are_counted(running, http):
    sign_in(http, "x" * 200_000)
    assert max(map(len, running.office.sign_ins._failures)) < 200
    running.office.sign_ins.__init__()


def test_signing_in_is_audited_without_the_password(running, http, clerk):
    sign_in(http, clerk, "a wrong password")
    sign_in(http, clerk)
    with reading(running.office.engine) as database:
        lines = [f"{it.act} {it.detail}" for it in database.execute(select(audit))]
    assert f"sign in refused {clerk} 127.0.0.1" in lines
    assert f"sign in {clerk} 127.0.0.1" in lines
    assert not any(word in "\n".join(lines) for word in (PASSWORD, "a wrong password"))


def test_an_owner_shows_a_second_factor_as_well(running, http):
    owner = known(running.office, Role.OWNER)
    answer = sign_in(http, owner)
    assert answer.headers["location"] == "/second-factor"
    half = http.cookies["office"]
    assert http.get("/").headers["location"] == "/second-factor"
    page = http.get("/second-factor")
    assert secret_in(page) is None
    assert http.get("/second-factor.svg").status_code == 404
    code = pyotp.TOTP(SECRET).at(running.office.clock())
    form = {"_csrf_token": token_of(page), "code": code}
    assert http.post("/second-factor", data=form).headers["location"] == "/"
    assert http.get("/").status_code == 200
    assert http.cookies["office"] != half
    # The same code opens no second door.
    sign_in(http, owner)
    form["_csrf_token"] = token_of(http.get("/second-factor"))
    assert http.post("/second-factor", data=form).status_code == 422
    assert http.get("/").status_code == 303
    carry(http, half)
    assert http.get("/second-factor").headers["location"] == "/sign-in"


def test_a_session_of_another_account_opens_with_its_own_rights(running, http):
    carry(http, cookie_of(running.office, new_account(running.office, Role.CLERK)))
    assert http.get("/").status_code == 200
    assert http.get("/rejected").status_code == 403
