"""Which day closes still want their slip; runs on the engine's thread. Queues nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from terminal.paper.documents import closing_slip
from terminal.store import closings, outbox, settings
from terminal.store.db import write
from terminal.sync.wire import ReportDoc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drivers.paper import Slip
    from terminal.context import Context
    from terminal.sync.wire import Shop

_CURSOR = "slips.closing"


class ClosingSlips:
    """Remembers the last day close whose slip was queued."""

    def __init__(self, context: Context, read_shop: Callable[[], Shop | None]) -> None:
        self._context = context
        self._read_shop = read_shop

    def due(self) -> Iterator[tuple[str, Slip]]:
        """The last day close and its slip, until it was ``queued``; mostly nothing.

        A receipt printer that is new here does not begin with the day before.
        """
        db = self._context.journal
        done = closings.last_done(db)
        cursor = settings.get(db, _CURSOR)
        if not cursor:
            self.queued()
        elif done and str(done[0]) != cursor:
            _number, rid, notes = done
            report = msgspec.json.decode(outbox.body_of(db, rid), type=ReportDoc)
            head = outbox.hash_of(db, rid)
            yield rid, closing_slip(report, self._read_shop(), outbox.unsent(db), head, notes)

    def queued(self) -> None:
        """It is in the queue; to say so late does no harm, for the queue takes it once."""
        done = closings.last_done(self._context.journal)
        with write(self._context.journal) as db:
            settings.put(db, _CURSOR, str(done[0] if done else 0))
