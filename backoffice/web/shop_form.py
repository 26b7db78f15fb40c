"""Between the row of a shop and the form that shows it: both ways, with what is wrong. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from backoffice.web.given import line
from backoffice.web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from terminal.sync import wire

FIELDS = ("name", "street", "postal_code", "city")
_LINE_MAX = 70
_POSTAL_CODE = re.compile(r"[0-9]{2}-[0-9]{3}")
_DIGITS = re.compile(r"[0-9]{5}")


def filled(row: wire.Shop) -> dict[str, str]:
    """What stands in each field."""
    return {name: getattr(row, name) for name in FIELDS}


def read(given: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The fields that were typed, and what is wrong with those that cannot be taken."""
    row = {name: line(given, name) for name in FIELDS}
    if _DIGITS.fullmatch(row["postal_code"]):
        row["postal_code"] = f"{row['postal_code'][:2]}-{row['postal_code'][2:]}"
    errors = {
        name: _("At most {most} characters", most=_LINE_MAX)
        for name, typed in row.items()
        if len(typed) > _LINE_MAX
    }
    errors |= {name: _("Fill this in") for name in ("name", "street", "city") if not row[name]}
    if not _POSTAL_CODE.fullmatch(row["postal_code"]):
        errors["postal_code"] = _("Write a postal code such as 00-950")
    return row, errors
