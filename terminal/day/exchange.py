"""The exchange with the office after a daily report: one step after the other, none can fail it.

On the engine's thread, which waits for nothing: the end of each step calls for the next one. What
did not work becomes a note; the till does it later by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from terminal.errors import Code, Rejected, TillError
from terminal.events import ClosingStep, Pulled
from terminal.store import outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from terminal.context import Context


class Exchange:
    """``steps`` are begun in their order; ``synced`` names those that worked the last time."""

    def __init__(
        self, context: Context, steps: tuple[tuple[str, Callable[[], Future[Any]]], ...]
    ) -> None:
        self._context = context
        self._steps = steps
        self.synced: tuple[str, ...] = ()
        self._notes: tuple[str, ...] = ()
        self._refused = 0
        self._rejected = 0

    def run(self, ended: Callable[[tuple[str, ...]], None]) -> None:
        """Begin with the first step; ``ended`` gets what is left to be done, on this thread."""
        self.synced, self._notes, self._refused = (), (), 0
        self._rejected = outbox.unsent(self._context.journal).rejected
        self._follow(0, ended)

    def _follow(self, number: int, ended: Callable[[tuple[str, ...]], None]) -> None:
        if number == len(self._steps):
            ended((*self._notes, *self._counted()))
            return
        name, begin = self._steps[number]
        self._context.tell(ClosingStep(name))
        begin().add_done_callback(
            lambda done: self._context.engine.call(self._ended, number, done, ended)
        )

    def _ended(
        self, number: int, done: Future[Any], ended: Callable[[tuple[str, ...]], None]
    ) -> None:
        error = done.exception()
        if error is None:
            self.synced = (*self.synced, self._steps[number][0])
            self._refused += _refused(done.result())
        else:
            said = error.sentence() if isinstance(error, TillError) else str(error)
            # What stopped several steps is said once.
            self._notes = tuple(dict.fromkeys((*self._notes, said)))
        self._follow(number + 1, ended)

    def _counted(self) -> Iterator[str]:
        """Records that did not pass, here or there: the others went, and a list names these."""
        if self._refused:
            yield Rejected(Code.ROWS_REFUSED, count=self._refused).sentence()
        more = outbox.unsent(self._context.journal).rejected - self._rejected
        if more > 0:
            yield Rejected(Code.DOCUMENTS_REJECTED, count=more).sentence()


def _refused(result: object) -> int:
    pulled = result if isinstance(result, list) else []
    return sum(len(one.refused) for one in pulled if isinstance(one, Pulled))
