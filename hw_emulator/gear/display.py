"""A customer display of two lines by twenty, for CD5220 or EPSON commands. No serial lines.

What it was sent and cannot be a command or a character is counted, for a display in a shop would
show rubbish there. Written from the displays' manuals, not from the driver.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS, ROWS = 20, 2
PROTOCOLS = ("cd5220", "epson")
BLANK = (" " * COLUMNS,) * ROWS
_ESC, _US, _CR, _LF, _CLR, _HOME, _CAN = 0x1B, 0x1F, 0x0D, 0x0A, 0x0C, 0x0B, 0x18
_SPACE, _DEL = 0x20, 0x7F
_STRING_MAX = 40
# Bytes that follow the two of a command, by protocol; "Q" takes a string up to CR.
_ESC_ARGUMENTS = {"@": 0, "t": 1, "R": 1, "=": 1, "l": 2, "_": 1, "f": 1, "c": 1, "*": 1}
_US_ARGUMENTS = {"$": 2, "B": 0, "C": 1, "X": 1, "E": 1, "\n": 0, "\r": 0, "\x01": 0, "@": 0}


@dataclass(slots=True)
class CustomerDisplay:
    """One display; ``code_page`` is its setting, ``tables`` says which page ``ESC t`` selects."""

    protocol: str = "cd5220"
    code_page: str = "cp852"
    tables: dict[int, str] = field(default_factory=dict)
    rubbish: int = 0
    shown: int = 0
    _cells: list[list[str]] = field(default_factory=lambda: [[" "] * COLUMNS for _ in range(ROWS)])
    _column: int = 0
    _row: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        if self.protocol not in PROTOCOLS:
            msg = f"{self.protocol!r} is none of the protocols {', '.join(PROTOCOLS)}"
            raise ValueError(msg)

    def start(self) -> None:
        """Nothing to start: whoever brings bytes sees them shown."""

    def stop(self) -> None:
        """Nothing to stop."""

    @property
    def lines(self) -> tuple[str, str]:
        """What stands on it now."""
        with self._lock:
            upper, lower = ("".join(row) for row in self._cells)
            return upper, lower

    def connect(self, _send: Callable[[bytes], None], _interface: int) -> Callable[[bytes], None]:
        """Take a client; a display never answers."""
        pending = bytearray()

        def feed(data: bytes) -> None:
            with self._lock:
                for byte in data:
                    pending.append(byte)
                    if self._take(bytes(pending)):
                        pending.clear()
                self.shown += 1

        return feed

    def _take(self, command: bytes) -> bool:
        """Carry out ``command`` when it is whole; false when more of it must come."""
        first = command[0]
        if first == _ESC:
            return self._escape(command)
        if first == _US and self.protocol == "epson":
            return self._unit(command)
        if first >= _SPACE and first != _DEL:
            self._put(command)
        else:
            self._control(first)
        return True

    def _escape(self, command: bytes) -> bool:
        if len(command) == 1:
            return False
        name = chr(command[1])
        if name == "Q" and self.protocol == "cd5220":
            return self._string(command)
        if name not in _ESC_ARGUMENTS:
            self.rubbish += 1
            return True
        if len(command) < 2 + _ESC_ARGUMENTS[name]:
            return False
        if name == "@":
            self._clear()
        elif name == "t":
            self.code_page = self.tables.get(command[2], self.code_page)
        elif name == "l":
            self._move(command[2], command[3])
        return True

    def _string(self, command: bytes) -> bool:
        """``ESC Q A text CR`` writes the upper line, ``B`` the lower one."""
        if command[-1] != _CR or len(command) < 4:  # noqa: PLR2004
            if len(command) > _STRING_MAX:
                self.rubbish += 1
                return True
            return False
        row = {ord("A"): 0, ord("B"): 1}.get(command[2])
        text = self._read(command[3:-1])
        if row is None or len(text) > COLUMNS or not text.isprintable():
            self.rubbish += 1
        else:
            self._cells[row] = list(text.ljust(COLUMNS))
        return True

    def _unit(self, command: bytes) -> bool:
        if len(command) == 1:
            return False
        name = chr(command[1])
        if name not in _US_ARGUMENTS:
            self.rubbish += 1
            return True
        if len(command) < 2 + _US_ARGUMENTS[name]:
            return False
        if name == "$":
            self._move(command[2], command[3])
        elif name == "B":
            self._move(1, ROWS)
        return True

    def _control(self, byte: int) -> None:
        if byte == _CLR:
            self._clear()
        elif byte == _HOME:
            self._move(1, 1)
        elif byte == _CR:
            self._column = 0
        elif byte == _LF:
            self._row = (self._row + 1) % ROWS
        elif byte == _CAN:
            self._cells[self._row] = [" "] * COLUMNS
            self._column = 0
        else:
            self.rubbish += 1

    def _put(self, data: bytes) -> None:
        """Overwrite mode: at the end of a line the cursor goes on to the next one."""
        self._cells[self._row][self._column] = self._read(data)
        self._column += 1
        if self._column == COLUMNS:
            self._column = 0
            self._row = (self._row + 1) % ROWS

    def _read(self, data: bytes) -> str:
        return data.decode(self.code_page, errors="replace")

    def _move(self, column: int, row: int) -> None:
        if 1 <= column <= COLUMNS and 1 <= row <= ROWS:
            self._column, self._row = column - 1, row - 1
        else:
            self.rubbish += 1

    def _clear(self) -> None:
        self._cells = [[" "] * COLUMNS for _ in range(ROWS)]
        self._column = self._row = 0
