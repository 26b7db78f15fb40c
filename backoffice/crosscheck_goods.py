"""Whether products and bar codes fit together: VAT, unit, unique codes and names. No database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backoffice.names import compared
from backoffice.rows import FieldFault, Row, fault
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Live = dict[str, dict[str, Row]]
Fault = tuple[str, FieldFault]  # id of the row, what is wrong

INACTIVE_BP = 10_100

_TWICE = {"PLU": _("PLU {code}: listed twice"), "bar code": _("bar code {code}: listed twice")}
_TAKEN = {
    "PLU": _("PLU {code}: product {product} has it too"),
    "bar code": _("bar code {code}: product {product} has it too"),
}


def products(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    """What is wrong with products that were put or removed."""
    for row in put_rows(live["products"], changed):
        for wrong in _product(live, row):
            yield row.id, wrong
    yield from _doubles(live, changed)
    if gone := [row_id for row_id in changed if row_id not in live["products"]]:
        needed = _needed(live)
        yield from ((row_id, needed[row_id]) for row_id in gone if row_id in needed)


def _product(live: Live, row: Row) -> Iterator[FieldFault]:
    rate = live["vat_rates"].get(row.vat)
    if row.is_active and (rate is None or rate.rate_bp == INACTIVE_BP):
        yield fault("vat", _("VAT letter {letter} is not in use"), letter=row.vat)
    if row.unit not in live["units"]:
        yield fault("unit", _("no unit '{row}'"), row=row.unit)
    if row.category and row.category not in live["categories"]:
        yield fault("category", _("no category '{row}'"), row=row.category)
    if not row.name.isprintable():
        yield fault("name", _("control characters cannot be printed"))
    elif not compared(row.name):
        yield fault("name", _("needs a letter or a digit: the printer ignores all else"))
    if not row.price_gr and not row.is_open_price:
        yield fault("price_gr", _("0 is only for products with an open price"))


def _needed(live: Live) -> dict[str, FieldFault]:
    """For each product that a row of another set belongs to, what is wrong when it goes."""
    found = {
        row_id: fault("id", _("stock {row} belongs to it"), row=row_id) for row_id in live["stock"]
    }
    kinds = {
        "barcodes": _("bar code {row} belongs to it"),
        "prices": _("price {row} belongs to it"),
        "quick_keys": _("quick key {row} belongs to it"),
    }
    for name, message in kinds.items():
        for row in live[name].values():
            if row.product and row.product not in found:
                found[row.product] = fault("id", message, row=row.id)
    return found


def _doubles(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    """Codes and names that two products share: the one that changed is at fault, else the later."""
    owners = {("bar code", row.id): row.product for row in live["barcodes"].values()}
    letters: dict[str, Row] = {}
    for row in sorted(live["products"].values(), key=lambda one: one.id in changed):
        for path, kind, code in _codes(row) if row.is_active else ():
            owner = owners.get((kind, code))
            if owner is None:
                owners[kind, code] = row.id
            elif row.id in changed:
                message = _TWICE[kind] if owner == row.id else _TAKEN[kind]
                yield row.id, fault(path, message, code=code, product=owner)
        twin = letters.setdefault(compared(row.name), row)
        if twin.vat != row.vat and row.id in changed:
            message = _("to the printer the same name as product {product}, which has VAT {letter}")
            yield row.id, fault("name", message, product=twin.id, letter=twin.vat)


def _codes(row: Row) -> Iterator[tuple[str, str, str]]:
    if row.plu:
        yield "plu", "PLU", row.plu
    for place, code in enumerate(row.barcodes):
        yield f"barcodes[{place}]", "bar code", code


def barcodes(live: Live, changed: Collection[str]) -> Iterator[Fault]:
    """What is wrong with bar codes that were put or removed."""
    sold = live["products"]
    owners = {code: row.id for row in sold.values() if row.is_active for code in row.barcodes}
    for row in put_rows(live["barcodes"], changed):
        if row.product not in sold:
            yield row.id, no_product("product", row.product)
        if row.id in owners:
            message = _("product {product} has this code already")
            yield row.id, fault("id", message, product=owners[row.id])


def no_product(field: str, product: str) -> FieldFault:
    """A row names a product that is not there."""
    return fault(field, _("no product '{row}'"), row=product)


def put_rows(rows: dict[str, Row], changed: Collection[str]) -> Iterator[Row]:
    """Those of the changed rows that live."""
    return (rows[row_id] for row_id in changed if row_id in rows)
