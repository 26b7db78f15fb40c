"""Reads one row of a data set and says which field is wrong. Knows no other row.

Tills ignore fields they do not know; here an unknown field is a typing mistake and is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from backoffice.errors import NotFound
from backoffice.reasons import Reason
from terminal.i18n import gettext_noop as _
from terminal.sync import wire

Row = Any  # one of the Structs in ``wire.SETS``: which one, only the name of the set tells


_FIELDS = {name: frozenset(kind.__struct_fields__) for name, kind in wire.SETS.items()}


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field; ``path`` starts with ``$``."""

    path: str
    reason: str  # a ``Reason`` where we wrote it


def fault(field: str, message: str, **values: object) -> FieldFault:
    """What is wrong with a field of a row; ``message`` is a message id."""
    return FieldFault(f"$.{field}", Reason(message, **values))


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
        return FieldFault("$", Reason(_("expected an object")))
    if not raw.keys() <= _FIELDS[name]:
        key = next(key for key in raw if key not in _FIELDS[name])
        return fault(key, _("{set} has no such field"), set=name)
    try:
        row = msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        reason, _at, path = str(error).partition(" - at ")
        return FieldFault(path.strip("`") or "$", reason)
    field, reason = wire.wrong_field(row)
    return FieldFault(f"$.{field}", Reason(reason)) if reason else row
