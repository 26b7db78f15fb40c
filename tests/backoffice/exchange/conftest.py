from __future__ import annotations

import msgspec
import pytest

from backoffice import publish
from backoffice.exchange import channels
from backoffice.exchange.channels import Channel
from backoffice.office import Office
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from tests.backoffice.exchange.program import Program
from tests.backoffice.exchange.programs import Erp, Runner

RATES = [{"id": "A", "rate_bp": 2300}, {"id": "B", "rate_bp": 800}]


@pytest.fixture
def erp():
    return Erp()


@pytest.fixture
def office(engine, erp):
    """Two shops, both of the main channel, which has a program."""
    with writing(engine) as database:
        for shop in ("kino", "lipa"):
            publish.put(database, "vat_rates", shop, RATES)
            publish.put(database, "units", shop, [{"id": "szt", "name": "szt."}])
        channels.put_channel(database, Channel("main", "Sklepy", connector="erp"))
    return Office(engine, connectors={"erp": erp})


@pytest.fixture
def runner(office):
    return Runner(office)


@pytest.fixture
def rows(office):
    """Rows of a set in a shop by their ids."""

    def read(name, shop="lipa"):
        with reading(office.engine) as database:
            found = map(msgspec.json.decode, data_rows.living(database, name, shop))
            return {row["id"]: row for row in found}

    return read


@pytest.fixture
def program():
    return Program()


@pytest.fixture
def sending(engine, program):
    """An office whose main channel exchanges with ``program``."""
    with writing(engine) as database:
        channels.put_channel(database, Channel("main", "Main", connector="erp"))
    return Office(engine, connectors={"erp": program})
