"""The table of data sets: menu entry, order, what they need, how a record is judged. No I/O here.

A record that does not pass is refused by itself, with a reason for the screen; what the till knew
of it before stays. Source of the rules: docs/architecture.md, "Data sets".
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sale.names import is_told_apart
from terminal.sync.wire import (
    SETS,
    Barcode,
    PaymentMethod,
    Price,
    Product,
    QuickKey,
    Stock,
    User,
    wrong_field,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from msgspec import Struct

INACTIVE_BP = 10_100
NO_ID = "?"

# Ids that records may refer to, by data set; of VAT letters those that may be sold at.
Known = Mapping[str, Container[str]]


@dataclass(frozen=True, slots=True)
class DataSet:
    """One row of the table; ``entry`` is a word of the menu, ``needs`` names sets pulled before."""

    name: str
    row: type[Struct]
    entry: str
    needs: tuple[str, ...] = ()


def _product(row: Product, known: Known) -> str:
    if not is_told_apart(row.name):
        return translate(_("The printer would take the name for empty: {name}"), name=row.name)
    if not _has(known, "units", row.unit):
        return translate(_("Unknown unit: {unit}"), unit=row.unit)
    if row.is_active and not _has(known, "vat_rates", row.vat):
        return translate(_("VAT letter {vat} has no rate"), vat=row.vat)
    if not row.price_gr and not row.is_open_price:
        return translate(_("No price"))
    return ""


def _user(row: User, known: Known) -> str:
    if not _has(known, "roles", row.role):
        return translate(_("Unknown role: {role}"), role=row.role)
    return ""


def _price(row: Price, known: Known) -> str:
    if not _has(known, "price_lists", row.price_list):
        return translate(_("Unknown price list: {price_list}"), price_list=row.price_list)
    return _of_product(row.product, known)


def _quick_key(row: QuickKey, known: Known) -> str:
    if row.category and not _has(known, "categories", row.category):
        return translate(_("Unknown category: {category}"), category=row.category)
    return _of_product(row.product, known) if row.product else ""


def _of_product(product: str, known: Known) -> str:
    if not _has(known, "products", product):
        return translate(_("Unknown product: {product}"), product=product)
    return ""


# What the menu 8 4 1 to 3 and the automatic exchange bring; each set lies below one entry.
_ENTRIES = {
    "configuration": ("settings", "shop", "vat_rates", "payment_methods", "currencies"),
    "users": ("roles", "users", "representatives"),
    "products": (
        *("units", "categories", "products", "barcodes"),
        *("price_lists", "prices", "discounts", "quick_keys"),
    ),
    "customers": ("customers", "sales_documents", "visits", "attachments", "stock"),
}
# The choices of the data update, 8 4 9.
CHOICES = {
    "prices_and_discounts": ("price_lists", "prices", "discounts"),
    "articles": ("units", "categories", "products", "barcodes", "quick_keys", "stock"),
    "currencies": ("currencies",),
    "customers": _ENTRIES["customers"],
    "rights": _ENTRIES["users"],
    "parameters": ("settings", "shop", "vat_rates", "payment_methods"),
    "all": tuple(SETS),
}
_NEEDS = {
    "users": ("roles",),
    "products": ("vat_rates", "units", "categories"),
    "barcodes": ("products",),
    "prices": ("products", "price_lists"),
    "quick_keys": ("products", "categories"),
    "sales_documents": ("customers",),
    "visits": ("customers",),
    "stock": ("products",),
}
_ENTRY_OF = {name: entry for entry, names in _ENTRIES.items() for name in names}

DATA_SETS: dict[str, DataSet] = {
    name: DataSet(name, row, _ENTRY_OF[name], _NEEDS.get(name, ())) for name, row in SETS.items()
}


def sets_of(entry: str) -> tuple[str, ...]:
    """Names of the data sets below a menu entry or a choice of the data update, in order.

    A set that no such word names is one by itself.
    """
    return ({name: (name,) for name in SETS} | _ENTRIES | CHOICES)[entry]


def in_order(names: Iterable[str], is_here: Callable[[str], bool]) -> list[DataSet]:
    """The sets to pull for ``names``, each after those it needs.

    A needed set of which the till has nothing yet (``is_here`` says no) is pulled too: without it
    every record that refers to it would be refused.
    """
    wanted = set(names)
    for one in reversed(DATA_SETS.values()):
        if one.name in wanted:
            wanted.update(need for need in one.needs if not is_here(need))
    return [one for one in DATA_SETS.values() if one.name in wanted]


def read(data_set: DataSet, raw: msgspec.Raw, known: Known) -> Struct | tuple[str, str]:
    """The record in ``raw``, or its id and the reason why it is refused."""
    try:
        row = msgspec.json.decode(raw, type=data_set.row)
    except msgspec.DecodeError as error:
        return _id_in(raw), str(error)
    reason = _reason(row, known)
    return (row_id(row), reason) if reason else row


def _reason(row: Struct, known: Known) -> str:  # noqa: PLR0911 - one table
    """Why a record is refused; empty when it passes."""
    field, reason = wrong_field(row)
    if reason:
        return f"{translate(reason)} - $.{field}"
    match row:
        case Product():
            return _product(row, known)
        case User():
            return _user(row, known)
        case Price():
            return _price(row, known)
        case QuickKey():
            return _quick_key(row, known)
        case Barcode(product=product) | Stock(id=product):
            return _of_product(product, known)
    return ""


def row_id(row: Struct) -> str:
    """The id that every record of every data set has."""
    return str(row.id)  # type: ignore[attr-defined]


def takes_cash(methods: Iterable[PaymentMethod]) -> bool:
    """Whether one of the payment methods is active cash; a shop may live without, but rarely."""
    return any(one.kind == "cash" and one.is_active for one in methods)


def _id_in(raw: msgspec.Raw) -> str:
    try:
        return str(msgspec.json.decode(raw, type=dict[str, object]).get("id", NO_ID))
    except msgspec.DecodeError:
        return NO_ID


def _has(known: Known, name: str, row_id: str) -> bool:
    return row_id in known.get(name, ())
