from __future__ import annotations

import httpx2
from sqlalchemy import select

from backoffice import personal_tokens
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.store.tables import audit
from tests.backoffice.web.signed import new_account


def test_the_administrator_makes_a_link_that_opens(running, http, admin):
    answer = http.post("/v1/admin/owner-link", headers=admin)
    assert answer.status_code == 201
    path = answer.json()["path"]
    assert httpx2.get(running.url + path).status_code == 200
    with reading(running.office.engine) as database:
        lines = [f"{it.act} {it.detail}" for it in database.execute(select(audit))]
    assert "owner link " in lines
    assert path.rpartition("/")[2] not in "\n".join(lines)


def test_no_persons_token_makes_owners(running, http):
    office = running.office
    who = new_account(office)
    with writing(office.engine) as database:
        token = personal_tokens.make(database, who, "all", list(Right), 1, office.clock())
    bearer = {"Authorization": f"Bearer {token}"}
    assert http.post("/v1/admin/owner-link", headers=bearer).status_code == 403
    assert http.get("/v1/admin/terminals", headers=bearer).status_code == 200
