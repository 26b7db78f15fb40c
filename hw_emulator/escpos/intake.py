"""What one client has sent and the printer has not carried out yet. No I/O, no meaning.

A receive buffer of ``size_max`` bytes. When it is full, more is refused, and what the line does
about that is its own affair: it holds the client back, or it loses what comes.

    flow       full                                            room again
    hold       refuses: RTS, DSR or the network hold the client
    xonxoff    sends XOFF, and refuses as well: what the        sends XON
               client has under way then is the line's affair
    none       loses what comes
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from hw_emulator.escpos.parser import Op, Parser
from hw_emulator.escpos.realtime import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable

BUFFER_BYTES = 4096
XON, XOFF = b"\x11", b"\x13"
_HIGH_ROOM, _LOW_ROOM = 128, 1024  # room at which XOFF and XON are sent, in bytes at most


class Flow(StrEnum):
    """What a full buffer does."""

    HOLD = "hold"
    XONXOFF = "xonxoff"
    NONE = "none"


@dataclass(slots=True)
class Intake:
    """``send`` is the way back to the client."""

    send: Callable[[bytes], None]
    flow: Flow = Flow.HOLD
    size_max: int = BUFFER_BYTES
    watcher: Watcher = field(default_factory=Watcher)
    lost: int = 0
    _parser: Parser = field(default_factory=Parser)
    _ops: deque[Op] = field(default_factory=deque)
    _size: int = 0
    _is_stopped: bool = False

    @property
    def room(self) -> int:
        """Bytes that still fit."""
        return max(0, self.size_max - self._size)

    def put(self, data: bytes) -> bytes:
        """Take ``data``; give what must wait, which is nothing without flow control."""
        fits, rest = data[: self.room], data[self.room :]
        for op in self._parser.feed(fits):
            # What is obeyed as it comes is found by the watcher; in its turn it is nothing.
            if not op.name.startswith("DLE"):
                self._ops.append(op)
                self._size += size_of(op)
        if rest and self.flow is Flow.NONE:
            self.lost += len(rest)
            rest = b""
        self._tell_room()
        return rest

    def peek(self) -> Op | None:
        """The next whole operation."""
        return self._ops[0] if self._ops else None

    def drop(self) -> None:
        """It has been carried out."""
        self._size -= size_of(self._ops.popleft())
        self._tell_room()

    def clear(self) -> None:
        """Forget everything that was not carried out."""
        self._ops.clear()
        self._size = 0
        self._parser.clear()
        self._tell_room()

    def _tell_room(self) -> None:
        if self.flow is not Flow.XONXOFF:
            return
        if not self._is_stopped and self.room < min(_HIGH_ROOM, self.size_max // 8 + 1):
            self._is_stopped = True
            self.send(XOFF)
        elif self._is_stopped and self.room >= min(_LOW_ROOM, self.size_max // 2):
            self._is_stopped = False
            self.send(XON)


def size_of(op: Op) -> int:
    """How many bytes ``op`` was on the line."""
    if op.name == "control":
        return 1
    return len(op.data) + (0 if op.name == "text" else 2)
