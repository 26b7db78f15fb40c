"""The printer at work: clients bring requests, one thread carries out what they confirmed.

A fault of a request is named ``receipt-put``, one of a document being carried out ``receipt``.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from drivers.novitus.frame import Request, Response, Scanner, encode_response
from hw_emulator.faults import Fault, Faults, Kind
from hw_emulator.novitus.codes import Failed, meaning
from hw_emulator.novitus.device import Device, Mechanism
from hw_emulator.novitus.interface import Interface, name, refused
from hw_emulator.novitus.jobs import WAITING, Job, Jobs, State
from hw_emulator.novitus.printouts import make_report
from hw_emulator.novitus.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

STOP_S = 5.0
_TICK_S = 0.5
_BAD_REQUEST = 400
# What is carried out here; the line does no more than spoil an answer.
FAULTS = frozenset(
    {
        *(Kind.DROP, Kind.LOSE, Kind.CUT, Kind.GARBLE, Kind.DOUBLE, Kind.LATE, Kind.SHIFT),
        *(Kind.NOISE, Kind.NOISE_IN, Kind.NOISE_AFTER, Kind.SLOW, Kind.REFUSE),
        *(Kind.NO_PAPER, Kind.NO_PAPER_AFTER, Kind.COVER, Kind.DIE_BEFORE, Kind.DIE_AFTER),
    }
)
_PAPER_FAULTS = {Kind.NO_PAPER: Mechanism.NO_PAPER, Kind.COVER: Mechanism.COVER}


class _Dead(Exception):
    """Unwinds a thread of a device that was stopped or has died."""


@dataclass(slots=True)
class Wire:
    """The way back to one client; ``held`` is an answer that comes with the next one."""

    send: Callable[[bytes], None]
    held: bytes = b""


@dataclass(slots=True)
class Station:
    """A device with its interface and its thread; ``die`` is what a deadly fault does."""

    device: Device
    jobs: Jobs = field(default_factory=Jobs)
    faults: Faults = field(default_factory=Faults)
    die: Callable[[], None] = lambda: None
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _interface: Interface = field(init=False)

    def __post_init__(self) -> None:
        self._interface = Interface(self.device, self.jobs, Tokens(self.device.clock))

    def start(self) -> None:
        """Sort out what a power cut left behind, and start the thread."""
        self.jobs.wake(self.device.books.header_no)
        self._thread = threading.Thread(target=self._work, name="novitus device", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; what is queued stays queued."""
        self._stopped.set()
        with self._changed:
            self._changed.notify_all()
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join(STOP_S)

    def connect(self, send: Callable[[bytes], None], _interface: int) -> Callable[[bytes], None]:
        """Take a client; give the function that takes its bytes."""
        wire = Wire(send)
        scanner = Scanner(of_answers=False)

        def feed(data: bytes) -> None:
            for message in scanner.feed(data):
                try:
                    if isinstance(message, Request):
                        self._accept(message, wire)
                    else:
                        wire.send(encode_response(Response(_BAD_REQUEST)))
                except _Dead:
                    return

        return feed

    def set_mechanism(self, mechanism: Mechanism) -> None:
        """Paper out, cover open, or all well again."""
        with self._changed:
            self.device.mechanism = mechanism
            self._changed.notify_all()

    def midnight(self) -> None:
        """Let the printer make a daily report of its own accord, after what is confirmed."""
        with self._changed:
            self._changed.wait_for(lambda: not self.jobs.is_working, STOP_S)
            try:
                make_report(self.device)
                self.device.paper.end_document()
            except Failed as failed:
                log.info("no daily report of its own: %s", failed)

    # Requests

    def _accept(self, request: Request, wire: Wire) -> None:
        called = name(request)
        struck = self.faults.strike(called)
        if struck:
            log.info("%s: %s", called, ", ".join(struck))
        if Kind.DROP in struck:
            return
        self._fail_if(Kind.DIE_BEFORE, struck)
        self._disturb(struck)
        if Kind.REFUSE in struck:
            answer = refused(int(struck[Kind.REFUSE].value))
        else:
            answer = self._answer(request)
        self._fail_if(Kind.DIE_AFTER, struck)
        if Kind.NO_PAPER_AFTER in struck:
            self.set_mechanism(Mechanism.NO_PAPER)
        self._send(wire, encode_response(answer), struck)

    def _answer(self, request: Request) -> Response:
        with self._changed:
            if job := self._interface.awaited(request):
                self._changed.wait_for(
                    lambda: self._stopped.is_set() or not self._is_waiting(job),
                    (request.timeout_ms or 0) / 1000,
                )
            if self._stopped.is_set():
                raise _Dead
            answer = self._interface.answer(request)
            self._changed.notify_all()
        return answer

    def _is_waiting(self, job: Job) -> bool:
        now = self.jobs.find(job.number, job.kind)
        return now is not None and now.state in WAITING

    def _send(self, wire: Wire, answer: bytes, struck: dict[Kind, Fault]) -> None:
        data = self.faults.spoil(answer, struck)
        if Kind.SHIFT in struck:
            wire.held += data
        elif Kind.LATE in struck:
            timer = threading.Timer(struck[Kind.LATE].value, wire.send, (data,))
            timer.daemon = True
            timer.start()
        elif data or wire.held:
            data, wire.held = wire.held + data, b""
            wire.send(data)

    # Documents

    def _work(self) -> None:
        try:
            while True:
                self._carry_out(self._next())
        except _Dead:
            return

    def _next(self) -> Job:
        with self._changed:
            while not self._stopped.is_set():
                if job := self.jobs.next_queued:
                    # Whether it began is told, after a power cut, by what was printed since.
                    printouts = self.device.books.header_no
                    return self.jobs.change(job, state=State.PENDING, printouts=printouts)
                self._changed.wait(_TICK_S)
        raise _Dead

    def _carry_out(self, job: Job) -> None:
        struck = self.faults.strike(job.kind)
        if struck:
            log.info("%s: %s", job.kind, ", ".join(struck))
        self._fail_if(Kind.DIE_BEFORE, struck)
        self._disturb(struck)
        if self.device.needs_paper(job.kind, job.document):
            self._await_mechanism()
        ended = self._ended(job, struck)
        self.device.paper.end_document()
        self._fail_if(Kind.DIE_AFTER, struck)
        if Kind.NO_PAPER_AFTER in struck:
            self.set_mechanism(Mechanism.NO_PAPER)
            self._await_mechanism()
        with self._changed:
            self.jobs.change(job, **ended)
            if job.kind == "daily_report":
                # Documents outlive the report after them, and no other.
                self.jobs.drop_before(self.device.books.next_report_no - 1)
            self._changed.notify_all()

    def _ended(self, job: Job, struck: dict[Kind, Fault]) -> dict[str, object]:
        """Carry the document out, unless a fault refuses it; gives what becomes of the job."""
        try:
            with self._changed:
                response, jpkid = self._execute(job, struck)
        except Failed as failed:
            told = meaning(failed.code)
            return {"state": State.ERROR, "code": failed.code, "description": told}
        return {"state": State.DONE, "response": response, "jpkid": jpkid}

    def _execute(self, job: Job, struck: dict[Kind, Fault]) -> tuple[dict[str, Any], int]:
        if self._stopped.is_set():
            raise _Dead
        if Kind.REFUSE in struck:
            raise Failed(int(struck[Kind.REFUSE].value))
        return self.device.execute(job.kind, job.document)

    def _await_mechanism(self) -> None:
        with self._changed:
            while self.device.mechanism and not self._stopped.is_set():
                self._changed.wait(_TICK_S)
        if self._stopped.is_set():
            raise _Dead

    # Faults

    def _disturb(self, struck: dict[Kind, Fault]) -> None:
        for kind in struck.keys() & _PAPER_FAULTS.keys():
            self.set_mechanism(_PAPER_FAULTS[kind])
        if Kind.SLOW in struck:
            self._stopped.wait(struck[Kind.SLOW].value)

    def _fail_if(self, kind: Kind, struck: dict[Kind, Fault]) -> None:
        if kind in struck:
            self.die()
            raise _Dead
