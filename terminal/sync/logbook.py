"""Has an exchange with the office done, and sees that what came of it is kept and told. No HTTP."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from terminal.errors import Blocked, SyncError
from terminal.events import Exchanged
from terminal.store import exchanges
from terminal.store.db import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from terminal.context import Context
    from terminal.events import Pulled
    from terminal.store.exchanges import Exchange

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Logbook:
    """Called on ``net``, which does not wait: the engine writes when it comes to it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def pull(self, exchange: Exchange, fetch: Callable[[], list[Pulled]]) -> list[Pulled]:
        """Fetch, and count the rows; raises what ``fetch`` raises."""
        return self._note(exchange, fetch, _with_rows)

    def push(self, exchange: Exchange, send: Callable[[], int]) -> int:
        """Send, and count the documents; raises what ``send`` raises."""
        return self._note(exchange, send, lambda done, sent: replace(done, sent=sent))

    def _note(
        self, exchange: Exchange, do: Callable[[], T], count: Callable[[Exchange, T], Exchange]
    ) -> T:
        try:
            result = do()
        except SyncError as error:
            failed = replace(exchange, error=f"{error.code} {error.sentence()}")
            self._context.engine.call(self._keep, failed)
            raise
        self._context.engine.call(self._keep, count(exchange, result))
        return result

    def _keep(self, exchange: Exchange) -> None:
        """Remember it, on the engine; a disk that is full must not hide how it ended."""
        try:
            with write(self._context.journal) as db:
                exchanges.keep(db, exchange)
        except Blocked as error:
            _log.warning("not kept: %s: %s", exchange, error)
        self._context.tell(Exchanged(exchange))


def _with_rows(exchange: Exchange, pulled: Iterable[Pulled]) -> Exchange:
    for one in pulled:
        exchange = replace(
            exchange,
            added=exchange.added + one.added,
            changed=exchange.changed + one.changed,
            removed=exchange.removed + one.removed,
            refused=exchange.refused + len(one.refused),
        )
    return exchange
