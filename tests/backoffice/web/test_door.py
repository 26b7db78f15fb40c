from __future__ import annotations

import pytest
from sqlalchemy import update

from backoffice.rights import Role
from backoffice.store.engine import writing
from backoffice.store.tables import account
from backoffice.web import version_pages
from tests.backoffice.web.signed import carry, cookie_of, new_account, own_office


def test_a_route_that_names_no_right_is_shut_for_everybody(db_url, monkeypatch):
    monkeypatch.delitem(version_pages.versions.opt, "right")
    with own_office(db_url) as (office, client):
        carry(client, cookie_of(office, new_account(office)))
        assert client.get("/account").status_code == 200
        assert client.get("/versions").status_code == 403


@pytest.mark.parametrize(("role", "status"), [(Role.OWNER, 200), (Role.CLERK, 403)])
def test_what_a_role_may_not_see_is_refused(browser_as, role, status):
    assert browser_as(role).get("/rejected").status_code == status


def test_an_owner_without_a_second_factor_sets_one_up_first(running, browser):
    with writing(running.office.engine) as database:
        database.execute(update(account).values(totp_step=0))
    assert browser.get("/").headers["location"] == "/second-factor"
    assert browser.post("/sign-out").status_code == 403


def test_an_office_may_do_without_second_factors(db_url):
    with own_office(db_url) as (office, client):
        made = new_account(office)
        with writing(office.engine) as database:
            database.execute(update(account).values(totp_step=0, totp_secret=""))
        carry(client, cookie_of(office, made))
        assert client.get("/account").status_code == 303
        object.__setattr__(office, "asks_second_factor", False)
        assert client.get("/account").status_code == 200


def test_a_part_of_a_page_sends_the_whole_page_to_the_door(http):
    answer = http.get("/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in")


def test_an_account_that_is_shut_is_out_at_once(running, browser_as):
    clerk = browser_as(Role.CLERK)
    assert clerk.get("/").status_code == 200
    with writing(running.office.engine) as database:
        here = account.c.role == Role.CLERK
        database.execute(update(account).where(here).values(is_active=False))
    assert clerk.get("/").headers["location"] == "/sign-in"


def test_a_page_that_renews_itself_keeps_no_session_alive(db_url, clock, monkeypatch):
    monkeypatch.setitem(version_pages.versions.opt, "is_idle", True)
    with own_office(db_url, clock) as (office, client):
        carry(client, cookie_of(office, new_account(office)))
        for _ in range(2):
            clock.push(minutes=7)
            assert client.get("/versions").status_code == 200
        clock.push(minutes=1)
        assert client.get("/versions").status_code == 303
