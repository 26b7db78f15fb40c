from __future__ import annotations

from contextlib import ExitStack

import httpx2
import pytest

from backoffice.rights import Role
from backoffice.store.company import MAIN
from tests.backoffice.web.signed import carry, cookie_of, new_account


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
