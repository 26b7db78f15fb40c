"""Finds customers by a piece of their name or the beginning of their NIP, page by page. Reads only.

There are few enough of them for their names to be folded while they are looked through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store.folding import fold
from terminal.store.tables import TABLES
from terminal.sync.wire import Customer

if TYPE_CHECKING:
    import sqlite3

_TABLE = TABLES["customers"]
_IN_USE = "is_active AND NOT is_removed AND (name, id) > (?, ?)"
_ORDER = "ORDER BY name, id"


def customers(
    db: sqlite3.Connection, text: str = "", after: Customer | None = None, limit: int = 50
) -> list[Customer]:
    """Active customers in the order of their names, those after ``after``.

    Digits, with or without hyphens, are the beginning of a NIP; anything else is looked for in
    names, each word of it.
    """
    digits = text.replace("-", "").replace(" ", "")
    words = [] if digits.isdigit() else [word for word in map(fold, text.split()) if word]
    nip = digits if digits.isdigit() else ""
    last = (after.name, after.id) if after else ("", "")
    found: list[Customer] = []
    for row in db.execute(f"{_TABLE.select} WHERE {_IN_USE} {_ORDER}", last):
        one = _TABLE.from_columns(Customer, row)
        letters = fold(one.name)
        if one.nip.startswith(nip) and all(word in letters for word in words):
            found.append(one)
            if len(found) == limit:
                break
    return found
