"""A fiscal printer at work: one thread, one queue, and everything that can go wrong around it.

The thread carries out synchronous commands in order and waits where the mechanism or a key makes
the printer wait; immediate commands are answered by whoever brings them. No lines, no bytes pacing.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drivers.posnet.frame import Frame, Malformed, Scanner, encode
from hw_emulator.faults import Fault, Faults, Kind
from hw_emulator.posnet.answers import SILENCE, frame_error
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.device import Device, Mechanism, Wait
from hw_emulator.posnet.registry import State
from hw_emulator.posnet.reports import make_daily_report

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

QUEUE_MAX = 256
STOP_S = 5.0
_TICK_S = 0.5
_PAPER_FAULTS = {
    Kind.NO_PAPER: Mechanism.NO_PAPER,
    Kind.COVER: Mechanism.COVER,
    Kind.HOT: Mechanism.OVERHEATED,
}


class _Dead(Exception):
    """Unwinds the thread of a device that was stopped or has died."""


@dataclass(slots=True)
class Wire:
    """The way back to one client; ``held`` is an answer that comes with the next one."""

    send: Callable[[bytes], None]
    interface: int
    held: bytes = b""


@dataclass(frozen=True, slots=True)
class Job:
    """A command and who wants the answer."""

    frame: Frame | Malformed
    wire: Wire


@dataclass(slots=True)
class Station:
    """A device with its thread; ``die`` is what a deadly fault does."""

    device: Device
    faults: Faults = field(default_factory=Faults)
    strict: bool = False
    die: Callable[[], None] = lambda: None
    _jobs: queue.Queue[Job | Callable[[], None]] = field(
        default_factory=lambda: queue.Queue(QUEUE_MAX)
    )
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _key: str = ""

    @property
    def is_idle(self) -> bool:
        """Whether every command that came was carried out."""
        return self._jobs.unfinished_tasks == 0

    def start(self) -> None:
        """Start the thread."""
        self.device.is_idle = lambda: self.is_idle
        self._thread = threading.Thread(target=self._work, name="posnet device", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; commands still queued are never answered."""
        self._stopped.set()
        with self._changed:
            self._changed.notify_all()
        with contextlib.suppress(queue.Full):
            self._jobs.put_nowait(lambda: None)  # wake it up, should it be idle
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join(STOP_S)

    def connect(self, send: Callable[[bytes], None], interface: int) -> Callable[[bytes], None]:
        """Take a client on ``interface``; give the function that takes its bytes."""
        wire = Wire(send, interface)
        scanner = Scanner(strict=self.strict)

        def feed(data: bytes) -> None:
            for frame in scanner.feed(data):
                self._accept(Job(frame, wire))

        return feed

    def set_mechanism(self, mechanism: Mechanism) -> None:
        """Paper out, cover open, ... or all well again."""
        with self._changed:
            self.device.mechanism = mechanism
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
            _own_report(self.device)
            done.set()

        self._jobs.put(report, timeout=STOP_S)
        done.wait(STOP_S)

    def _accept(self, job: Job) -> None:
        frame = job.frame
        if isinstance(frame, Frame) and frame.immediate:
            with contextlib.suppress(_Dead):
                self._answer(job, lambda _: self.device.execute_now(frame))
            return
        try:
            self._jobs.put_nowait(job)
        except queue.Full:
            answer = frame_error(Code.QUEUE_FULL, frame.mnemonic, token=frame.token)
            job.wire.send(encode(answer))

    def _work(self) -> None:
        while not self._stopped.is_set():
            try:
                job = self._jobs.get(timeout=_TICK_S)
            except queue.Empty:
                continue
            try:
                if isinstance(job, Job):
                    self._answer(job, self._execute)
                else:
                    job()
            except _Dead:
                return
            finally:
                self._jobs.task_done()

    def _answer(self, job: Job, execute: Callable[[Job], Frame]) -> None:
        struck = self.faults.strike(job.frame.mnemonic)
        if struck:
            log.info("%s: %s", job.frame.mnemonic, ", ".join(struck))
        if Kind.DROP in struck:
            return
        self._fail_if(Kind.DIE_BEFORE, struck)
        if Kind.REFUSE in struck:
            code = int(struck[Kind.REFUSE].value)
            answer = Frame(job.frame.mnemonic, (), job.frame.token, code)
        else:
            for kind in struck.keys() & _PAPER_FAULTS.keys():
                self.set_mechanism(_PAPER_FAULTS[kind])
            if Kind.SLOW in struck:
                self._stopped.wait(struck[Kind.SLOW].value)
            answer = execute(job)
        self._fail_if(Kind.DIE_AFTER, struck)
        if Kind.NO_PAPER_AFTER in struck:
            self.set_mechanism(Mechanism.NO_PAPER)
            self._wait_for(lambda: Wait.MECHANISM if self.device.mechanism else None)
        self._send(job.wire, answer, struck)

    def _send(self, wire: Wire, answer: Frame, struck: dict[Kind, Fault]) -> None:
        if answer is SILENCE:
            return
        data = self.faults.spoil(encode(answer), struck)
        if Kind.SHIFT in struck:
            wire.held += data
        elif Kind.LATE in struck:
            timer = threading.Timer(struck[Kind.LATE].value, wire.send, (data,))
            timer.daemon = True
            timer.start()
        elif data or wire.held:
            data, wire.held = wire.held + data, b""
            wire.send(data)

    def _execute(self, job: Job) -> Frame:
        device, interface = self.device, job.wire.interface
        wait = device.waits_for(job.frame, interface)
        if wait is Wait.KEY:
            self._key = ""
            self._wait_for(lambda: None if self._key else Wait.KEY)
            if self._key == "cancel":
                code = device.profile.cancelled_code
                return Frame(job.frame.mnemonic, (), job.frame.token, code)
        if wait and device.mechanism:
            self._wait_for(lambda: Wait.MECHANISM if device.mechanism else None)
        return device.execute(job.frame, interface)

    def _wait_for(self, reason: Callable[[], Wait | None]) -> None:
        with self._changed:
            while (wait := reason()) and not self._stopped.is_set():
                self.device.waiting = wait
                self._changed.wait(_TICK_S)
            self.device.waiting = None
        if self._stopped.is_set():
            raise _Dead

    def _fail_if(self, kind: Kind, struck: dict[Kind, Fault]) -> None:
        if kind in struck:
            self.die()
            raise _Dead


def _own_report(device: Device) -> None:
    if device.state is not State.IDLE:
        log.info("no daily report of its own: state %s", device.state.name)
        return
    try:
        make_daily_report(device)
    except Refused as refused:
        log.info("no daily report of its own: %s", refused.code)
