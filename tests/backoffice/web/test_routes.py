from __future__ import annotations

import re

import pytest

from backoffice.app import create_app
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.web import menu


@pytest.fixture
def rights(sqlite_engine):
    """The right that each path asks of whoever looks at it; None where it asks for none."""
    return {
        route.path: handler.opt.get("right")
        for route in create_app(Office(sqlite_engine)).routes
        for handler in getattr(route, "route_handlers", [])
        if "GET" in handler.http_methods
    }


def test_every_page_behind_the_door_says_its_right(rights):
    assert isinstance(rights["/receipts/{row_id:int}"], Right)
    assert rights["/sign-in"] is None


def test_every_entry_of_the_menu_leads_to_a_page_of_its_right(rights):
    for entry in menu.ENTRIES:
        found = [right for path, right in rights.items() if _fits(path, entry.path)]
        # A path without places goes before those that have some.
        found = [rights[entry.path]] if entry.path in rights else found
        assert found == [entry.right], entry.path


def _fits(path, asked):
    return re.fullmatch(re.sub(r"\{\w+:\w+\}", "[^/]+", path), asked)
