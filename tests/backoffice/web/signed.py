"""Browsers that are signed in: with the forms of the door, and, far quicker, without them."""

from __future__ import annotations

import itertools
import re
from contextlib import contextmanager

import httpx2
from argon2 import PasswordHasher
from sqlalchemy import select, update

from backoffice import accounts
from backoffice.rights import Role
from backoffice.running import start_office
from backoffice.store.company import MAIN
from backoffice.store.engine import writing
from backoffice.store.tables import account
from backoffice.web import session

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = itertools.count(1)


def new_account(office, role=Role.OWNER, shops=None, company=MAIN, language="pl"):
    """Id of an account that may enter; an owner has a second factor."""
    shops = frozenset(shops) if shops is not None else None
    login = f"{role}-{next(_numbers)}"
    with writing(office.of(company).engine) as database:
        made = accounts.add(database, login, "Jan <b>Lipa", role, shops, language, office.clock())
        proven = {"password_hash": "not the hash of any password"}
        if role is Role.OWNER:
            proven |= {"totp_secret": SECRET, "totp_step": 1}
        database.execute(update(account).where(account.c.id == made).values(proven))
    return made


def cookie_of(office, account_id, company=MAIN):
    """The cookie of a session of the account."""
    with writing(office.of(company).engine) as database:
        return session.start(database, account_id, office.clock())


def carry(client, session):
    """Have the client carry this session, and no other."""
    client.cookies.clear()
    client.cookies.set("office", session, domain=client.base_url.host)


PASSWORD = "kwiat paproci 7"
# As the office keeps it, but quick to make and to check.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def token_of(page):
    return re.search(r'name="_csrf_token" value="([^"]+)"', page.text)[1]


def secret_in(page):
    """The key of a second factor that is being set up, as it is to be typed; None without one."""
    found = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.text)
    return found and found[0].replace(" ", "")


def known(office, role=Role.CLERK, **values):
    """Login of an account with a password."""
    made = new_account(office, role)
    values = {"password_hash": CHEAP} | values
    with writing(office.engine) as database:
        database.execute(update(account).where(account.c.id == made).values(values))
        return database.scalar(select(account.c.login).where(account.c.id == made))


def sign_in(client, login, password=PASSWORD, **headers):
    form = {"login": login, "password": password, "_csrf_token": token_of(client.get("/sign-in"))}
    return client.post("/sign-in", data=form, headers=headers)


@contextmanager
def own_office(db_url, clock=None):
    office = start_office(db_url, sample=False)
    if clock:
        object.__setattr__(office.office, "clock", clock)
    try:
        with httpx2.Client(base_url=office.url) as client:
            yield office.office, client
    finally:
        office.stop()
