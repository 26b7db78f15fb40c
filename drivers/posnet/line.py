"""Runs a dialogue over a link: bytes out, frames in, time measured. Knows no command.

What an error means hangs on one fact kept here: whether a byte of the operation may have left.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, TypeVar, cast

from drivers.errors import InDoubt, Unreachable
from drivers.link import LinkLost
from drivers.posnet.frame import Scanner
from drivers.posnet.steps import Heard, Send, Wait

if TYPE_CHECKING:
    from drivers.link import Link
    from drivers.posnet.frame import Frame, Malformed
    from drivers.posnet.steps import Dialogue, Step

Result = TypeVar("Result")


class Line:
    """An open link with its scanner.

    Raises what the dialogue raises, and for a broken link ``Unreachable`` when nothing of the
    operation can have left, else ``InDoubt``.
    """

    def __init__(self, link: Link) -> None:
        self._link = link
        self._scanner = Scanner()
        self._inbox: deque[Frame | Malformed] = deque()
        self._has_sent = False

    def begin(self) -> None:
        """Start a new operation: nothing of it has left, and nothing that came before concerns it.

        Raises ``LinkLost`` when the device hung up while nobody spoke.
        """
        self._has_sent = False
        self._inbox.clear()
        self._link.drain()
        self._scanner.reset()

    def run(self, dialogue: Dialogue[Result]) -> Result:
        """Do what ``dialogue`` says until it returns."""
        try:
            step = next(dialogue)
            while True:
                step = dialogue.send(self._do(step))
        except StopIteration as end:
            return cast("Result", end.value)
        except LinkLost as lost:
            if self._has_sent or lost.may_have_sent:
                msg = f"the line broke: {lost}"
                raise InDoubt(msg) from lost
            raise Unreachable(str(lost)) from lost

    def close(self) -> None:
        """Give the link back."""
        self._link.close()

    def _do(self, step: Step) -> Heard:
        match step:
            case Send(data):
                self._link.write(data)
                self._has_sent = True
                return Heard()
            case Wait(seconds):
                return self._hear(seconds)

    def _hear(self, seconds: float) -> Heard:
        began_s = time.monotonic()
        waited_s = 0.0
        while not self._inbox and waited_s < seconds:
            self._inbox.extend(self._scanner.feed(self._link.read(seconds - waited_s)))
            waited_s = time.monotonic() - began_s
        return Heard(self._inbox.popleft() if self._inbox else None, waited_s)
