"""Products whose rate would go up from what the printer has sold them at: told, never renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.sale.names import identity, steps_up
from terminal.store.catalogue import Catalogue

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


def find(db: sqlite3.Connection, sold_at: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """Id and warning of each product that may be refused at the till.

    ``db`` is the catalogue, ``sold_at`` the rate of the last sale by name as the printer compares.
    """
    if not sold_at:
        return ()
    rates = Catalogue(db).rates()
    found = []
    for row_id, name, vat in db.execute(
        "SELECT id, name, vat FROM product WHERE is_active AND NOT is_removed ORDER BY name, id"
    ):
        known, wanted = sold_at.get(identity(name)), rates.get(vat)
        if known is not None and wanted is not None and steps_up(known, wanted):
            warning = Rejected(Code.TAX_STEP, name=name, vat=vat)
            found.append((row_id, f"{warning.code} {warning.sentence()}"))
    return tuple(found)
