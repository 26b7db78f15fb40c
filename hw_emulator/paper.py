"""Paper: what a printer has printed, printout by printout, as text and as rows for a picture.

The text may also go to a file. What is kept in memory is the end of the roll. No layout.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hw_emulator.rows import Row

PRINTOUTS_MAX, LINES_MAX = 1_000, 20_000
COLUMNS = 40

# A line of text, or a row with its look where the device knows it.
Printed: TypeAlias = "str | Row"


@dataclass(frozen=True, slots=True)
class Printout:
    """One document; ``at`` is when its end was printed, by the clock on the wall."""

    number: int
    at: datetime
    lines: tuple[str, ...]
    printed: tuple[Printed, ...]

    @property
    def text(self) -> str:
        """As text."""
        return "".join(line + "\n" for line in self.lines)

    @property
    def title(self) -> str:
        """Its first line in capitals, else its first line."""
        lines = [line.strip() for line in self.lines if line.strip()]
        return next((line for line in lines if line.isupper()), lines[0] if lines else "")


class Paper:
    """A roll that only grows; may be read from any thread.

    ``columns`` is its width in characters. ``on_end`` is told of each finished printout, by the
    thread that printed it.
    """

    def __init__(self, path: Path | None = None, columns: int = COLUMNS) -> None:
        self.columns = columns
        self.on_end: Callable[[Printout], None] = lambda _printout: None
        self.on_close: Callable[[], None] = lambda: None
        self._lock = threading.Lock()
        self._printouts: deque[Printout] = deque(maxlen=PRINTOUTS_MAX)
        self._lines: list[str] = []
        self._printed: list[Printed] = []
        self._number = 1
        self._file = path.open("a", encoding="utf-8") if path else None

    def write(self, lines: list[str], rows: Sequence[Row] | None = None) -> None:
        """Print ``lines``; the file is up to date when this returns.

        ``rows`` is what a picture shows instead (None: the lines as they are).
        """
        with self._lock:
            self._lines.extend(lines)
            self._printed.extend(lines if rows is None else rows)
            is_endless = len(self._printed) >= LINES_MAX or len(self._lines) >= LINES_MAX
            if self._file:
                self._file.write("".join(line + "\n" for line in lines))
                self._file.flush()
        if is_endless:
            self.end_document()

    def end_document(self) -> None:
        """What follows belongs to another document; harmless when nothing was printed."""
        with self._lock:
            printout = self._open_printout()
            if printout is None:
                return
            self._printouts.append(printout)
            self._number += 1
            self._lines, self._printed = [], []
        self.on_end(printout)

    @property
    def text(self) -> str:
        """Everything that is kept."""
        return "".join(printout.text for printout in self.printouts())

    def printouts(self) -> tuple[Printout, ...]:
        """What is kept, oldest first; the last one may not be finished."""
        with self._lock:
            unfinished = self._open_printout()
            return (*self._printouts, unfinished) if unfinished else tuple(self._printouts)

    def printout(self, number: int = 0) -> Printout:
        """By its number; 0 is the last one, -1 the one before it. Raises ValueError."""
        kept = self.printouts()
        if not kept:
            msg = "nothing was printed yet"
            raise ValueError(msg)
        wanted = kept[-1].number + number if number <= 0 else number
        for printout in kept:
            if printout.number == wanted:
                return printout
        msg = f"no printout {wanted}; kept are {kept[0].number} to {kept[-1].number}"
        raise ValueError(msg)

    def close(self) -> None:
        """Give the file back; the text stays readable. May be repeated."""
        self.end_document()
        self.on_close()
        with self._lock:
            if self._file:
                self._file.close()
                self._file = None

    def _open_printout(self) -> Printout | None:
        if not self._lines and not self._printed:
            return None
        now = datetime.now().astimezone().replace(microsecond=0)
        return Printout(self._number, now, tuple(self._lines), tuple(self._printed))
