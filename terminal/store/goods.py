"""What each printer has sold: names as it compares them, and the rate of the last sale of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.json import encode

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping


def known(db: sqlite3.Connection, printer_no: str, names: Collection[str]) -> dict[str, int]:
    """Rates of those of ``names`` that this printer has sold before."""
    found = db.execute(
        "SELECT name, rate_bp FROM goods WHERE printer_no = ?"
        " AND name IN (SELECT value FROM json_each(?))",
        (printer_no, encode([*names]).decode()),
    )
    return dict(found.fetchall())


def everything(db: sqlite3.Connection, printer_no: str) -> dict[str, int]:
    """Rates of all names that this printer has sold."""
    found = db.execute("SELECT name, rate_bp FROM goods WHERE printer_no = ?", (printer_no,))
    return dict(found.fetchall())


def remember(db: sqlite3.Connection, printer_no: str, rates: Mapping[str, int]) -> None:
    """The printer has sold these names at these rates; call inside ``write``."""
    before = known(db, printer_no, rates.keys())
    db.executemany(
        "INSERT INTO goods (printer_no, name, rate_bp) VALUES (?, ?, ?)"
        " ON CONFLICT (printer_no, name) DO UPDATE SET rate_bp = excluded.rate_bp",
        [(printer_no, name, rate) for name, rate in rates.items() if before.get(name) != rate],
    )
