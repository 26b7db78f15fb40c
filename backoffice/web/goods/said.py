"""What is wrong with goods, in the language of whoever typed it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backoffice.reasons import Reason
from backoffice.web.i18n import _, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backoffice.errors import RowFault

# What the types of the wire refuse, by field.
_WRONG = {
    "name": gettext_noop("A name has 1 to 40 characters"),
    "plu": gettext_noop("A PLU has up to 9 digits and does not begin with 0"),
    "barcodes": gettext_noop("A bar code has 6 to 14 digits"),
    "price_gr": gettext_noop("A price lies between 0,00 and 99999999,99"),
    "external_id": gettext_noop("An external id has at most 16 characters"),
    "min_age": gettext_noop("An age in whole years, or 0"),
    "vat": gettext_noop("Choose a VAT letter"),
    "unit": gettext_noop("Choose a unit"),
    "id": gettext_noop("A bar code has 6 to 14 digits"),
    "qty_milli": gettext_noop("Write a quantity such as 2 or 0,375"),
}


def said(reason: str, field: str = "") -> str:
    """The sentence."""
    if isinstance(reason, Reason):
        return reason.said(_)
    return _(_WRONG.get(field, gettext_noop("This cannot be taken as it is written")))


def by_field(faults: Iterable[RowFault]) -> dict[str, str]:
    """What is wrong with each field; the first of several."""
    found: dict[str, str] = {}
    for fault in faults:
        field = field_of(fault.path)
        found.setdefault(field, said(fault.reason, field))
    return found


def field_of(path: str) -> str:
    """The field that a path such as ``$.barcodes[1]`` points to."""
    return re.split(r"[.\[]", path.removeprefix("$."))[0]
