"""A till that was built, with its threads: the slow clock that looks after it, and its end."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from terminal.store.db import close_writer, fold

if TYPE_CHECKING:
    import sqlite3
    from concurrent.futures import Future

    from terminal.context import Context
    from terminal.gear.gear import Gear
    from terminal.gear.tapes import Tapes
    from terminal.post import Post
    from terminal.till import Till

_TICK_S = 3.0
_FOLD_TICKS = 20
# A printer that blocks for paper must not hold up switching the till off: nothing would be lost.
_STOP_S = 3.0


@dataclass(slots=True)
class Running:
    """A till with its threads; ``stop`` ends them in the order in which they need each other."""

    till: Till
    context: Context
    post: Post
    gear: Gear
    tapes: Tapes
    catalogue: sqlite3.Connection
    readers: tuple[sqlite3.Connection, ...]
    ticker: Thread

    def stop(self) -> None:
        """End the till; what is in doubt stays in the journal and is settled at the next start."""
        context = self.context
        context.stopping.set()
        self.till.console.stop()
        if self.ticker.is_alive():  # a till may be built and never started
            self.ticker.join()
        self.gear.stop()
        ended = [self.till.updates.stop(_STOP_S)]
        # It touches no database itself: one that waits for its line holds up nobody.
        self.till.finder.stop(_STOP_S)
        self.post.stop()
        threads = (context.devices, context.net, context.lookup)
        ended += [engine.stop(_STOP_S) for engine in threads]
        # These two commit on the engine: they end before that does.
        ended.append(self.till.slips.stop(_STOP_S))
        ended += [self.till.safe.stop(_STOP_S), context.engine.stop(_STOP_S)]
        self.tapes.stop()
        if not all(ended):
            # A thread still works: its files are safe to leave, but not to close under it.
            return
        context.printer.close()
        for reader in self.readers:
            reader.close()
        close_writer(self.catalogue)
        close_writer(context.journal)


def ticker(till: Till, context: Context, catalogue: sqlite3.Connection, tapes: Tapes) -> Thread:
    """The thread that looks after the printer and folds the logs; not started yet."""
    about = (till, context, catalogue, tapes)
    return Thread(target=_tick, args=about, name="ticker", daemon=True)


def _tick(till: Till, context: Context, catalogue: sqlite3.Connection, tapes: Tapes) -> None:
    last: Future[None] | None = None
    ticks = 0
    while not context.stopping.wait(_TICK_S):
        ticks += 1
        tapes.look()
        if last is None or last.done():
            last = till.tick()
        till.slips.tick()
        till.slips.tick()
        till.finder.tick()
        if ticks % _FOLD_TICKS == 0:
            context.engine.call(fold, context.journal)
            context.net.call(fold, catalogue)
