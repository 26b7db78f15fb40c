"""The power of a till: goes out at its n-th touch of printer line or journal, exactly.

    Mains    counts touches; at the n-th the till is dead
    Wired    the journal's connection, every statement a touch
    Wire     a line straight into the emulated printer, every write and read a touch

The line has no kernel in between, so a command written before the cut is in the printer's queue
before the next till asks anything. What a dead till's threads still try is refused for ever.
"""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING, Any

from drivers.errors import Unreachable
from drivers.link import LinkLost

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

    from hw_emulator.host import RunningPosnet


# Touches that leave no mark: questions to the journal, and listening to the line.
READING = ("sql SELECT", "sql \n", "sql PRAGMA", "sql BEGIN", "read")


class PowerCut(BaseException):
    """The till does not exist any more."""


class Mains:
    """Power of one till; goes out at touch ``cut_at`` counted from ``arm``, 0 is never.

    ``on_cut`` runs at that very moment, while nothing of the till can move. Touches that begin with
    one of ``ignored`` are none: what only reads leaves disk and printer as the touch before it did.
    """

    ignored: tuple[str, ...] = ()

    def __init__(self, cut_at: int = 0, on_cut: Callable[[], None] = lambda: None) -> None:
        self.lock = threading.RLock()
        self.is_out = threading.Event()
        self.touches: list[str] = []
        self.wires: list[Wire] = []
        self._cut_at = cut_at
        self._on_cut = on_cut
        self._is_armed = False

    def arm(self) -> None:
        """Count from here on."""
        with self.lock:
            self._is_armed = True

    def disarm(self) -> None:
        """Count no more."""
        with self.lock:
            self._is_armed = False

    def touch(self, what: str) -> None:
        """One touch; raises ``PowerCut`` when it is the last one, and ever after."""
        with self.lock:
            if self.is_out.is_set():
                raise PowerCut
            if not self._is_armed or what.startswith(self.ignored):
                return
            self.touches.append(what)
            if len(self.touches) == self._cut_at:
                self.cut()
                raise PowerCut

    def cut(self) -> None:
        """Now."""
        with self.lock:
            if not self.is_out.is_set():
                self.is_out.set()
                self._on_cut()
        for wire in self.wires:
            wire.wake()


class Wired:
    """A connection to the journal that needs power."""

    def __init__(self, db: Connection, mains: Mains) -> None:
        self.db = db
        self._mains = mains

    def execute(self, sql: str, *params: Any) -> Any:
        with self._mains.lock:
            self._mains.touch(f"sql {sql.partition(' FROM ')[0][:40]}")
            return self.db.execute(sql, *params)

    def executemany(self, sql: str, rows: Any) -> Any:
        with self._mains.lock:
            self._mains.touch(f"sql {sql[:40]}")
            return self.db.executemany(sql, rows)

    @property
    def in_transaction(self) -> bool:
        return self.db.in_transaction


class Wire:
    """A line into the queue of an emulated printer; breaks when the printer is gone."""

    def __init__(self, printer: RunningPosnet, mains: Mains) -> None:
        self._printer = printer
        self._mains = mains
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        if printer.died.is_set():
            msg = "no printer"
            raise Unreachable(msg)
        self._feed = printer.station.connect(self._answers.put, 1)
        mains.wires.append(self)

    def wake(self) -> None:
        self._answers.put(b"")

    def write(self, data: bytes) -> None:
        with self._mains.lock:
            self._mains.touch(f"write {data[1:8].decode('latin-1')}")
            if self._printer.died.is_set():
                reason = "the printer is gone"
                raise LinkLost(reason, may_have_sent=False)
            self._feed(data)

    def read(self, timeout_s: float) -> bytes:
        if timeout_s > 0:
            self._mains.touch("read")
        deadline = time.monotonic() + timeout_s
        while True:
            if self._mains.is_out.is_set():
                raise PowerCut
            try:
                # A dead printer is noticed soon; an answer is taken at once.
                left_s = max(0.0, deadline - time.monotonic())
                if data := self._answers.get(timeout=min(left_s, 0.02)):
                    return data
            except queue.Empty:
                if self._printer.died.is_set():
                    reason = "the printer is gone"
                    raise LinkLost(reason, may_have_sent=True) from None
                if left_s <= 0:
                    return b""

    def drain(self) -> None:
        while self._answers.qsize():
            self._answers.get()

    def close(self) -> None:
        """Nothing to give back."""
