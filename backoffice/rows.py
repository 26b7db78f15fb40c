"""Reads one row of a data set and says which field is wrong. Knows no other row.

Tills ignore fields they do not know; here an unknown field is a typing mistake and is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from backoffice.errors import NotFound
from terminal.sync import wire

Row = Any  # one of the Structs in ``wire.SETS``: which one, only the name of the set tells


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field; ``path`` starts with ``$``."""

    path: str
    reason: str


def row_type(name: str) -> type[msgspec.Struct]:
    """Type of the rows of a data set; raises ``NotFound``."""
    try:
        return wire.SETS[name]
    except KeyError:
        known = ", ".join(wire.SETS)
        raise NotFound(detail=f"no data set {name!r}; there are: {known}") from None


def read_row(name: str, raw: object) -> Row | FieldFault:
    """Decode one row from what JSON gave; every field is checked for type, length and pattern."""
    kind = row_type(name)
    if not isinstance(raw, dict):
        return FieldFault("$", "expected an object")
    for key in raw:
        if key not in kind.__struct_fields__:
            return FieldFault(f"$.{key}", f"{name} has no such field")
    try:
        row = msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at ")
        return FieldFault(path.strip("`") or "$", reason)
    field, reason = wire.wrong_field(row)
    return FieldFault(f"$.{field}", reason) if reason else row
