"""Which ids the records of a page may refer to: asked for one by one, never read as a whole."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from terminal.store.catalogue import Catalogue
from terminal.store.tables import TABLES
from terminal.sync.datasets import INACTIVE_BP

if TYPE_CHECKING:
    import sqlite3


class Living(Container[str]):
    """Ids of one data set that the office has not removed, as the catalogue is when asked."""

    def __init__(self, db: sqlite3.Connection, name: str) -> None:
        # The table's name is ours.
        self._question = f"SELECT 1 FROM {TABLES[name].table} WHERE id = ? AND NOT is_removed"  # noqa: S608
        self._execute = db.cursor().execute

    def __contains__(self, row_id: object) -> bool:
        """Whether a record may refer to it."""
        return self._execute(self._question, (row_id,)).fetchone() is not None


def known(db: sqlite3.Connection, name: str) -> Container[str]:
    """Ids of the data set ``name`` that a record may refer to; letters, if they may be sold at."""
    if name == "vat_rates":
        rates = Catalogue(db).rates()
        return frozenset(letter for letter, rate_bp in rates.items() if rate_bp != INACTIVE_BP)
    return Living(db, name)
