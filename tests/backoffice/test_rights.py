from __future__ import annotations

import pytest

from backoffice.rights import RIGHTS, Right, Role, to_change, to_read
from terminal.sync import wire

# Written by hand, a line for each role.
TABLE = """
owner       own see figures goods staff shops terminals judge accounts
manager     own see figures goods staff shops terminals
accountant  own see figures
clerk       own see goods
technician  own see terminals
"""


def test_the_rights_of_each_role_are_those_of_the_table():
    told = {words[0]: words[1:] for words in map(str.split, TABLE.strip().splitlines())}
    assert set(told) == set(Role)
    for role, rights in told.items():
        assert RIGHTS[Role(role)] == set(map(Right, rights))


@pytest.mark.parametrize("name", wire.SETS)
def test_who_may_change_a_data_set_may_look_at_it(name):
    for role in Role:
        assert to_change(name) not in RIGHTS[role] or to_read(name) in RIGHTS[role]


def test_the_people_of_the_tills_are_for_few():
    assert to_read("customers") is Right.GOODS
    assert to_read("users") is to_change("users") is to_change("roles") is Right.STAFF
    assert (to_read("products"), to_change("products")) == (Right.SEE, Right.GOODS)
    assert to_change("settings") is to_change("vat_rates") is to_change("unheard of") is Right.SHOPS
