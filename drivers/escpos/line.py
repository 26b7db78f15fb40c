"""A conversation with a receipt printer: questions, answers in their order, reports between them.

Decides nothing about slips. Raises ``LinkLost``.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from drivers.escpos import status
from drivers.escpos.status import Ear, What

if TYPE_CHECKING:
    from drivers.link import Link
    from drivers.paper import PaperStatus

_LISTEN_S = 0.25
_SETTLE_MAX = 64 * 1024
_SENSE_MAX = 3


class Line:
    """``link`` and what came over it; ``answer_s`` is how long a printer may take to answer."""

    def __init__(self, link: Link, *, answer_s: float, open_is_low: bool) -> None:
        self._link = link
        self._answer_s = answer_s
        self._open_is_low = open_is_low
        self._ear = Ear()
        self._answers: deque[int] = deque()
        self._asked = 0
        self._is_out_of_step = False
        self._is_printed = False
        self._report: bytes | None = None

    def write(self, data: bytes) -> None:
        """Send ``data``."""
        self._link.write(data)

    def settle(self, *, is_out_of_step: bool = False) -> None:
        """Take in what arrived unasked: a late answer must not pass for the next one.

        After a missing answer there is a silence to wait for, since it may still come.
        """
        quiet_s = self._answer_s if self._is_out_of_step or is_out_of_step else 0.0
        taken = 0
        while taken < _SETTLE_MAX and (data := self._link.read(quiet_s)):
            taken += len(data)
            self._hear(data)
        self._ear.forget()
        self._answers.clear()
        self._asked = 0
        self._is_out_of_step = False

    def ask(self, number: int, wait_s: float | None = None) -> int | None:
        """Ask for status ``number``; None when nothing is answered in time."""
        while self._asked and self.answer(wait_s) is not None:
            pass
        self.post(number)
        return self.answer(wait_s)

    def post(self, number: int) -> None:
        """Ask for status ``number`` without waiting; ``answer`` gives what is answered, in turn."""
        self._asked += 1
        self._link.write(status.question(number))

    def answer(self, wait_s: float | None = None) -> int | None:
        """The answer to the oldest question; None when it does not come in time."""
        if not self._answers:
            self.await_one(What.ANSWER, self._answer_s if wait_s is None else wait_s)
        if not self._answers:
            self._is_out_of_step = True
            self._asked = 0
            return None
        self._asked -= 1
        return self._answers.popleft()

    def confirm(self) -> None:
        """Ask to be told when everything sent so far has been printed."""
        self._is_printed = False
        self._link.write(status.CONFIRM)

    def is_printed(self, wait_s: float) -> bool:
        """Whether that was told, also while other questions were asked; waits for it."""
        return self._is_printed or self.await_one(What.PRINTED, wait_s) is not None

    def await_one(self, what: What, wait_s: float) -> bytes | None:
        """Wait for the first of ``what``; of all else only the last report is kept."""
        until_s = time.monotonic() + wait_s
        while (left_s := until_s - time.monotonic()) > 0:
            found = self._hear(self._link.read(min(left_s, _LISTEN_S)))
            if what in found:
                return found[what]
        return None

    def sense(self) -> PaperStatus:
        """Ask every sensor; what reports tell counts where questions are not answered."""
        for _ in range(_SENSE_MAX):
            self._report = None
            found = self._ask_all()
            if self._report is None:
                return found
        return self.reported() or found

    def reported(self) -> PaperStatus | None:
        """The last report since ``sense``."""
        if self._report is None:
            return None
        return status.read_report(self._report, open_is_low=self._open_is_low)

    def close(self) -> None:
        """Give the line back."""
        self._link.close()

    def _ask_all(self) -> PaperStatus:
        printer = self.ask(status.PRINTER)
        cause = error = paper = None
        # Where one is not answered the next would cost the same wait again.
        if printer is not None:
            cause = self.ask(status.OFFLINE_CAUSE)
        if cause is not None:
            paper = self.ask(status.PAPER)
        if status.has_error(cause) and paper is not None:
            error = self.ask(status.ERROR_CAUSE)
        return status.read_status(printer, cause, error, paper, open_is_low=self._open_is_low)

    def _hear(self, data: bytes) -> dict[What, bytes]:
        """The first of each kind in ``data``; the last report is kept."""
        found: dict[What, bytes] = {}
        for heard in self._ear.feed(data):
            found.setdefault(heard.what, heard.data)
            # What nobody asked for answers nothing.
            if heard.what is What.ANSWER and len(self._answers) < self._asked:
                self._answers.append(heard.data[0])
            if heard.what is What.REPORT:
                self._report = heard.data
            self._is_printed |= heard.what is What.PRINTED
        return found
