"""Runs a dialogue over a link: requests out, answers in, time measured. Knows no document.

Answers carry no number of their request, so a connection on which one is missing is closed: the
next answer on it would be taken for another question's.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar, cast

from drivers.errors import Unreachable
from drivers.link import LinkLost
from drivers.novitus.frame import Response, Scanner, encode_request
from drivers.novitus.session import Ask, Heard, Pause

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.link import Link
    from drivers.novitus.frame import Request
    from drivers.novitus.session import Dialogue, Step

Result = TypeVar("Result")


class Line:
    """A connection that is opened when it is needed; ``openings`` counts how often it was."""

    def __init__(
        self, link_factory: Callable[[], Link], host: str, sleep: Callable[[float], object]
    ) -> None:
        self._link_factory = link_factory
        self._host = host
        self._sleep = sleep
        self._link: Link | None = None
        self._scanner = Scanner()
        self.openings = 0

    def run(self, dialogue: Dialogue[Result]) -> Result:
        """Do what ``dialogue`` says until it returns; raises what it raises."""
        try:
            step = next(dialogue)
            while True:
                step = dialogue.send(self._do(step))
        except StopIteration as end:
            return cast("Result", end.value)

    def is_same(self, opening: int) -> bool:
        """Whether the connection of that opening still stands, as far as can be seen from here."""
        if self._link:
            self._drop_stale(self._link)
        return self._link is not None and self.openings == opening

    def close(self) -> None:
        """Give the link back."""
        link, self._link = self._link, None
        if link:
            link.close()

    def _do(self, step: Step) -> Heard:
        match step:
            case Pause(seconds):
                self._sleep(seconds)
                return Heard(waited_s=seconds)
            case Ask(request, wait_s):
                return self._ask(request, wait_s)

    def _ask(self, request: Request, wait_s: float) -> Heard:
        began_s = time.monotonic()
        is_sent = False
        try:
            link = self._ready()
            is_sent = True
            link.write(encode_request(request, self._host))
            answer = self._hear(link, began_s + wait_s)
        except LinkLost as lost:
            is_sent = is_sent and lost.may_have_sent
            answer = None
        except Unreachable:
            answer = None
        if answer is None:
            self.close()
        return Heard(answer, time.monotonic() - began_s, is_sent)

    def _ready(self) -> Link:
        """The link, with nothing on it that came before."""
        if self._link:
            self._drop_stale(self._link)
        if not self._link:
            self._link = self._link_factory()
            self.openings += 1
        self._scanner.reset()
        return self._link

    def _drop_stale(self, link: Link) -> None:
        try:
            link.drain()
        except LinkLost:
            # The printer hangs up on a connection that nobody uses, or goes away.
            self.close()

    def _hear(self, link: Link, until_s: float) -> Response | None:
        while (left_s := until_s - time.monotonic()) > 0:
            try:
                found = self._scanner.feed(link.read(left_s))
            except LinkLost:
                ended = self._scanner.hang_up()
                self.close()
                return ended if isinstance(ended, Response) else None
            if found:
                return found[0] if isinstance(found[0], Response) else None
        return None
