"""The history of a product in words: who, when, and each field before and after. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from backoffice.goods.kept import Line
from backoffice.web import typed
from backoffice.web.i18n import _, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from backoffice.web.goods.around import Around

LABELS = {
    "name": gettext_noop("Name"),
    "plu": gettext_noop("PLU"),
    "external_id": gettext_noop("External id"),
    "barcodes": gettext_noop("Bar codes"),
    "packs": gettext_noop("Codes of packs"),
    "unit": gettext_noop("Unit"),
    "vat": gettext_noop("VAT"),
    "category": gettext_noop("Category"),
    "kind": gettext_noop("Kind"),
    "gtu": gettext_noop("GTU"),
    "price_gr": gettext_noop("Price"),
    "is_open_price": gettext_noop("Open price"),
    "is_active": gettext_noop("Sold"),
    "min_age": gettext_noop("Age of the buyer"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One change: label, before and after of each field that became another.

    ``number`` and ``title`` are those of the change of many that it was part of.
    """

    at: str
    who: str
    fields: list[tuple[str, str, str]]
    number: int = 0
    title: str = ""


def told(rows: Iterable[Any], around: Around) -> list[Told]:
    """Changes as they are shown, in the order of ``rows``: lines of the audit, or of ``kept``."""
    found = []
    for row in rows:
        before = msgspec.json.decode(row.before) if row.before else {}
        after = msgspec.json.decode(row.after) if row.after else {}
        fields = [
            (_(label), value(name, before.get(name), around), value(name, after.get(name), around))
            for name, label in LABELS.items()
            if before.get(name) != after.get(name)
        ]
        of_many = (row.number, row.title) if isinstance(row, Line) else ()
        found.append(Told(row.at, row.name, fields, *of_many))
    return found


def value(name: str, given: Any, around: Around) -> str:  # noqa: ANN401 (what JSON holds)
    """A field's value in words; empty for nothing."""
    if given is None or given in ("", [], {}):
        return ""
    if isinstance(given, bool):
        return _("yes") if given else _("no")
    say = _SAID.get(name)
    return say(given, around) if say else str(given)


def _packs(given: dict[str, int], _around: Around) -> str:
    return ", ".join(f"{code} × {typed.as_quantity(qty)}" for code, qty in given.items())


KINDS = {
    "goods": gettext_noop("goods"),
    "service": gettext_noop("service"),
    "recipe": gettext_noop("recipe"),
}

_SAID: dict[str, Callable[[Any, Around], str]] = {
    "price_gr": lambda given, _around: typed.as_money(given),
    "unit": lambda given, around: around.unit_name(given),
    "category": lambda given, around: around.category_name(given),
    "barcodes": lambda given, _around: ", ".join(given),
    "packs": _packs,
    "kind": lambda given, _around: _(KINDS.get(given, given)),
}
