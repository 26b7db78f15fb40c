"""A receipt printer that speaks ESC/POS, as the till sees it. Decides nothing about copies.

A printer without paper takes everything, says nothing and prints all of it once the paper is new.
So it is asked before a slip, between its commands, and at its end whether the end was reached:

    sense ─▶ commands ─▶ on line? ─▶ commands ─▶ … ─▶ GS r, answered when all is printed

What was sent in full is waited for while a person changes the paper; a slip that stopped half-way
is in doubt, and before the next one the printer's buffers are cleared. Nothing is sent to a printer
that is silent, unless its configuration says that it has no line back: then sent is printed, as far
as anybody can know.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NoReturn

from drivers.errors import InDoubt, NotReady, Unreachable
from drivers.escpos import status
from drivers.escpos.line import Line
from drivers.escpos.render import kick, pieces
from drivers.escpos.setup import Ask, Fitting
from drivers.escpos.status import What
from drivers.link import LinkLost
from drivers.paper import NO_ANSWER, Halted, Unprintable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from drivers.link import Link
    from drivers.paper import PaperPrinter, PaperStatus, Slip

ANSWER_S = 0.5  # idle
BUSY_S = 10.0  # while it prints what it has
PAPER_S = 300.0  # while a person changes the paper
_POLL_S = 1.0
_CHUNK_MAX = 512  # larger ones overrun the buffers of printers without flow control
_REAL_TIME_PULSE = b"\x10\x14\x01"
_PULSE_UNIT_MS = 100
_PULSE_UNITS_MAX = 8


class EscposPrinter:
    """A printer behind ``link_factory``. Belongs to one thread.

    Implements ``drivers.paper.PaperPrinter``. ``on_wait`` is told what keeps it from printing.
    """

    def __init__(
        self,
        link_factory: Callable[[], Link],
        fitting: Fitting,
        *,
        answer_s: float = ANSWER_S,
        busy_s: float = BUSY_S,
        paper_s: float = PAPER_S,
        on_wait: Callable[[PaperStatus], None] = lambda _: None,
    ) -> None:
        self._link_factory = link_factory
        self._fitting = fitting
        self._answer_s = answer_s
        self._busy_s = busy_s
        self._paper_s = paper_s
        self.on_wait = on_wait
        self._open_line: Line | None = None
        self._owed = 0  # bytes that a half-sent command may still swallow
        self._confirms: bool | None = None  # whether it answers GS r; None until it was asked

    @property
    def answers(self) -> bool:
        """Whether a line comes back from it."""
        return self._fitting.setup.status is not Ask.NONE

    def status(self) -> PaperStatus:
        """Ask the sensors; what does not answer is unknown."""
        return self._sense(self._line())

    def print_slip(self, slip: Slip) -> None:
        """Print ``slip`` and cut; ``Halted`` says how far it came."""
        try:
            commands = pieces(slip, self._fitting)
        except Exception as error:
            # Whatever it was, nothing has been sent, and trying again would end the same way.
            msg = f"{type(error).__name__}: {error}"
            raise Unprintable(msg) from error
        line = self._line()
        before = self._sense(line)
        if reason := before.obstacle or ("silent" if self.answers and before == NO_ANSWER else ""):
            raise NotReady(reason)
        try:
            self._make_ready(line)
        except LinkLost as lost:
            self.close()
            raise Unreachable(str(lost)) from lost
        self._send(line, commands)
        try:
            self._let_report(line)
        except LinkLost:
            self.close()

    def open_drawer(self) -> None:
        """Kick the cash drawer, now: a printer without paper would keep an ordinary command."""
        line = self._line()
        found = self._sense(line)
        pulse = self._fitting.setup
        if found.obstacle:
            pin, units = kick(self._fitting)[2], -(-pulse.drawer_ms // _PULSE_UNIT_MS)
            data = _REAL_TIME_PULSE + bytes((pin, min(units, _PULSE_UNITS_MAX)))
        else:
            data = kick(self._fitting)
        try:
            line.write(data)
        except LinkLost as lost:
            self.close()
            if lost.may_have_sent:
                msg = f"the line broke: {lost}"
                raise InDoubt(msg) from lost
            raise Unreachable(str(lost)) from lost

    def distrust(self) -> None:
        """Half a slip may be inside the printer: clear it away before the next."""
        self._owed = max(self._owed, self._fitting.piece_max)

    def close(self) -> None:
        """Give the line back."""
        line, self._open_line = self._open_line, None
        self._confirms = None
        if line:
            line.close()

    def _line(self) -> Line:
        """Give an open line without stale answers; one that broke unnoticed is opened anew."""
        if self._open_line:
            try:
                self._open_line.settle()
            except LinkLost:
                self.close()
            else:
                return self._open_line
        setup = self._fitting.setup
        line = Line(self._link_factory(), answer_s=self._answer_s, open_is_low=setup.open_is_low)
        self._open_line = line
        try:
            # An answer that the old line did not wait for must not pass for one of this.
            line.settle(is_out_of_step=self.answers and self._owed > 0)
            self._let_report(line)
        except LinkLost as lost:
            self.close()
            raise Unreachable(str(lost)) from lost
        return line

    def _let_report(self, line: Line) -> None:
        """Reports end with every ESC @, so they are asked for again after every slip."""
        if self._fitting.setup.status is Ask.REPORT:
            line.write(status.REPORT_ON)

    def _sense(self, line: Line) -> PaperStatus:
        """Ask when nothing is at stake."""
        if not self.answers:
            return NO_ANSWER
        try:
            return line.sense()
        except LinkLost as lost:
            self.close()
            raise Unreachable(str(lost)) from lost

    def _make_ready(self, line: Line) -> None:
        """Nothing of an earlier slip is left, and it is known whether the end can be confirmed."""
        was_doubtful = self._owed > 0
        if was_doubtful:
            self._clear(line)
        if not self.answers or (self._confirms is not None and not was_doubtful):
            return
        line.confirm()
        if line.is_printed(self._busy_s if was_doubtful else self._answer_s):
            self._confirms = True
            if was_doubtful:
                line.settle(is_out_of_step=True)  # the old slip may have been confirmed just now
        elif self._confirms:
            reason = "busy"
            raise NotReady(reason)
        else:
            self._confirms = False

    def _clear(self, line: Line) -> None:
        """Empty the buffers; a printer that cannot do so is given what it still waits for."""
        line.write(status.RECOVER + status.CLEAR)
        if not (self.answers and line.await_one(What.CLEARED, self._answer_s)):
            # An image half sent swallows these; everywhere else they are nothing.
            for start in range(0, self._owed, _CHUNK_MAX):
                line.write(bytes(min(_CHUNK_MAX, self._owed - start)))
        self._owed = 0

    def _send(self, line: Line, commands: Sequence[bytes]) -> None:
        size, sent, asked = sum(map(len, commands)), 0, 0
        try:
            for batch in batches(commands):
                for start in range(0, len(batch), _CHUNK_MAX):
                    self._owed = len(batch) - start
                    line.write(batch[start : start + _CHUNK_MAX])
                    sent += len(batch[start : start + _CHUNK_MAX])
                if self.answers and sent < size:
                    # The line is kept busy: the last question is answered while this batch leaves.
                    line.post(status.PRINTER)
                    asked += 1
                    if asked > 1:
                        self._check(line, sent, size)
            if asked:
                self._check(line, sent, size)
            if self.answers:
                self._finish(line, size)
        except LinkLost as lost:
            self.close()
            if sent or lost.may_have_sent:
                reason = "line"
                raise Halted(reason, sent, size) from lost
            self._owed = 0
            raise Unreachable(str(lost)) from lost
        self._owed = 0

    def _check(self, line: Line, sent: int, size: int) -> None:
        """Go on only while the printer is on line: what is sent now would be printed later."""
        answer = line.answer(self._busy_s)
        if answer is None:
            self._stop("silent", sent, size)
        report = line.reported()
        if status.is_offline(answer) or (report and report.obstacle):
            found = line.sense()
            if found.is_online is None or found.obstacle:
                self.on_wait(found)
                self._stop(found.obstacle or "silent", sent, size)

    def _finish(self, line: Line, size: int) -> None:
        """Wait until all has been printed, also while the paper is changed."""
        if not self._confirms:
            found = line.sense()
            if found.obstacle:
                self._stop(found.obstacle, size, size)
            if found.is_online is None:
                self._stop("silent", size, size)
            return
        line.confirm()
        now_s = time.monotonic()
        ready_until_s, until_s = now_s + self._busy_s, now_s + self._paper_s
        told = NO_ANSWER
        while not line.is_printed(min(_POLL_S, self._busy_s)):
            found = line.sense()
            now_s = time.monotonic()
            if found.is_online is None:
                self._stop("silent", size, size)
            if found != told:
                self.on_wait(found)
                told = found
            if found.obstacle:
                ready_until_s = now_s + self._busy_s
            if now_s > min(ready_until_s, until_s):
                self._stop(found.obstacle or "silent", size, size)

    def _stop(self, reason: str, sent: int, size: int) -> NoReturn:
        self._owed = max(self._owed, 1)
        raise Halted(reason, sent, size)


def batches(commands: Sequence[bytes]) -> Iterator[bytes]:
    """Whole commands, together no longer than a chunk where they can be.

    Nothing may be asked within a command: a printer takes the question for part of its image.
    """
    batch = b""
    for command in commands:
        if batch and len(batch) + len(command) > _CHUNK_MAX:
            yield batch
            batch = b""
        batch += command
    if batch:
        yield batch


if TYPE_CHECKING:

    def _conforms(printer: EscposPrinter) -> PaperPrinter:
        return printer
