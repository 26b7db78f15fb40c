"""Puts a device on its lines, starts it, stops it, or lets it die. Also the entrance for tests."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hw_emulator.control import Control, escpos_words, posnet_words
from hw_emulator.escpos.device import COLUMNS, EscPosPrinter
from hw_emulator.faults import Faults, read_rule
from hw_emulator.paper import Paper
from hw_emulator.posnet.device import REPORTS_MAX, Device, Mechanism, warsaw_now
from hw_emulator.posnet.memory import FiscalMemory, MemoryView
from hw_emulator.pty_line import PtyLine
from hw_emulator.station import STOP_S, Station
from hw_emulator.tcp_line import TcpLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from hw_emulator.lines import Connect, Line, Worker

LOCALHOST = "127.0.0.1"


@dataclass(slots=True)
class Lines:
    """Where a device is reached: ``pty`` a symlink path or True, ``tcp`` a port, 0 for any.

    ``tcp_second`` is a port on the second interface (PC2) of the same device.
    """

    pty: Path | bool = False
    tcp: int | None = None
    tcp_second: int | None = None
    baud: int = 0
    host: str = LOCALHOST

    def open(self, connect: Connect) -> list[Line]:
        """Open all of them; raises OSError."""
        lines: list[Line] = []
        try:
            if self.pty is not False:
                link = self.pty if isinstance(self.pty, Path) else None
                lines.append(PtyLine(connect, link, baud=self.baud))
            if self.tcp is not None:
                lines.append(TcpLine(connect, self.host, self.tcp))
            if self.tcp_second is not None:
                lines.append(TcpLine(connect, self.host, self.tcp_second, interface=2))
        except OSError:
            for line in lines:
                line.stop()
            raise
        return lines


@dataclass(slots=True)
class Running:
    """A device that is being served. ``died`` is set once it is gone, whatever the way."""

    worker: Worker
    lines: list[Line]
    paper: Paper
    close_memory: Callable[[], None] = lambda: None
    control: Control | None = None
    died: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_stopping: bool = False

    @property
    def pty(self) -> str:
        """Path of the pseudo-terminal; empty when there is none."""
        return next((line.path for line in self.lines if isinstance(line, PtyLine)), "")

    @property
    def tcp(self) -> str:
        """HOST:PORT; empty when there is none."""
        return self._tcp(0)

    @property
    def tcp_second(self) -> str:
        """HOST:PORT of the second interface; empty when there is none."""
        return self._tcp(1)

    @property
    def url(self) -> str:
        """What pyserial opens: the pseudo-terminal or else a ``socket://`` URL."""
        return self.pty or f"socket://{self.tcp}"

    def start(self) -> None:
        """Begin to work and to serve."""
        self.worker.start()
        for line in self.lines:
            line.start()
        if self.control:
            self.control.start()

    def stop(self) -> None:
        """Switch off: nobody is answered any more, everything is given back. May be repeated."""
        self.switch_off()
        self.died.wait(STOP_S)

    def switch_off(self) -> None:
        """As ``stop``, but does not wait when somebody else is already at it."""
        with self._lock:
            if self._is_stopping:
                return
            self._is_stopping = True
        self.worker.stop()
        for line in self.lines:
            line.stop()
        if self.control:
            self.control.stop()
        self.close_memory()
        self.paper.close()
        self.died.set()

    def _tcp(self, index: int) -> str:
        found = [line for line in self.lines if isinstance(line, TcpLine)]
        return f"{found[index].host}:{found[index].port}" if index < len(found) else ""


@dataclass(slots=True)
class RunningPosnet(Running):
    """A fiscal printer that is being served."""

    station: Station = field(kw_only=True)

    @property
    def device(self) -> Device:
        """The device itself."""
        return self.station.device

    @property
    def faults(self) -> Faults:
        """Its faults; ``add`` takes specs."""
        return self.station.faults

    def memory(self) -> MemoryView:
        """What is in its fiscal memory."""
        return self.device.view()

    def set_mechanism(self, mechanism: Mechanism = Mechanism.OK) -> None:
        """Paper out, cover open, ... or, by default, all well again."""
        self.station.set_mechanism(mechanism)

    def kill(self) -> None:
        """Pull the plug: no answer, no clean-up of an open receipt."""
        self.stop()


@dataclass(slots=True)
class RunningEscPos(Running):
    """A receipt printer that is being served."""

    device: EscPosPrinter = field(kw_only=True)


def start_escpos(
    *,
    pty: Path | bool = False,
    tcp: int | None = None,
    baud: int = 0,
    host: str = LOCALHOST,
    paper: Path | None = None,
    control: Path | None = None,
    columns: int = COLUMNS,
) -> RunningEscPos:
    """Start a receipt printer in this process; without lines it is on any TCP port.

    Raises OSError.
    """
    if pty is False and tcp is None:
        tcp = 0
    printer = EscPosPrinter(Paper(paper), columns)
    lines = Lines(pty, tcp, None, baud, host).open(printer.connect)
    running = RunningEscPos(printer, lines, printer.paper, device=printer)
    if control:
        running.control = Control(control, escpos_words(running))
    running.start()
    return running


def start_posnet(
    memory: Path | None = None,
    *,
    pty: Path | bool = False,
    tcp: int | None = None,
    tcp_second: int | None = None,
    baud: int = 0,
    host: str = LOCALHOST,
    paper: Path | None = None,
    control: Path | None = None,
    faults: Sequence[str] = (),
    seed: int = 0,
    loss: float = 0.0,
    is_fiscal: bool = True,
    ram_reset: bool = False,
    reports_max: int = REPORTS_MAX,
    strict: bool = False,
    now: Callable[[], datetime] = warsaw_now,
    die: Callable[[], None] | None = None,
) -> RunningPosnet:
    """Start a fiscal printer in this process; without lines it is on any TCP port.

    ``memory`` is its fiscal memory file (None: forgotten at the end), ``faults`` are specs such as
    ``lose:trend:1``, ``die`` what a deadly fault does (default: it is switched off at once).
    Raises OSError, ValueError, MemoryBusy, MemoryDamaged.
    """
    rules = [read_rule(spec) for spec in faults]
    if pty is False and tcp is None:
        tcp = 0
    fiscal = FiscalMemory(memory)
    try:
        device = Device(fiscal, Paper(paper), now, is_fiscal, reports_max, ram_reset=ram_reset)
        station = Station(device, Faults(rules, seed, loss), strict=strict)
        lines = Lines(pty, tcp, tcp_second, baud, host).open(station.connect)
    except BaseException:
        fiscal.close()
        raise
    return _serve(station, lines, control, die)


def _serve(
    station: Station, lines: list[Line], control: Path | None, die: Callable[[], None] | None
) -> RunningPosnet:
    device = station.device
    running = RunningPosnet(station, lines, device.paper, device.memory.close, station=station)
    station.die = die or running.switch_off
    if control:
        running.control = Control(control, posnet_words(running))
    running.start()
    return running
