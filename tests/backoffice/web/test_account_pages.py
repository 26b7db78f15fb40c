from __future__ import annotations

import re

import httpx2
import pyotp
import pytest
from sqlalchemy import select

from backoffice import accounts
from backoffice.rights import Role
from backoffice.secret import hashed
from backoffice.store.engine import reading
from backoffice.store.tables import audit
from tests.backoffice.web.signed import (
    PASSWORD,
    SECRET,
    known,
    own_office,
    secret_in,
    sign_in,
    token_of,
)

SQLITE_ALONE = True
NEW = "łódka na Łebie 9"


@pytest.fixture
def clerk(running, http):
    """A browser in which a clerk is signed in by the form; gives the login."""
    login = known(running.office)
    sign_in(http, login)
    return login


def send(client, path, **form):
    form["_csrf_token"] = token_of(client.get("/account"))
    return client.post(path, data=form)


def account_of(running, login):
    with reading(running.office.everyone) as database:
        return accounts.by_login(database, login)


def acts(running):
    with reading(running.office.engine) as database:
        return [f"{it.act} {it.detail}" for it in database.execute(select(audit))]


def test_name_and_language_are_ones_own(running, http, clerk):
    answer = send(http, "/account", name=" Ewa <b>", language="es")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    page = http.get("/account").text
    assert '<html lang="es">' in page
    assert "Ewa &lt;b&gt;" in page
    assert account_of(running, clerk).name == "Ewa <b>"


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 129}, {"language": "de"}, {"language": ""}]
)
def test_a_wrong_card_comes_back_as_it_was_typed(running, http, clerk, wrong):
    answer = send(http, "/account", **{"name": "Olga", "language": "fr", **wrong})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    if "language" in wrong:
        assert 'value="Olga"' in answer.text
    assert account_of(running, clerk).name != "Olga"


def test_a_new_password_shuts_every_other_browser(running, http, clerk):
    with httpx2.Client(base_url=running.url) as other:
        sign_in(other, clerk)
        before = http.cookies["office"]
        answer = send(http, "/account/password", old=PASSWORD, password=NEW, again=NEW)
        assert answer.status_code == 303
        assert http.get("/account").status_code == 200
        assert http.cookies["office"] != before
        assert other.get("/account").status_code == 303
        assert sign_in(other, clerk).status_code == 403
        assert sign_in(other, clerk, NEW).status_code == 303
    assert not any(NEW in it or PASSWORD in it for it in acts(running))


@pytest.mark.parametrize(
    "wrong",
    [{"old": "guess"}, {"password": "short", "again": "short"}, {"again": "another"}],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_bad_one(http, clerk, wrong):
    form = {"old": PASSWORD, "password": NEW, "again": NEW, **wrong}
    answer = send(http, "/account/password", **form)
    assert answer.status_code == 422
    assert not any(word in answer.text for word in form.values())
    assert sign_in(http, clerk).status_code == 303


def test_guessing_the_password_from_a_stolen_session_ends_soon(db_url):
    with own_office(db_url) as (office, client):
        sign_in(client, known(office))
        for _ in range(10):
            send(client, "/account/password", old="guess", password=NEW, again=NEW)
        answer = send(client, "/account/password", old=PASSWORD, password=NEW, again=NEW)
        assert answer.status_code == 422


def test_who_need_not_may_turn_a_second_factor_on_and_off(running, http, clerk):
    assert send(http, "/account/second-factor", act="set_up", password="no").status_code == 422
    answer = send(http, "/account/second-factor", act="set_up", password=PASSWORD)
    assert answer.headers["location"] == "/second-factor"
    page = http.get("/second-factor")
    secret = secret_in(page)
    assert http.get("/account").status_code == 200
    code = pyotp.TOTP(secret).at(running.office.clock())
    form = {"_csrf_token": token_of(page), "code": code}
    assert "<code>" in http.post("/second-factor", data=form).text
    assert account_of(running, clerk).has_second_factor
    shown = send(http, "/account/second-factor", act="codes", password=PASSWORD)
    assert shown.text.count("<code>") == 10
    assert send(http, "/account/second-factor", act="off", password=PASSWORD).status_code == 303
    assert not account_of(running, clerk).has_second_factor


def test_an_owner_cannot_turn_it_off_where_it_is_asked_for(running, http):
    owner = known(running.office, Role.OWNER)
    sign_in(http, owner)
    form = {"code": pyotp.TOTP(SECRET).at(running.office.clock())}
    form["_csrf_token"] = token_of(http.get("/second-factor"))
    http.post("/second-factor", data=form)
    assert "Turn it off" not in http.get("/account").text
    assert send(http, "/account/second-factor", act="off", password=PASSWORD).status_code == 422
    assert account_of(running, owner).has_second_factor


def test_sessions_are_listed_with_where_they_are_and_ended(running, http, clerk):
    browsers = [httpx2.Client(base_url=running.url, headers={"User-Agent": "<i>Fox"})] * 1
    browsers += [httpx2.Client(base_url=running.url, headers={"User-Agent": "Lynx"})]
    for browser in browsers:
        sign_in(browser, clerk)
    page = http.get("/account").text
    assert "&lt;i&gt;Fox" in page
    assert "127.0.0.1" in page
    found = re.findall(r'name="session" value="([0-9a-f]{64})"', page)
    assert len(found) == 2
    send(http, "/account/sessions", session=found[0])
    assert sorted(it.get("/account").status_code for it in browsers) == [200, 303]
    send(http, "/account/sessions")
    assert [it.get("/account").status_code for it in browsers] == [303, 303]
    assert http.get("/account").status_code == 200
    for browser in browsers:
        browser.close()


def test_the_session_of_another_is_not_ended(http, clerk, browser_as):
    other = browser_as(Role.MANAGER)
    send(http, "/account/sessions", session=hashed(other.cookies["office"]))
    assert other.get("/account").status_code == 200
