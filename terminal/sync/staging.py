"""Keeps what a pull brought out of sight while a receipt is open. Knows no data set.

All of a pull is one transaction of the catalogue. It ends at once when no receipt is open, else
with that receipt, which is sold at the prices it began with. When the till goes off before, it is
simply pulled again.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from terminal.errors import Code, SyncError
from terminal.events import DataHealed, Pulled
from terminal.store.db import flush

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from terminal.engine import Engine

    Tell = Callable[[object], None]


class Staging:
    """``db`` is the writing catalogue connection of the ``net`` thread, where all of this runs.

    Only ``receipt_changed`` is called on ``engine``, and there the transaction ends: no receipt can
    begin meanwhile.
    """

    def __init__(self, db: sqlite3.Connection, engine: Engine, tell: Tell) -> None:
        self._db = db
        self._engine = engine
        self._tell = tell
        self._held: list[Pulled | DataHealed] = []
        self._is_selling = False

    def run(self, work: Callable[[Tell], list[Pulled]]) -> list[Pulled]:
        """Do ``work``, a pull; its results are marked when they wait for the end of a receipt.

        What it tells is told when it is in force. Raises ``SyncError`` E-60 when the disk is full.
        """
        with _on_disk():
            if not self._db.in_transaction:
                self._db.execute("BEGIN IMMEDIATE")
        try:
            results = work(self._hear)
        finally:
            # What came before a line broke is whole pages, and they need not come again.
            self.settle()
        if not self._held:
            return results
        marked = [replace(one, is_staged=_is_news(one)) for one in results]
        for one in marked:
            self._tell(one)
        return marked

    def receipt_changed(self, *, is_open: bool) -> bool:
        """Remember whether a receipt is open; gives whether something waited for its end."""
        self._is_selling = is_open
        return not is_open and bool(self._held)

    def settle(self) -> None:
        """Bring what waits into force unless a receipt is open."""
        if not self._db.in_transaction:
            # A full disk may have ended it: nothing of it is here.
            self.drop()
            return
        try:
            with _on_disk():
                is_ended = self._is_ended()
        except SyncError:
            self.drop()
            raise
        if is_ended:
            held, self._held = self._held, []
            for event in held:
                self._tell(event)

    def drop(self) -> None:
        """Forget what waits; the next pull brings it again."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._held.clear()

    def _hear(self, event: object) -> None:
        if isinstance(event, Pulled | DataHealed):
            self._held.append(event)
        else:
            self._tell(event)

    def _is_ended(self) -> bool:
        if any(map(_is_news, self._held)):
            # The engine must not wait for the disk longer than for a receipt of its own.
            flush(self._db)
            return self._engine.call(self._end_unless_selling).result()
        self._db.execute("COMMIT")
        return True

    def _end_unless_selling(self) -> bool:
        if not self._is_selling:
            self._db.execute("COMMIT")
        return not self._is_selling


def _is_news(event: Pulled | DataHealed) -> bool:
    return isinstance(event, Pulled) and bool(event.added or event.changed or event.removed)


@contextmanager
def _on_disk() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise SyncError(Code.STORAGE, detail=error) from error
