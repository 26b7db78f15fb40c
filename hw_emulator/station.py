"""A printer at work: one thread, one queue, and everything that can go wrong around it.

The thread carries out synchronous commands in order and waits where the mechanism or a key makes
the printer wait; immediate commands are answered by whoever brings them. Without power nothing that
was queued is left. What the commands mean is the dialect's business.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic

from hw_emulator.dialect import CommandT, Dialect
from hw_emulator.faults import Faults
from hw_emulator.later import Later
from hw_emulator.posnet.device import Wait
from hw_emulator.turn import Gone, Job, take_turn
from hw_emulator.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.lines import Send
    from hw_emulator.own_report import OwnReport
    from hw_emulator.posnet.device import Mechanism
    from hw_emulator.wire import Struck

log = logging.getLogger(__name__)

QUEUE_MAX, BUFFER_MAX = 256, 64 * 1024
STOP_S = 5.0
_TICK_S, _PAUSE_MAX_S = 0.5, 1e6


@dataclass(slots=True)
class Station(Generic[CommandT]):
    """A device with its thread.

    ``die`` is what a deadly fault does, ``switch_lines`` what a power cut does to the lines.
    """

    dialect: Dialect[CommandT]
    faults: Faults = field(default_factory=Faults)
    own_report: OwnReport | None = None
    queue_max: int = QUEUE_MAX
    buffer_max: int = BUFFER_MAX
    die: Callable[[], None] = lambda: None
    switch_lines: Callable[[bool], None] = lambda _is_on: None
    later: Later = field(default_factory=Later)
    is_on: bool = True
    _hears: bool = True
    _jobs: queue.Queue[Job[CommandT] | Callable[[], None]] = field(default_factory=queue.Queue)
    _commands: int = 0
    _bytes: int = 0
    _life: int = 0
    _boot: Callable[[], None] | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _key: str = ""

    @property
    def is_idle(self) -> bool:
        """Whether every command that came was carried out."""
        return self._jobs.unfinished_tasks == 0

    @property
    def waiting(self) -> tuple[int, int]:
        """How many commands are queued, and how many bytes they are."""
        return self._commands, self._bytes

    def start(self) -> None:
        """Start the thread."""
        self.dialect.watch_queue(lambda: self.is_idle)
        self._thread = threading.Thread(target=self._work, name="station", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; commands still queued are never answered."""
        self._stopped.set()
        self.later.stop()
        with self._changed:
            self._changed.notify_all()
        self.errand(lambda: None)  # wake it up, should it be idle
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join(STOP_S)

    def connect(self, send: Send, interface: int) -> Send:
        """Take a client on ``interface``; give the function that takes its bytes."""
        life, reader = self._life, self.dialect.reader()

        def deliver(wire: Wire, data: bytes, struck: Struck) -> None:
            commands = reader.feed(data)
            for command in commands:
                # What noise made up comes first; what is wrong is wrong with the command itself.
                wrong = struck if command is commands[-1] else {}
                self._accept(Job(command, wire, wrong, len(data), life))

        wire = Wire(
            send,
            interface,
            self.faults,
            self.later,
            self.dialect.cutter(),
            self.dialect.name,
            deliver,
            is_alive=lambda: not self.is_gone(life),
        )
        return wire.feed

    def set_mechanism(self, mechanism: Mechanism) -> None:
        """Paper out, cover open, ... or all well again."""
        with self._changed:
            self.dialect.set_mechanism(mechanism)
            self._changed.notify_all()

    def press(self, key: str = "ok") -> None:
        """Press a key on the printer: "ok" goes on with what waits, "cancel" gives it up."""
        with self._changed:
            self._key = key
            self._changed.notify_all()

    def midnight(self) -> None:
        """Let the printer make a daily report of its own accord, after what is queued."""
        done = threading.Event()

        def report() -> None:
            self.dialect.make_own_report()
            done.set()

        self.errand(report)
        done.wait(STOP_S)

    def power_off(self) -> None:
        """Pull the plug: what is queued, waiting or on its way is gone."""
        with self._changed:
            if not self.is_on:
                return
            self.is_on = self._hears = False
            self._life += 1
            self._forget_queue()
            self._changed.notify_all()
        self.errand(lambda: None)  # wake the thread up, should it be idle
        self.switch_lines(False)

    def power_on(self, *, ram_reset: bool = False) -> None:
        """Give it power again; it boots in its own thread."""
        with self._changed:
            if not self.is_on:
                self._boot = lambda: self.dialect.boot(ram_reset=ram_reset)
                self._changed.notify_all()

    def restart(self, seconds: float, *, ram_reset: bool = False) -> None:
        """Off, and on again after ``seconds``."""
        self.power_off()
        self.later(seconds, lambda: self.power_on(ram_reset=ram_reset))

    def errand(self, do: Callable[[], None]) -> None:
        """Have the thread do something between two commands, after what is queued."""
        self._jobs.put(do)

    def is_gone(self, life: int) -> bool:
        """Whether whoever came in that life has nothing to expect any more."""
        return life != self._life or self._stopped.is_set()

    def pause(self, seconds: float, life: int) -> None:
        """The device takes its time. Raises Gone."""
        with self._changed:
            self._changed.wait_for(lambda: self.is_gone(life), min(seconds, _PAUSE_MAX_S))
        if self.is_gone(life):
            raise Gone

    def wait_while(self, reason: Callable[[], Wait | None], life: int) -> None:
        """The device waits as long as there is a reason, and shows it. Raises Gone."""
        with self._changed:
            while (wait := reason()) and not self.is_gone(life):
                self.dialect.set_waiting(wait)
                self._changed.wait(_TICK_S)
            self.dialect.set_waiting(None)
        if self.is_gone(life):
            raise Gone

    def wait_for_key(self, life: int) -> str:
        """Wait until somebody presses a key; gives it. Raises Gone."""
        self._key = ""
        self.wait_while(lambda: None if self._key else Wait.KEY, life)
        return self._key

    def kill(self) -> None:
        """Die; nothing that was queued is carried out. Raises Gone."""
        self.die()
        self._stopped.set()
        raise Gone

    def _accept(self, job: Job[CommandT]) -> None:
        if job.life != self._life or not self._hears:
            return
        if self.dialect.is_immediate(job.command):
            with contextlib.suppress(Gone):
                take_turn(self, job)
            return
        with self._changed:
            length, size = self.waiting
            is_full = length >= self.queue_max
            if not is_full and size + job.size <= self.buffer_max:
                job.wire.owe()
                self._commands, self._bytes = length + 1, size + job.size
                self._jobs.put(job)
                return
        code = self.dialect.queue_full if is_full else self.dialect.buffer_full
        job.wire.answer(self.dialect.frame_error(job.command, code), job.struck)

    def _forget_queue(self) -> None:
        kept: list[Callable[[], None]] = []
        with contextlib.suppress(queue.Empty):
            while True:
                job = self._jobs.get_nowait()
                self._jobs.task_done()
                if isinstance(job, Job):
                    job.wire.settle()
                else:
                    kept.append(job)
        self._commands = self._bytes = 0
        for errand in kept:
            self._jobs.put(errand)

    def _work(self) -> None:
        while not self._stopped.is_set():
            if not self.is_on:
                self._wait_for_power()
                continue
            if self.own_report and self.own_report.is_due and self.dialect.make_own_report():
                self.own_report.done()
            try:
                job = self._jobs.get(timeout=_TICK_S)
            except queue.Empty:
                continue
            with contextlib.suppress(Gone):
                self._do(job)
            self._jobs.task_done()

    def _do(self, job: Job[CommandT] | Callable[[], None]) -> None:
        if not isinstance(job, Job):
            job()
            return
        with self._changed:
            if job.life == self._life:
                self._commands, self._bytes = self._commands - 1, self._bytes - job.size
        try:
            take_turn(self, job)
        finally:
            job.wire.settle()

    def _wait_for_power(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._boot or self._stopped.is_set())
            boot, self._boot = self._boot, None
        if boot and not self._stopped.is_set():
            boot()
            self._hears = True
            self.switch_lines(True)
            self.is_on = True
