"""Errands to other threads: a Future goes out, its answer comes back on the screen's thread.

Nothing here waits. What changes the sale is an *order*: keys typed ahead stay in line until it is
answered, otherwise ``#`` typed right after a code would edit the line before it. What was refused
for want of a right may be called for again with the right of somebody else.
"""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from terminal.engine import Call
from terminal.errors import TillError
from terminal.people.rights import NoRight, lent

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.people.rights import Approval

T = TypeVar("T")
WAITING_MAX = 64
_LOG = logging.getLogger(__name__)


class Errands:
    """``hop`` runs something on the screen's thread; ``refuse`` and ``broken`` tell the cashier.

    ``approve`` gets a right that is wanting, what to do with an approval, and what without one.
    """

    def __init__(
        self,
        hop: Callable[[Callable[[], None]], None],
        refuse: Callable[[TillError], object],
        broken: Callable[[BaseException], object],
        approve: Callable[[NoRight, Callable[[Approval], None], Callable[[], object]], object],
    ) -> None:
        self._hop = hop
        self._refuse = refuse
        self._broken = broken
        self._approve = approve
        self._orders = 0
        self._line: deque[Callable[[], object]] = deque()

    def in_turn(self, do: Callable[[], object]) -> bool:
        """Do it now, or when the orders under way are answered; false when the line is full."""
        if self._orders or self._line:
            if len(self._line) >= WAITING_MAX:
                return False
            self._line.append(do)
        else:
            do()
        return True

    def forget(self) -> None:
        """Drop the keys in line: they were meant for something that does not come."""
        self._line.clear()

    def ask(
        self,
        future: Future[T],
        then: Callable[[T], object] | None = None,
        refused: Callable[[TillError], object] | None = None,
    ) -> None:
        """Hand the result to ``then``, a refusal to ``refused`` or to the message line.

        A verb that hops threads by itself gives a Future as its result: that one is asked next.
        """
        self._send(future, lambda done: self._answered(done, then, refused or self._refuse))

    def order(
        self,
        future: Future[T],
        then: Callable[[T], object] | None = None,
        refused: Callable[[TillError], object] | None = None,
    ) -> None:
        """As ``ask``, with the keys in line behind it."""
        self._orders += 1

        def answered(done: Future[T]) -> None:
            self._orders -= 1
            self._answered(done, then, refused or self._refuse)
            while self._line and not self._orders:
                self._line.popleft()()

        self._send(future, answered)

    def _send(self, future: Future[T], answered: Callable[[Future[T]], None]) -> None:
        future.add_done_callback(lambda done: self._hop(lambda: answered(done)))

    def _answered(
        self,
        done: Future[Any],
        then: Callable[[T], object] | None,
        refused: Callable[[TillError], object],
    ) -> None:
        if done.cancelled():
            return
        error = done.exception()
        if isinstance(error, NoRight) and isinstance(done, Call):
            self._approve(
                error,
                lambda approval: self.order(done.again(lent(approval)), then, refused),
                lambda: refused(error),
            )
        elif isinstance(error, TillError):
            refused(error)
        elif error is not None:
            _LOG.error("the till broke", exc_info=error)
            self._broken(error)
        elif isinstance(done.result(), Future):
            self.ask(done.result(), then, refused)
        elif then is not None:
            then(done.result())
