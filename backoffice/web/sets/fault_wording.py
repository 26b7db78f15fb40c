"""What is wrong with a field, in the language of whoever typed it and in the field's own units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backoffice.reasons import Reason
from backoffice.web.i18n import _

if TYPE_CHECKING:
    from backoffice.web.sets.shape import Field

_MISSING = re.compile(r"Object missing required field `(\w+)`")
_LENGTH = re.compile(r"Expected `\w+` of length (<=|>=) (\d+)")
_BOUND = re.compile(r"Expected `int` (<=|>=) (-?\d+)")


def said(reason: str, field: Field | None = None) -> str:
    """The reason of a fault; where a pattern was missed, the field's help says what it wants."""
    if isinstance(reason, Reason):
        return reason.said(_)
    if _MISSING.match(reason):
        return _("Fill this in")
    if found := _LENGTH.match(reason):
        return _("Fill this in") if found[1] == ">=" else _characters(found[2])
    if found := _BOUND.match(reason):
        bound = field.shown(int(found[2])) if field else found[2]
        return _("At least {least}", least=bound) if found[1] == ">=" else _most(bound)
    return _(field.help) if field and field.help else _("This cannot be taken as it is written")


def _characters(most: str) -> str:
    return _("At most {most} characters", most=most)


def _most(most: str) -> str:
    return _("At most {most}", most=most)


def field_of(path: str, reason: str) -> str:
    """Name of the field that a fault is about."""
    if found := _MISSING.match(reason):
        return found[1]
    return re.split(r"[.\[]", path.removeprefix("$.").removeprefix("$"))[0]
