"""Finds products that the fiscal printer would take for one another at different VAT letters.

Such a product is refused, with the reason; the one that was here before stays. Reads only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sale.names import identity
from terminal.store.tables import as_json

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

    from terminal.sync.wire import Product


_SOLD = """
    SELECT p.id, n.printed, p.vat, p.name FROM json_each(?) AS j
    JOIN product_name AS n ON n.printed = j.value JOIN product AS p ON p.no = n.no
"""


class Namesakes:
    """Names that can be sold now, as the printer compares them; of one page at a time.

    Only what has a name that a product of the page has is read: an old name to which one of them
    falls back stands in nobody's way unless another one has it.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        # What each product is: its name as compared, its letter, its name as written.
        self._products: dict[str, tuple[str, str, str]] = {}
        self._ids: dict[str, set[str]] = {}

    def refuse(self, rows: Iterable[Product], removed: Collection[str]) -> dict[str, str]:
        """The reason for each product of a page that is not to be taken."""
        fresh = {row.id: row for row in rows}
        compared = {row.id: _compared(row) for row in fresh.values()}
        self._read({name for name, _, _ in compared.values()})
        for gone in removed:
            self._take_out(gone)
        before = {row_id: self._products.get(row_id) for row_id in fresh}
        for row in fresh.values():
            self._put(row.id, compared[row.id] if row.is_active else None)
        refused: dict[str, str] = {}
        # A product that falls back to its old name may stand in the way of another one.
        while wrong := {
            row_id: reason
            for row_id in fresh.keys() - refused.keys()
            if (reason := self._reason(row_id))
        }:
            refused |= wrong
            for row_id in wrong:
                self._put(row_id, before[row_id])
        return refused

    def _reason(self, row_id: str) -> str:
        """Why a product is refused: another one of the same name has another letter."""
        if row_id not in self._products:
            return ""
        name, letter, _written = self._products[row_id]
        for other_id in sorted(self._ids[name] - {row_id}):
            _name, vat, written = self._products[other_id]
            if vat != letter:
                message = _("The printer would take it for {name}, which has VAT letter {vat}")
                return translate(message, name=written, vat=vat)
        return ""

    def _read(self, names: set[str]) -> None:
        self._products.clear()
        self._ids.clear()
        for row_id, *product in self._db.execute(_SOLD, (as_json([*names]),)):
            self._put(row_id, tuple(product))

    def _put(self, row_id: str, product: tuple[str, str, str] | None) -> None:
        self._take_out(row_id)
        if product is not None:
            self._products[row_id] = product
            self._ids.setdefault(product[0], set()).add(row_id)

    def _take_out(self, row_id: str) -> None:
        if product := self._products.pop(row_id, None):
            self._ids[product[0]].discard(row_id)


def _compared(row: Product) -> tuple[str, str, str]:
    return identity(row.name), row.vat, row.name
