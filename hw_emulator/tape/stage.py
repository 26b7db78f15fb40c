"""An emulated fiscal printer for one replay, on the tape's clock. Compares nothing.

Everything happens in this process; the bytes go in and out without a line.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from drivers.posnet.frame import Frame, encode
from hw_emulator.posnet.device import Mechanism, Wait
from hw_emulator.posnet.model import start_posnet

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.posnet.model import RunningPosnet

_ZONE = ZoneInfo("Europe/Warsaw")
_SETTLE_S = 15.0
_LOOK_S = 0.001


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
        self._folder = tempfile.TemporaryDirectory(prefix="tape-")
        self._memory = Path(self._folder.name) / "memory"
        self._paper = paper
        self._is_fiscal = is_fiscal
        self._wall_s = wall_s
        self._heard: list[bytes] = []
        self._lock = threading.Lock()
        self._queued: list[str] = []
        self._running: RunningPosnet | None = None
        self._feed: Callable[[bytes], None] = lambda _data: None
        try:
            if memory is not None:
                shutil.copyfile(memory, self._memory)
            elif rates:
                self._set_rates(rates)
        except BaseException:
            self.close()
            raise

    def set_clock(self, wall_s: float) -> None:
        """Let it be this moment, in seconds since 1970."""
        self._wall_s = wall_s

    def connect(self) -> None:
        """A new line; a printer that died has been switched on again."""
        if self._running is None or self._running.died.is_set():
            self._start(self._paper)
        self._feed = self._printer.station.connect(self._hear, 1)

    def add_fault(self, kind: str, command: str, value: str) -> None:
        """Let something go wrong with the next ``command``."""
        waiting = self._queued[1:].count(command)
        parts = [kind, command, str(waiting + 1)] + ([value] if value else [])
        self._printer.faults.add(":".join(parts))

    def say(self, name: str, raw: bytes) -> None:
        """Send bytes; a dead printer hears nothing."""
        if not self._printer.died.is_set():
            self._queued.append(name)
            self._feed(raw)

    def settle(self) -> None:
        """Wait until everything is carried out, or waits for paper or a key."""
        end_s = time.monotonic() + _SETTLE_S
        while time.monotonic() < end_s:
            if self._printer.station.is_idle or self._printer.died.is_set():
                self._queued.clear()
                return
            if self._printer.device.waiting is not None:
                return
            time.sleep(_LOOK_S)

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
        if self._running is not None:
            self._running.stop()
        self._folder.cleanup()

    @property
    def _printer(self) -> RunningPosnet:
        if self._running is None:
            self._start(self._paper)
        assert self._running is not None  # noqa: S101 - for the type checker
        return self._running

    def _start(self, paper: Path | None) -> None:
        self._queued.clear()
        self._running = start_posnet(
            self._memory, paper=paper, is_fiscal=self._is_fiscal, now=self._now
        )

    def _set_rates(self, rates: tuple[tuple[str, str], ...]) -> None:
        self._start(None)
        self.connect()
        today = self._now().date().isoformat()
        self.say("vatset", encode(Frame("vatset", (*rates, ("da", today)))))
        self.settle()
        self._printer.stop()
        self.heard()

    def _leave_wait(self) -> None:
        end_s = time.monotonic() + _SETTLE_S
        while self._printer.device.waiting is not None and time.monotonic() < end_s:
            time.sleep(_LOOK_S)
        self.settle()

    def _now(self) -> datetime:
        with suppress(ValueError, OverflowError, OSError):
            at = datetime.fromtimestamp(self._wall_s, UTC).astimezone(_ZONE)
            return at.replace(microsecond=0)
        return datetime.now(_ZONE).replace(microsecond=0)

    def _hear(self, data: bytes) -> None:
        with self._lock:
            self._heard.append(data)
