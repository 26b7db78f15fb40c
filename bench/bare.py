"""The limit of storing a receipt: bare sqlite3 that puts ready rows into the till's tables.

Each row is written once, the receipt's again when it is sold. No JSON, hash, clock or rule.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from terminal.context import new_rid
from terminal.store.db import checkpoint, close_writer, open_writer

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

Statement = tuple[str, tuple[Any, ...]]
_TABLES = ("receipt", "receipt_line", "payment", "attempt", "document", "setting", "sold")
_SEAL = (
    "UPDATE receipt SET state = 'FISCAL', total_gr = ?, closed_at = ?, receipt_no = ?,"
    " report_no = ?, printer_no = ?, totals_gr = ?, seq = ? WHERE rid = ?"
)


class Bare:
    """``learn`` first which rows a receipt has."""

    def __init__(self, path: Path) -> None:
        self._db = open_writer(path, "journal")
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        self._no = 0

    def learn(self, db: sqlite3.Connection) -> None:
        """Take the rows of the one receipt in a journal."""
        for table in _TABLES:
            self._rows[table] = db.execute(f"SELECT * FROM {table}").fetchall()

    def measure(self, batch: int) -> float:
        """Seconds a receipt, its rows being ready."""
        ready = [self._transactions(self._no + one) for one in range(1, batch + 1)]
        self._no += batch
        execute = self._db.execute
        began_s = time.perf_counter()
        for receipt in ready:
            for transaction in receipt:
                execute("BEGIN IMMEDIATE")
                for sql, values in transaction:
                    execute(sql, values)
                execute("COMMIT")
        taken_s = (time.perf_counter() - began_s) / batch
        checkpoint(self._db)
        return taken_s

    def close(self) -> None:
        """Close the file."""
        close_writer(self._db)

    def _transactions(self, no: int) -> list[list[Statement]]:
        rid, rows = new_rid(), self._rows
        _, _, *head, total_gr = rows["receipt"][0][:8]
        ended = rows["receipt"][0][8:13]
        epoch, _, _, *document = rows["document"][0]
        lines = [[_insert("receipt_line", (rid, *line[1:]))] for line in rows["receipt_line"]]
        lines[0].insert(0, _insert("receipt", (rid, "OPEN", *head, 0, *[None] * 6)))
        settings = [_insert("setting", row) for row in rows["setting"]]
        return [
            *lines,
            [_insert("payment", (rid, *rows["payment"][0][1:]))],
            [settings[0], _insert("attempt", (rid, *rows["attempt"][0][1:]))],
            [
                _insert("document", (epoch, no, rid, *document)),
                (_SEAL, (total_gr, *ended, no, rid)),
                *(_insert("sold", row) for row in rows["sold"]),
                *settings[1:],
            ],
        ]


def _insert(table: str, values: tuple[Any, ...]) -> Statement:
    verb = "REPLACE" if table in {"setting", "sold"} else "INSERT"
    return f"{verb} INTO {table} VALUES ({', '.join('?' * len(values))})", values
