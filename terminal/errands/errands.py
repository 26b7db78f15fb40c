"""Takes up what the office asks, has each done once between two receipts, and tells its end.

What is taken up is on disk, with its document, before anything is done. The office names an errand
until it has heard the end of it; what it names no longer, and what was not yet begun, is dropped:
so no clock of ours decides whether it is too old. How each is done is none of this module's
business; a second time after a power cut must do no harm. All of it on the engine's thread.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from terminal.errors import Code, SyncError
from terminal.events import ErrandsCame, ReceiptChanged
from terminal.sale.documents import event_document
from terminal.store import errands, outbox
from terminal.store.db import write
from terminal.store.errands import Held
from terminal.sync.wire import ERRAND, ErrandState

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future
    from typing import Any

    from terminal.context import Context
    from terminal.sync.wire import Errand

    Way = Callable[[Held], Future[Any]]

# The office asks for a handful; more in one answer wait for the next.
_TAKEN_MAX = 20
_UNKNOWN = "unknown"


class Errands:
    """``ways`` says by its kind how an errand is done, as a Future that tells the end.

    ``is_free`` says whether one may begin now; ``told`` that there are documents for the office.
    """

    def __init__(
        self,
        context: Context,
        ways: Mapping[str, Way],
        *,
        is_free: Callable[[], bool],
        told: Callable[[], None],
    ) -> None:
        self._context = context
        self._ways = ways
        self._is_free = is_free
        self._told = told
        self._begun = ""
        context.engine.listen(self._hear)

    def _hear(self, event: object) -> None:
        """The office has spoken, or a receipt has ended; returns at once."""
        match event:
            case ErrandsCame(named):
                self._context.engine.call(self._take, named)
            case ReceiptChanged(receipt) if not receipt.rid:
                self._context.engine.call(self._next)

    # --- on the engine's thread ------------------------------------------------------------------

    def _take(self, named: tuple[Errand, ...]) -> None:
        known = errands.held(self._context.journal)
        ids, wanted = {it.id for it in known}, {it.id for it in named}
        fresh = [Held(it.id, it.kind, it.what) for it in named if it.id not in ids][:_TAKEN_MAX]
        kept = [it for it in known if it.id in wanted or it.id == self._begun or not it.is_open]
        if fresh or kept != known:
            with write(self._context.journal) as db:
                errands.keep(db, [*kept, *fresh])
                for one in fresh:
                    self._document(db, one)
            self._told()
        self._next()

    def _next(self) -> None:
        """Begin the oldest that waits, unless one is being done or a receipt is open."""
        waiting = (it for it in errands.held(self._context.journal) if it.is_open)
        one = None if self._begun or not self._is_free() else next(waiting, None)
        if one is None:
            return
        self._begun = one.id
        way = self._ways.get(one.kind)
        if way is None:
            self._settle(one, ErrandState.REFUSED, _UNKNOWN)
            return
        way(one).add_done_callback(lambda end: self._context.engine.call(self._ended, one, end))

    def _ended(self, one: Held, end: Future[Any]) -> None:
        error = end.exception()
        if isinstance(error, SyncError) and error.code is Code.NO_NETWORK:
            # It is begun again when the office has been heard.
            self._begun = ""
        elif error is not None:
            self._settle(one, ErrandState.REFUSED, str(error))
        else:
            self._settle(one, ErrandState.DONE)

    def _settle(self, one: Held, state: ErrandState, why: str = "") -> None:
        """The end and its document, in one commit; then the next."""
        self._begun = ""
        settled = replace(one, state=state)
        with write(self._context.journal) as db:
            known = errands.held(db)
            errands.keep(db, [settled if it.id == one.id else it for it in known])
            self._document(db, settled, why)
        self._told()
        self._next()

    def _document(self, db: sqlite3.Connection, one: Held, why: str = "") -> None:
        detail = {"errand": one.id, "asked": one.kind, "what": one.what, "state": one.state}
        event = event_document(self._context, "", ERRAND, **detail, why=why)
        outbox.append(db, event, event.at)
