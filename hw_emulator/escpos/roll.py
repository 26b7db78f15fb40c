"""The roll of a receipt printer: told in words at once, shown to whoever draws its paper."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from hw_emulator.escpos.on_paper import shown
from hw_emulator.escpos.rows import Mark, Row
from hw_emulator.escpos.words import lines

if TYPE_CHECKING:
    from hw_emulator.escpos.rows import OnRoll
    from hw_emulator.paper import Paper

ROWS_MAX = 4000


class Roll:
    """A cut ends a printout of ``paper``; the last ``ROWS_MAX`` rows are kept as they came."""

    def __init__(self, paper: Paper, columns: int) -> None:
        self.paper = paper
        self.columns = columns
        self.dots = 0  # fed since the start
        self._rows: deque[OnRoll] = deque(maxlen=ROWS_MAX)
        self._lock = threading.Lock()

    def add(self, row: OnRoll) -> None:
        """Put ``row`` on the paper."""
        with self._lock:
            self._rows.append(row)
            if isinstance(row, Row):
                self.dots += row.height
        self.paper.write(lines(row, self.columns), shown(row))
        if isinstance(row, Mark) and row.name == "cut":
            self.paper.end_document()

    @property
    def rows(self) -> tuple[OnRoll, ...]:
        """What is on the roll, oldest first."""
        with self._lock:
            return tuple(self._rows)
