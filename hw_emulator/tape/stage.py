"""An emulated fiscal printer for one replay, on the tape's clock. Compares nothing.

Everything happens in this process; the bytes go in and out without a line.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from drivers.posnet.frame import Frame, encode
from hw_emulator.posnet.device import Mechanism, Wait
from hw_emulator.posnet.model import start_posnet

if TYPE_CHECKING:
    from collections.abc import Callable

_ZONE = ZoneInfo("Europe/Warsaw")
_SETTLE_S = 15.0
_LOOK_S = 0.001
POWER_CUTS = ("reboot", "reboot-after")
_FOREVER = "86400"


class Stage:
    """One printer, from power cut to power cut; ``memory`` is copied and left as it is.

    ``rates`` are VAT rates as ``vatset`` takes them, for a printer without a memory. Raises OSError
    and what a memory raises that cannot be used.
    """

    def __init__(
        self,
        memory: Path | None,
        paper: Path | None,
        *,
        is_fiscal: bool,
        wall_s: float,
        rates: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self._wall_s = wall_s
        self._heard: list[bytes] = []
        self._lock = threading.Lock()
        self._feed: Callable[[bytes], None] = lambda _data: None
        with ExitStack() as undo:
            folder = undo.enter_context(tempfile.TemporaryDirectory(prefix="tape-"))
            copy = Path(folder) / "memory"
            if memory is not None:
                shutil.copyfile(memory, copy)
            elif rates:
                self._set_rates(copy, rates, is_fiscal=is_fiscal)
            self._printer = start_posnet(copy, paper=paper, is_fiscal=is_fiscal, now=self._now)
            undo.callback(self._printer.stop)
            self._undo = undo.pop_all()

    def set_clock(self, wall_s: float) -> None:
        """Let it be this moment, in seconds since 1970."""
        self._wall_s = wall_s

    def connect(self) -> None:
        """A new line; a printer that had lost its power has it again."""
        self._printer.station.power_on()
        _wait_for(lambda: self._printer.station.is_on)
        self._feed = self._printer.station.connect(self._hear, 1)

    def add_fault(self, kind: str, command: str, value: str) -> None:
        """Let something go wrong with the next ``command``; power is back with the next line."""
        value = _FOREVER if kind in POWER_CUTS else value
        self._printer.faults.add(":".join([kind, command, "1"] + ([value] if value else [])))

    def say(self, raw: bytes) -> None:
        """Send bytes."""
        self._feed(raw)

    def settle(self) -> None:
        """Wait until everything is carried out, or waits for paper, a key or power."""
        station, device = self._printer.station, self._printer.device
        _wait_for(lambda: station.is_idle or device.waiting is not None or not station.is_on)

    def heard(self) -> bytes:
        """What the printer has said since this was asked."""
        with self._lock:
            data = b"".join(self._heard)
            self._heard.clear()
        return data

    @property
    def waits_for_key(self) -> bool:
        """Whether somebody has to press a key of the printer."""
        return self._printer.device.waiting is Wait.KEY

    def press(self, key: str) -> None:
        """Press it."""
        self._printer.station.press(key)
        self._leave_wait()

    def mend(self) -> None:
        """Put paper in, close the cover."""
        self._printer.set_mechanism(Mechanism.OK)
        self._leave_wait()

    def close(self) -> None:
        """Switch off and forget."""
        self._undo.close()

    def _set_rates(
        self, memory: Path, rates: tuple[tuple[str, str], ...], *, is_fiscal: bool
    ) -> None:
        """On a start of its own, so that nothing of it is on the paper."""
        self._printer = start_posnet(memory, is_fiscal=is_fiscal, now=self._now)
        try:
            self.connect()
            today = self._now().date().isoformat()
            self.say(encode(Frame("vatset", (*rates, ("da", today)))))
            self.settle()
            self.heard()
        finally:
            self._printer.stop()

    def _leave_wait(self) -> None:
        _wait_for(lambda: self._printer.device.waiting is None)
        self.settle()

    def _now(self) -> datetime:
        with suppress(ValueError, OverflowError, OSError):
            at = datetime.fromtimestamp(self._wall_s, UTC).astimezone(_ZONE)
            return at.replace(microsecond=0)
        return datetime.now(_ZONE).replace(microsecond=0)

    def _hear(self, data: bytes) -> None:
        with self._lock:
            self._heard.append(data)


def _wait_for(condition: Callable[[], bool]) -> None:
    end_s = time.monotonic() + _SETTLE_S
    while not condition() and time.monotonic() < end_s:
        time.sleep(_LOOK_S)
