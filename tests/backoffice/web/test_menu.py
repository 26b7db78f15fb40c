from __future__ import annotations

import pytest

from backoffice.actor import Actor
from backoffice.rights import Role
from backoffice.web import menu


def paths(role):
    return {
        entry.path
        for group in menu.menu_of(Actor("a", "A", role, None, "pl"))
        for entry in group.entries
    }


def test_each_role_sees_what_it_may():
    assert paths(Role.OWNER) == {entry.path for entry in menu.ENTRIES}
    assert "/reports" in paths(Role.ACCOUNTANT)
    assert "/versions" not in paths(Role.ACCOUNTANT)
    assert "/rejected" not in paths(Role.MANAGER)
    assert "/reports" not in paths(Role.TECHNICIAN)


def test_a_group_without_entries_is_left_out():
    groups = menu.menu_of(Actor("a", "A", Role.CLERK, None, "pl"))
    assert "Office" not in {group.label for group in groups}
    assert all(group.entries for group in groups)


def test_every_entry_is_in_a_group():
    assert {entry.group for entry in menu.ENTRIES} <= set(menu.GROUPS)
    assert len({entry.path for entry in menu.ENTRIES}) == len(menu.ENTRIES)


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("/", "/"),
        ("/reports", "/reports"),
        ("/reports/7", "/reports"),
        ("/reportsx", None),
        ("/receipts/7", "/transactions"),
        ("/registers/mistakes", "/registers/returns"),
        ("/registers/returns", "/registers/returns"),
        ("/nothing", None),
    ],
)
def test_a_page_belongs_to_the_entry_above_it(path, entry):
    found = menu.here(path)
    assert (found.path if found else None) == entry
