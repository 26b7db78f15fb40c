from __future__ import annotations

from backoffice.limiter import FAILURES_MAX
from tests.backoffice.web.signed import PASSWORD, known, own_office, sign_in, token_of

SQLITE_ALONE = True


def test_the_password_is_asked_for_ten_times_a_minute_at_most(db_url, clock):
    with own_office(db_url, clock) as (office, client):
        sign_in(client, known(office))

        def ask(password):
            form = {"_csrf_token": token_of(client.get("/account"))}
            form |= {"act": "set_up", "password": password}
            return client.post("/account/second-factor", data=form).status_code

        for _ in range(FAILURES_MAX):
            assert ask("guess") == 422
        assert ask(PASSWORD) == 422
        clock.push(seconds=61)
        assert ask(PASSWORD) == 303
