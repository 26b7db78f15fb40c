from __future__ import annotations

from contextlib import ExitStack

import httpx2
import msgspec
import pytest

from backoffice.rights import Role
from backoffice.store.company import MAIN
from terminal.sync import wire
from tests.backoffice.web.signed import carry, cookie_of, new_account


def pytest_collection_modifyitems(items):
    """Where the SQL has tests of its own, the pages above it are asked on one database."""
    items[:] = [
        item
        for item in items
        if not (
            getattr(item.module, "SQLITE_ALONE", False)
            and hasattr(item, "callspec")
            and "postgresql" in item.callspec.params.values()
        )
    ]


@pytest.fixture
def browser_as(running):
    """Opens a browser that is signed in with a role, for some shops or (None) all of them."""
    with ExitStack() as opened:

        def browser(role=Role.OWNER, shops=None, company=MAIN, language="pl"):
            client = opened.enter_context(httpx2.Client(base_url=running.url))
            made = new_account(running.office, role, shops, company, language)
            carry(client, cookie_of(running.office, made, company))
            return client

        yield browser


@pytest.fixture
def browser(browser_as):
    """A browser in which the owner is signed in."""
    return browser_as()


@pytest.fixture
def sold(http, new_till, books):
    """A till with two receipts, the second wrong, and a report; gives its id."""
    name, device = new_till()
    journal = books(name)
    journal.add(journal.receipt(1, 1234, nip="1234563218"))
    journal.add(journal.receipt(2, 1000, total_gr=900))
    journal.add(journal.report(1, 2234))
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    path = f"/v1/terminals/{name}"
    http.post(f"{path}/journal", auth=device, content=body).raise_for_status()
    beat = wire.Heartbeat("0.1.0", 2, "2026-03-01T12:00:00+01:00", "OPEN", "<b>ok</b>", "1")
    content = msgspec.json.encode(beat)
    http.post(f"{path}/heartbeat", auth=device, content=content).raise_for_status()
    return name
