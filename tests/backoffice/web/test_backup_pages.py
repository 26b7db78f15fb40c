from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select, update

from backoffice import companies
from backoffice.limiter import FAILURES_MAX
from backoffice.store.engine import reading, writing
from backoffice.store.tables import account, audit
from tests.backoffice.web.signed import (
    CHEAP,
    PASSWORD,
    carry,
    cookie_of,
    new_account,
    own_office,
    token_of,
)


@pytest.fixture
def own(db_path, clock):
    """An office in a file, and the browser of its owner, who has a password."""
    with own_office(f"sqlite:///{db_path}", clock) as (office, client):
        owner = new_account(office, language="en")
        with writing(office.engine) as database:
            here = account.c.id == owner
            database.execute(update(account).where(here).values(password_hash=CHEAP))
        carry(client, cookie_of(office, owner))
        yield office, client


def send(client, path="/backup", **form):
    return client.post(path, data={**form, "_csrf_token": token_of(client.get("/backup"))})


def acts(office):
    with reading(office.engine) as database:
        return [(it.act, it.what) for it in database.execute(select(audit))]


def test_a_copy_is_made_looked_into_and_carried_away(own, tmp_path):
    office, client = own
    assert "There is no copy yet" in client.get("/backup").text
    assert send(client).headers["location"] == "/backup"
    (made,) = office.copies.listed()
    page = client.get("/backup").text
    assert f'href="/backup/{made.name}"' in page
    assert "was read from end to end" in page
    assert "it is whole" in client.get(f"/backup/{made.name}").text
    carried = send(client, f"/backup/{made.name}", password=PASSWORD)
    assert carried.status_code == 200
    assert made.name in carried.headers["content-disposition"]
    assert carried.headers["cache-control"] == "no-store"
    assert carried.content == made.path.read_bytes()
    assert acts(office) == [("backup", f"copy/{made.name}"), ("download", f"copy/{made.name}")]


def test_nothing_is_carried_away_without_the_password(own):
    office, client = own
    send(client)
    (made,) = office.copies.listed()
    for _ in range(FAILURES_MAX):
        refused = send(client, f"/backup/{made.name}", password="wrong")
        assert refused.status_code == 422
        assert "This is not your password." in refused.text
    refused = send(client, f"/backup/{made.name}", password=PASSWORD)
    assert refused.status_code == 422
    assert "Too many attempts" in refused.text
    assert [act for act, _ in acts(office)] == ["backup"]


def test_a_damaged_copy_is_named(own):
    office, client = own
    send(client)
    (made,) = office.copies.listed()
    with closing(sqlite3.connect(made.path)) as db, db:
        db.execute("DROP TABLE alembic_version")
    assert "This copy is damaged" in client.get(f"/backup/{made.name}").text


def test_only_copies_are_found(own):
    _office, client = own
    for name in ("office.db", "..%2Foffice.db", "office-20260301-120000.db"):
        assert client.get(f"/backup/{name}").status_code == 404


def test_what_cannot_be_written_is_told(own):
    office, client = own
    office.copies.folder.write_text("in the way")
    refused = send(client)
    assert refused.status_code == 422
    assert "office.copies" in refused.text


def test_nobody_gets_the_data_of_another_company(own):
    office, client = own
    send(client)
    (made,) = office.copies.listed()
    token = token_of(client.get("/backup"))
    with writing(office.of("oak").engine) as database:
        companies.add(database, "oak", "Dąb", office.clock())
    for path in ("/backup", f"/backup/{made.name}"):
        assert client.get(path).status_code == 403
        form = {"password": PASSWORD, "_csrf_token": token}
        assert client.post(path, data=form).status_code == 403
    assert office.copies.listed() == [made]


def test_beside_a_server_it_says_what_to_do(cluster, blank_pg):
    name = cluster.create(blank_pg)
    with own_office(cluster.url(name)) as (office, client):
        carry(client, cookie_of(office, new_account(office, language="en")))
        page = client.get("/backup").text
        assert "--copies DIR" in page
        assert client.post("/backup", data={"_csrf_token": token_of(client.get("/backup"))})
    cluster.drop(name)
