from __future__ import annotations

import pytest
from sqlalchemy import select

from backoffice import accounts, links
from backoffice.rights import Role
from backoffice.store.company import MAIN
from backoffice.store.engine import reading, writing
from backoffice.store.tables import account, audit
from tests.backoffice.web.signed import PASSWORD, cookie_of, known, new_account, token_of

SQLITE_ALONE = True


@pytest.fixture
def link(running):
    """Makes a link; gives its path."""

    def make(purpose="owner", account_id=""):
        with writing(running.office.engine) as database:
            return "/link/" + links.make(
                database, MAIN, purpose, account_id, running.office.clock()
            )

    return make


def send(client, path, **changes):
    form = {"password": PASSWORD, "again": PASSWORD, **changes}
    return client.post(path, data={**form, "_csrf_token": token_of(client.get(path))})


def of_login(running, login):
    with reading(running.office.everyone) as database:
        return accounts.by_login(database, login)


def test_an_owner_is_made_and_goes_on_to_the_second_factor(running, http, link):
    path = link()
    http.headers["Accept-Language"] = "fr"
    answer = send(http, path, login="Nowa@Lipa.example", name="Nowa Właścicielka")
    assert (answer.status_code, answer.headers["location"]) == (303, "/second-factor")
    made = of_login(running, "nowa@lipa.example")
    assert (made.name, made.role, made.shops, made.language) == (
        "Nowa Właścicielka", Role.OWNER, None, "fr",
    )  # fmt: skip
    assert made.has_password
    assert http.get("/").headers["location"] == "/second-factor"
    assert http.get("/second-factor.svg").status_code == 200
    assert http.get(path).status_code == 404
    form = {"login": "other", "password": PASSWORD, "again": PASSWORD}
    form["_csrf_token"] = token_of(http.get("/sign-in"))
    assert http.post(path, data=form).status_code == 404


def test_looking_at_a_link_spends_nothing(http, link):
    path = link()
    for _ in range(3):
        assert http.get(path).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "something else"}, "again"),
        ({"login": ""}, "login"),
        ({"login": "a b"}, "login"),
        ({"login": "kwiat"}, "password"),
        ({"login": "x" * 129}, "login"),
        ({"name": "x" * 129}, "name"),
    ],
)
def test_a_wrong_form_comes_back_and_the_link_is_still_good(http, link, wrong, field):
    path = link()
    given = {"login": "ktos-nowy", "name": "Ktoś <b>", **wrong}
    answer = send(http, path, **given)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert PASSWORD not in answer.text
    if field != "name":
        assert "Ktoś &lt;b&gt;" in answer.text
    assert http.get(path).status_code == 200


def test_a_login_that_is_taken_is_said_so(running, http, link):
    path = link()
    answer = send(http, path, login=known(running.office).upper())
    assert answer.status_code == 422
    assert http.get(path).status_code == 200


def test_who_is_invited_chooses_a_password_and_is_in(running, http, link):
    made = new_account(running.office, Role.CLERK)
    stolen = cookie_of(running.office, made)
    answer = send(http, link("invite", made), login="another")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert http.get("/").status_code == 200
    assert of_login(running, "another") is None
    # What was open before is shut: a reset is what one does when a session was stolen.
    http.cookies.clear()
    http.cookies.set("office", stolen)
    assert http.get("/").status_code == 303
    with reading(running.office.engine) as database:
        lines = [f"{it.act} {it.detail}" for it in database.execute(select(audit))]
        login = database.scalar(select(account.c.login).where(account.c.id == made))
    assert f"link invite used {login}" in lines


def test_a_reset_leaves_the_second_factor(running, http, link):
    made = new_account(running.office)
    assert send(http, link("reset", made)).headers["location"] == "/second-factor"
    assert http.get("/second-factor.svg").status_code == 404


def test_a_made_up_link_is_none(http):
    assert http.get("/link/x").status_code == 404


def test_a_link_that_is_spent_says_what_to_do(http, link):
    path = link()
    send(http, path, login="jeszcze-jedna")
    http.cookies.clear()
    english = {"Accept-Language": "en"}
    for answer in (http.get(path, headers=english), http.get("/link/nonsense", headers=english)):
        assert answer.status_code == 404
        assert 'href="/sign-in"' in answer.text
        assert "kasoterminal office owner-link" in answer.text


def test_an_owner_speaks_the_language_of_the_browser_that_made_the_account(running, http, link):
    path = link()
    http.headers["Accept-Language"] = "es"
    send(http, path, login="hiszpanka")
    assert of_login(running, "hiszpanka").language == "es"
