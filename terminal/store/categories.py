"""Which category a product is in; one that was removed from the catalogue has its own still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store.tables import as_json

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


def category_names(db: sqlite3.Connection, products: Sequence[str]) -> dict[str, str]:
    """Name of the category of each of ``products`` that is in one."""
    found = db.execute(
        "SELECT p.id, c.name FROM product p JOIN category c ON c.id = p.category"
        " WHERE p.id IN (SELECT value FROM json_each(?))",
        (as_json(products),),
    )
    return dict(found.fetchall())
