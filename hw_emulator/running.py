"""A device at its place: started, stopped, or left to die. No protocol."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hw_emulator.control import Control
from hw_emulator.pty_line import PtyLine
from hw_emulator.station import STOP_S
from hw_emulator.tcp_line import TcpLine
from hw_emulator.words import Word, dictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hw_emulator.lines import Line, Worker
    from hw_emulator.paper import Paper
    from hw_emulator.place import Place


@dataclass(slots=True)
class Running:
    """A device that is being served. ``died`` is set once it is gone, whatever the way."""

    worker: Worker
    lines: list[Line]
    paper: Paper
    close_memory: Callable[[], None] = lambda: None
    controls: list[Control] = field(default_factory=list)
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

    def places(self) -> dict[str, str]:
        """Where it is reached, by the word for each way."""
        found = {"pty": self.pty, "tcp": self.tcp, "tcp2": self.tcp_second}
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
        self.worker.stop()
        for line in self.lines:
            line.stop()
        for control in self.controls:
            control.stop()
        self.close_memory()
        self.paper.close()
        self.died.set()

    def serve(self, place: Place, words: Iterable[Word]) -> None:
        """Give ``words`` to the hands of ``place`` and start; raises OSError, switched off."""
        known = dictionary([*common_words(self), *words])
        try:
            for where in (place.control, place.control_tcp):
                if where is not None:
                    self.controls.append(Control(where, known))
        except OSError:
            self.switch_off()
            raise
        self.start()

    def _tcp(self, index: int) -> str:
        found = [line for line in self.lines if isinstance(line, TcpLine)]
        return f"{found[index].host}:{found[index].port}" if index < len(found) else ""


def common_words(running: Running) -> list[Word]:
    """What can be done to every device."""
    return [Word("printed", "give everything printed", lambda: {"text": running.paper.text})]
