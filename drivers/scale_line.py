"""A scale on a line, in any dialect: asks, waits, asks again until the weight can be sold.

What the device said before it was asked is never taken for an answer: after a silence the line is
first listened to until it is quiet. A scale that talks without being asked is told as such.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from drivers.errors import InDoubt, NotDone, NotReady, Unreachable
from drivers.link import LinkLost
from drivers.scale import Weight

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.link import Link
    from drivers.scale import Dialect, Scale, Step

ANSWER_S = 1.0
PAUSE_S = 0.1
QUIET_S = 0.3
_NOISE_MAX_S = 2.0
_HEARD_MAX = 512
_READY_TRIES = 5


class LineScale:
    """A scale behind ``link_factory``; implements ``drivers.scale.Scale`` for one thread."""

    def __init__(
        self,
        dialect: Dialect,
        link_factory: Callable[[], Link],
        *,
        answer_s: float = ANSWER_S,
        pause_s: float = PAUSE_S,
        quiet_s: float = QUIET_S,
    ) -> None:
        self._dialect = dialect
        self._link_factory = link_factory
        self._answer_s = answer_s
        self._pause_s = pause_s
        self._quiet_s = quiet_s
        self._link: Link | None = None
        self._is_suspect = False

    def read(self) -> Weight:
        """What the scale shows now; raises ``Unreachable``, and ``NotReady`` while it is busy."""
        heard = self._run(self._dialect.weigh)
        if not isinstance(heard, Weight):
            raise NotReady("busy")  # noqa: EM101 - the reason is the word
        return heard

    def weigh(self, patience_s: float) -> int:
        """A stable weight above zero that two answers in a row agree on."""
        until_s = time.monotonic() + patience_s
        before: int | None = None
        while True:
            weight = self.read()
            obstacle = weight.obstacle
            if before is not None and obstacle == "unchanged":
                return before
            if not obstacle and weight.milli == before and before is not None:
                return before
            before = None if obstacle else weight.milli
            if time.monotonic() >= until_s:
                raise NotReady(obstacle or "unstable")
            time.sleep(self._pause_s)

    def zero(self) -> None:
        """Make the empty pan the zero."""
        self._command("zero", self._dialect.zero)

    def tare(self) -> None:
        """Take what is on the pan off everything that follows."""
        self._command("tare", self._dialect.tare)

    def close(self) -> None:
        """Give the line back."""
        link, self._link = self._link, None
        if link:
            link.close()

    def _command(self, name: str, steps: tuple[Step, ...]) -> None:
        if not steps:
            msg = f"a scale of protocol {self._dialect.name} has no command for {name}"
            raise NotDone(msg)
        self._open()
        try:
            is_done = self._run(steps)
        except Unreachable as error:
            raise InDoubt(str(error)) from error
        if not is_done:
            raise NotReady("unstable")  # noqa: EM101 - the reason is the word

    def _run(self, steps: tuple[Step, ...]) -> Weight | bool:
        """Go through ``steps``; a scale that is not ready is asked again from the first."""
        for _ in range(_READY_TRIES):
            heard: Weight | bool = False
            for step in steps:
                heard = self._ask(step)
                if heard is False:
                    break
            else:
                return heard
            if len(steps) == 1:
                return heard
            time.sleep(self._pause_s)
        return False

    def _ask(self, step: Step) -> Weight | bool:
        link = self._open()
        try:
            link.drain()
            link.write(step.send)
            heard, answer = self._listen(link, step)
        except LinkLost as lost:
            self._give_up()
            raise Unreachable(str(lost)) from lost
        if answer is None:
            self._give_up()
            msg = f"no answer to {step.send!r}"
            if heard:
                msg = f"{heard[:32]!r} is no answer to {step.send!r}: protocol, speed, parity?"
            raise Unreachable(msg)
        return answer

    def _listen(self, link: Link, step: Step) -> tuple[bytes, Weight | bool | None]:
        heard = b""
        until_s = time.monotonic() + self._answer_s
        while (left_s := until_s - time.monotonic()) > 0:
            heard = (heard + link.read(left_s))[-_HEARD_MAX:]
            answer = step.hear(heard)
            if answer is not None:
                return heard, answer
        return heard, None

    def _give_up(self) -> None:
        self._is_suspect = True
        self.close()

    def _open(self) -> Link:
        """An open line on which nothing is on its way any more."""
        if self._link is None:
            self._link = self._link_factory()
        if self._is_suspect:
            try:
                self._hush(self._link)
            except LinkLost as lost:
                self.close()
                raise Unreachable(str(lost)) from lost
            self._is_suspect = False
        return self._link

    def _hush(self, link: Link) -> None:
        until_s = time.monotonic() + _NOISE_MAX_S
        while link.read(self._quiet_s):
            if time.monotonic() > until_s:
                self.close()
                msg = "the scale talks without being asked: set it to answer on request"
                raise Unreachable(msg)


if TYPE_CHECKING:

    def _conforms(scale: LineScale) -> Scale:
        return scale
