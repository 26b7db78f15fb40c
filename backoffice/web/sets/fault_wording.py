"""What is wrong with a field, in the language of whoever typed it and in the field's own units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backoffice.reasons import Reason
from backoffice.web.i18n import _, gettext_noop

if TYPE_CHECKING:
    from backoffice.web.sets.shape import Field

# What the rules of the wire say, which are translated for the tills elsewhere.
RULES = (
    gettext_noop("The check digit of the NIP is wrong"),
    gettext_noop("Needs either an amount or a percentage"),
    gettext_noop("Needs either a product or a category"),
    gettext_noop("Not a time with its zone"),
    gettext_noop("A name is there twice, or begins or ends with a space"),
    gettext_noop("Must be shorter than the time between two reminders"),
    gettext_noop("Must be later than the hour before it"),
    gettext_noop("Not a currency of ISO 4217"),
    gettext_noop("No such day"),
    gettext_noop("The check digits of the account are wrong"),
    gettext_noop("A non-fiscal bill asks no payment terminal"),
    gettext_noop("Only cash and vouchers may give change"),
    gettext_noop("The last day is before the first"),
)

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
