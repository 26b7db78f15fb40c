"""A device at its place: started, stopped, without power, or left to die. No protocol."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic

from hw_emulator.common_words import common_words
from hw_emulator.control import Control
from hw_emulator.dialect import CommandT
from hw_emulator.faults import Faults
from hw_emulator.later import Later
from hw_emulator.pty_line import PtyLine
from hw_emulator.rfc2217_line import Rfc2217Line
from hw_emulator.station import STOP_S, Station
from hw_emulator.tcp_line import TcpLine
from hw_emulator.words import dictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hw_emulator.lines import Line, Worker
    from hw_emulator.paper import Paper
    from hw_emulator.place import Place
    from hw_emulator.posnet.device import Mechanism
    from hw_emulator.words import Word


log = logging.getLogger(__name__)


@dataclass(slots=True)
class Running:
    """A device that is being served. ``died`` is set once it is gone, whatever the way.

    ``own_faults`` of a device that cannot have any allow none.
    """

    worker: Worker
    lines: list[Line]
    paper: Paper
    close_memory: Callable[[], None] = lambda: None
    controls: list[Control] = field(default_factory=list)
    own_faults: Faults = field(default_factory=lambda: Faults(allowed=frozenset()))
    later: Later = field(default_factory=Later)
    died: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_stopping: bool = False

    @property
    def faults(self) -> Faults:
        """What goes wrong with it; ``add`` takes specs."""
        return self.own_faults

    @property
    def pty(self) -> str:
        """Path of the pseudo-terminal; empty when there is none."""
        return next((line.path for line in self.lines if isinstance(line, PtyLine)), "")

    @property
    def tcp(self) -> str:
        """HOST:PORT; empty when there is none."""
        return self._tcp(1)

    @property
    def tcp_second(self) -> str:
        """HOST:PORT of the second interface; empty when there is none."""
        return self._tcp(2)

    @property
    def remote(self) -> Rfc2217Line | None:
        """The line over RFC 2217."""
        return next((line for line in self.lines if isinstance(line, Rfc2217Line)), None)

    @property
    def rfc2217(self) -> str:
        """HOST:PORT for RFC 2217; empty when there is none."""
        return f"{self.remote.host}:{self.remote.port}" if self.remote else ""

    @property
    def control_tcp(self) -> str:
        """HOST:PORT of the control socket on TCP; empty when there is none."""
        return next((each.address for each in self.controls if each.is_tcp), "")

    @property
    def url(self) -> str:
        """What pyserial opens: the pseudo-terminal or else a URL."""
        if self.pty or self.tcp or not self.remote:
            return self.pty or f"socket://{self.tcp}"
        return f"rfc2217://{self.rfc2217}"

    def places(self) -> dict[str, str]:
        """Where it is reached, by the word for each way."""
        found = {
            "pty": self.pty,
            "tcp": self.tcp,
            "tcp2": self.tcp_second,
            "rfc2217": self.rfc2217,
            "control-tcp": self.control_tcp,
        }
        return {word: place for word, place in found.items() if place}

    def start(self) -> None:
        """Begin to work and to serve."""
        self.worker.start()
        for line in self.lines:
            line.start()
        for control in self.controls:
            control.start()

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
        self.later.stop()
        self.worker.stop()
        for line in self.lines:
            line.stop()
        for control in self.controls:
            control.stop()
        self.close_memory()
        self.paper.close()
        self.died.set()

    def serve(self, place: Place, words: Iterable[Word]) -> None:
        """Give ``words`` to the hands of ``place`` and start.

        Raises OSError, ValueError; then everything is given back.
        """
        known = dictionary([*common_words(self), *words])
        try:
            # A fault that can never strike is a mistake somebody should hear of.
            place.make_faults(self.faults.allowed)
            for where in (place.control, place.control_tcp):
                if where is not None:
                    self.controls.append(Control(where, known))
        except (OSError, ValueError):
            self.switch_off()
            raise
        self.start()

    def switch_lines(self, is_on: bool) -> None:  # noqa: FBT001 - on or off is all it is about
        """What a power cut does to the lines, and its end."""
        for line in self.lines:
            try:
                (line.up if is_on else line.down)()
            except OSError as error:
                log.error("a line does not come back: %s", error)  # noqa: TRY400 - no fault of ours

    def power_off(self) -> None:
        """Pull the plug of the device; the process stays."""
        self.switch_lines(False)

    def power_on(self, *, ram_reset: bool = False) -> None:  # noqa: ARG002 - for devices with RAM
        """Give it power again."""
        self.switch_lines(True)

    def restart(self, seconds: float, *, ram_reset: bool = False) -> None:
        """Off, and on again after ``seconds``."""
        self.power_off()
        self.later(seconds, lambda: self.power_on(ram_reset=ram_reset))

    def _tcp(self, interface: int) -> str:
        found = [line for line in self.lines if isinstance(line, TcpLine)]
        lines = [f"{line.host}:{line.port}" for line in found if line.interface == interface]
        return lines[0] if lines else ""


@dataclass(slots=True)
class RunningStation(Running, Generic[CommandT]):
    """A printer at its station that is being served."""

    station: Station[CommandT] = field(kw_only=True)

    def __post_init__(self) -> None:
        self.later = self.station.later
        self.station.switch_lines = self.switch_lines

    def serve(self, place: Place, words: Iterable[Word]) -> None:
        """As every device; a deadly fault does what ``place`` says, or switches it off."""
        self.station.die = place.die or self.switch_off
        # Not super(): a dataclass with slots is another class than the one written here.
        Running.serve(self, place, words)

    def set_mechanism(self, mechanism: Mechanism) -> None:
        """Paper out, cover open, ... or all well again."""
        self.station.set_mechanism(mechanism)

    def kill(self) -> None:
        """Pull the plug: no answer, no clean-up of an open receipt."""
        self.stop()

    def power_off(self) -> None:
        """Pull the plug of the device; the process stays."""
        self.station.power_off()

    def power_on(self, *, ram_reset: bool = False) -> None:
        """Give it power again: it boots."""
        self.station.power_on(ram_reset=ram_reset)
