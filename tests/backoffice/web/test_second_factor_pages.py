from __future__ import annotations

import re

import pyotp
from sqlalchemy import select, update

from backoffice.limiter import FAILURES_MAX
from backoffice.rights import Role
from backoffice.store.engine import reading, writing
from backoffice.store.tables import account, audit
from tests.backoffice.web.signed import SECRET, known, own_office, secret_in, sign_in, token_of

SQLITE_ALONE = True


def send(client, code):
    form = {"_csrf_token": token_of(client.get("/second-factor")), "code": code}
    return client.post("/second-factor", data=form)


def test_an_owner_sets_it_up_and_gets_in_with_a_recovery_code_later(running, http):
    owner = known(running.office, Role.OWNER, totp_step=0, totp_secret="")
    assert sign_in(http, owner).headers["location"] == "/second-factor"
    picture = http.get("/second-factor.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "style" not in picture.text
    secret = secret_in(http.get("/second-factor"))
    assert send(http, "000000").status_code == 422
    shown = send(http, pyotp.TOTP(secret).at(running.office.clock()))
    assert shown.status_code == 200
    codes = re.findall(r"<code>([a-z0-9-]{19})</code>", shown.text)
    assert len(codes) == 10
    assert http.get("/").status_code == 200
    assert secret_in(http.get("/second-factor", follow_redirects=True)) is None
    assert http.get("/second-factor.svg").status_code == 404
    sign_in(http, owner)
    assert http.get("/").headers["location"] == "/second-factor"
    assert send(http, codes[3]).status_code == 303
    sign_in(http, owner)
    assert send(http, codes[3]).status_code == 422
    with reading(running.office.engine) as database:
        lines = [f"{it.act} {it.detail}" for it in database.execute(select(audit))]
    assert f"second factor on {owner}" in lines
    assert f"recovery code {owner}" in lines
    assert secret not in "\n".join(lines)


def test_wrong_codes_shut_the_door_for_an_hour(db_url, clock):
    with own_office(db_url, clock) as (office, client):
        owner = known(office, Role.OWNER)
        sign_in(client, owner)
        for number in range(FAILURES_MAX):
            assert send(client, f"{number:06}").status_code == 422
        right = pyotp.TOTP(SECRET).at(clock())
        assert "Odczekaj" in send(client, right).text
        clock.push(minutes=61)
        sign_in(client, owner)
        assert send(client, pyotp.TOTP(SECRET).at(clock())).status_code == 303


def test_nobody_comes_here_without_a_password(http):
    assert http.get("/second-factor").headers["location"] == "/sign-in"
    assert http.get("/second-factor.svg").headers["location"] == "/sign-in"


def test_who_is_half_in_sees_nothing_else(running, http):
    sign_in(http, known(running.office, Role.OWNER))
    for path in ("/", "/reports", "/versions", "/receipts/1"):
        assert http.get(path).headers["location"] == "/second-factor"
    form = {"_csrf_token": token_of(http.get("/second-factor")), "act": "stop"}
    assert http.post("/versions", data=form).headers["location"] == "/second-factor"


def test_an_account_without_a_duty_may_still_have_one(running, http):
    clerk = known(running.office, totp_secret=SECRET, totp_step=1)
    assert sign_in(http, clerk).headers["location"] == "/second-factor"
    with writing(running.office.engine) as database:
        database.execute(update(account).where(account.c.login == clerk).values(totp_step=0))
    assert sign_in(http, clerk).headers["location"] == "/"
