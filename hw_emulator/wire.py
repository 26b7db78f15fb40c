"""One client's wire to a device, with everything that can go wrong on it. No protocol.

line ── feed ──▶ cut into commands ──▶ faults ──▶ device ──▶ answer ──▶ faults ──▶ send
"""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from hw_emulator.fault_kinds import Kind
from hw_emulator.lines import Peer
from hw_emulator.spoil import spoil_answer, spoil_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.faults import Fault, Faults
    from hw_emulator.later import Later
    from hw_emulator.lines import Send

Struck: TypeAlias = "dict[Kind, Fault]"

DEAD_S = 2.0
HELD_MAX, SWAPPED_MAX = 64 * 1024, 16


class Cutter(Protocol):
    """How a protocol's stream of bytes falls into commands."""

    def cut(self, data: bytes) -> list[bytes]:
        """Every command that ``data`` completes, whole; what is between them is noise."""


@dataclass(slots=True)
class Wire:
    """``deliver`` gets the bytes of each command as they arrive, and what else will go wrong.

    ``name`` gives the mnemonic of a command, ``is_alive`` whether the device still knows of it.
    """

    send: Send
    interface: int
    faults: Faults
    later: Later
    cutter: Cutter
    name: Callable[[bytes], str]
    deliver: Callable[[Wire, bytes, Struck], None]
    is_alive: Callable[[], bool] = lambda: True
    clock: Callable[[], float] = time.monotonic
    _dead_until_s: float = 0.0
    _shifted: bytes = b""
    _swapped: deque[bytes] = field(default_factory=lambda: deque(maxlen=SWAPPED_MAX))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def feed(self, data: bytes) -> None:
        """Take bytes of the client."""
        for command in self.cutter.cut(data):
            if not self.is_dead:
                self._arrive(command)

    def answer(self, data: bytes, struck: Struck) -> None:
        """Send an answer, or what is left of it."""
        if self.is_dead:
            return
        data = spoil_answer(data, struck)
        if Kind.SHIFT in struck:
            with self._lock:
                self._shifted = (self._shifted + data)[-HELD_MAX:]
        elif Kind.SWAP in struck:
            with self._lock:
                self._swapped.append(data)
        elif Kind.LATE in struck:
            self._send_later(data, struck[Kind.LATE].or_else(0))
        else:
            self._send(data)
        self._break_off(struck, Kind.DEAD, Kind.UNPLUG)

    @property
    def is_dead(self) -> bool:
        """Whether no byte passes in either direction."""
        return self.clock() < self._dead_until_s or not self.is_alive()

    def owe(self) -> None:
        """An answer will come."""
        if isinstance(self.send, Peer):
            self.send.owe()

    def settle(self) -> None:
        """It came, or never will."""
        if isinstance(self.send, Peer):
            self.send.settle()

    def _arrive(self, command: bytes) -> None:
        struck = self.faults.strike(self.name(command))
        if Kind.SLOW_LINE in struck and isinstance(self.send, Peer):
            self.send.set_baud(int(struck[Kind.SLOW_LINE].or_else(0)))
        data = spoil_request(command, struck)
        # First the line breaks, then the device works: its answer must find nobody.
        self._break_off(struck, Kind.DEAD_REQUEST, Kind.UNPLUG_REQUEST)
        for wrong in (struck, {}) if Kind.REPEAT_COMMAND in struck else (struck,):
            if data:
                self.deliver(self, data, wrong)

    def _break_off(self, struck: Struck, dead: Kind, unplug: Kind) -> None:
        if dead in struck:
            seconds = struck[dead].seconds or DEAD_S
            self._dead_until_s = self.clock() + seconds
        if unplug in struck:
            self._dead_until_s = math.inf
            if isinstance(self.send, Peer):
                self.send.hang_up()

    def _send_later(self, data: bytes, seconds: float) -> None:
        def send() -> None:
            self._send(data)
            self.settle()

        self.owe()
        if not self.later(seconds, send):
            self.settle()

    def _send(self, data: bytes) -> None:
        if self.is_dead:
            return
        with self._lock:
            data, self._shifted = self._shifted + data, b""
            for each in (data, *self._swapped):
                if each:
                    self.send(each)
            self._swapped.clear()
