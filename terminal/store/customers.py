"""Finds customers by a piece of their name or the beginning of their NIP, page by page. Reads only.

There are few enough of them for their names to be folded while they are looked through. Whom this
till has written down itself is there as well, until the office's own row comes or goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store.folding import fold
from terminal.store.tables import TABLES, as_json
from terminal.sync.wire import Customer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_TABLE = TABLES["customers"]
_IN_USE = "is_active AND NOT is_removed AND (name, id) > (?, ?)"
_ORDER = "ORDER BY name, id"


def customers(
    db: sqlite3.Connection,
    text: str = "",
    after: Customer | None = None,
    limit: int = 50,
    own: Sequence[Customer] = (),
) -> list[Customer]:
    """Active customers in the order of their names, those after ``after``.

    Digits, with or without hyphens, are the beginning of a NIP; anything else is looked for in
    names, each word of it. ``own`` are those of this till.
    """
    digits = text.replace("-", "").replace(" ", "")
    words = [] if digits.isdigit() else [word for word in map(fold, text.split()) if word]
    nip = digits if digits.isdigit() else ""
    last = (after.name, after.id) if after else ("", "")

    def fits(one: Customer) -> bool:
        letters = fold(one.name)
        return one.nip.startswith(nip) and all(word in letters for word in words)

    found = [one for one in _unknown(db, own) if (one.name, one.id) > last and fits(one)]
    count = 0
    for row in db.execute(f"{_TABLE.select} WHERE {_IN_USE} {_ORDER}", last):
        if count == limit:
            break
        one = _TABLE.from_columns(Customer, row)
        if fits(one):
            found.append(one)
            count += 1
    found.sort(key=lambda one: (one.name, one.id))
    return found[:limit]


def customer(
    db: sqlite3.Connection, customer_id: str, own: Sequence[Customer] = ()
) -> Customer | None:
    """The customer with this id, if they are still one."""
    found = db.execute(
        f"{_TABLE.select} WHERE id = ? AND is_active AND NOT is_removed", (customer_id,)
    ).fetchone()
    if found:
        return _TABLE.from_columns(Customer, found)
    return next((one for one in _unknown(db, own) if one.id == customer_id), None)


def _unknown(db: sqlite3.Connection, own: Sequence[Customer]) -> list[Customer]:
    """Those of this till that the office has not made a row of; a removed row is one, too."""
    ids = as_json([one.id for one in own])
    sql = "SELECT id FROM customer WHERE id IN (SELECT value FROM json_each(?))"
    known = {row[0] for row in db.execute(sql, (ids,))} if own else set()
    return [one for one in own if one.id not in known]
