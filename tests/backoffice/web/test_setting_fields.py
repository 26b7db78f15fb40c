from __future__ import annotations

import typing

import msgspec

from backoffice.web.setting_fields import FIELDS, GROUPS
from terminal.sync import wire

HINTS = typing.get_type_hints(wire.Settings)


def test_no_setting_stands_in_two_groups():
    names = [field.name for group in GROUPS for field in group.fields]
    assert len(names) == len(set(names))
    assert len({group.key for group in GROUPS}) == len(GROUPS)


def test_the_choices_are_those_of_the_wire():
    for field in msgspec.structs.fields(wire.Settings):
        if typing.get_origin(field.type) is typing.Literal:
            offered = {value for value, _name in FIELDS[field.name].choices}
            assert offered == set(typing.get_args(field.type)), field.name


def test_the_kind_fits_the_type():
    kinds = {"checkbox": bool, "number": int, "money": int, "lines": list, "time": str}
    usual = wire.Settings(id="settings")
    for name, field in FIELDS.items():
        wanted = kinds.get(field.kind, str)
        assert isinstance(getattr(usual, name), wanted), name
