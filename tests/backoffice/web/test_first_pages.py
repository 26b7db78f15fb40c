from __future__ import annotations

import pytest
from sqlalchemy import select

from backoffice import fleet, publish
from backoffice.rights import Role
from backoffice.store.engine import reading, writing
from backoffice.store.tables import audit
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half
from tests.backoffice.web.signed import carry, cookie_of, new_account, own_office, token_of

SHOP = {
    "company": "Dąb <b>sp. z o.o.</b>",
    "nip": "526-100-10-01",
    "name": "Pod Dębem",
    "street": "ul. Dębowa 1",
    "postal_code": "00-950",
    "city": "Warszawa",
    "person": "Jan",
    "pin": "4711",
}


@pytest.fixture
def own(db_url, clock):
    """A new office and its owner's browser."""
    with own_office(db_url, clock) as (office, client):
        carry(client, cookie_of(office, new_account(office, language="en")))
        yield office, client


def send(client, path, **form):
    return client.post(path, data={**form, "_csrf_token": token_of(client.get("/first"))})


def test_the_steps_lead_from_nothing_to_a_till(own):
    office, client = own
    assert client.get("/").headers["location"] == "/first"
    assert "My own shop" in client.get("/first?step=till").text
    made = send(client, "/first/shop", **SHOP)
    assert (made.status_code, made.headers["location"]) == (303, "/first")
    assert 'href="/goods/import"' in client.get("/first").text
    assert client.get("/").status_code == 200
    assert 'href="/terminals/new"' in client.get("/first?step=till").text
    with writing(office.engine) as database:
        code = fleet.invite(database, "KASA1", "pod-debem", office.clock())
    assert 'href="/terminals/KASA1/code"' in client.get("/first?step=till").text
    with writing(office.engine) as database:
        request = wire.EnrolRequest(code, "0.1.0", public_half(new_key()))
        fleet.enrol(database, request, office.clock())
    assert "A till has come already." in client.get("/first?step=till").text


def test_the_sample_shop_lacks_a_till_alone(own):
    _office, client = own
    assert send(client, "/first/sample").headers["location"] == "/first"
    assert 'href="/terminals/new"' in client.get("/first").text


def test_what_is_wrong_stands_at_its_field_and_nothing_is_made(own):
    office, client = own
    answer = send(client, "/first/shop", **{**SHOP, "nip": "5261001002", "pin": "1"})
    assert answer.status_code == 422
    assert 'id="error-nip"' in answer.text
    assert 'id="error-pin"' in answer.text
    assert 'value="Dąb &lt;b&gt;sp. z o.o.&lt;/b&gt;"' in answer.text
    assert 'value="1"' not in answer.text
    with reading(office.engine) as database:
        assert publish.states(database, "pod-debem")[0].revision == 0


def test_the_first_shop_is_made_once(own):
    office, client = own
    for path, form in (("/first/sample", {}), ("/first/sample", {}), ("/first/shop", SHOP)):
        assert send(client, path, **form).headers["location"] == "/first"
    assert "There is a shop already." in client.get("/first").text
    with reading(office.engine) as database:
        assert [it.act for it in database.execute(select(audit))] == ["found"]


def test_only_an_owner_is_led_there(own):
    office, client = own
    carry(client, cookie_of(office, new_account(office, Role.MANAGER)))
    assert client.get("/").status_code == 200
    assert client.get("/first").status_code == 403
