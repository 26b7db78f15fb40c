"""An ESC/POS receipt printer: bytes → paper, sensors → answers. No lines.

Commands that a printer obeys as they come are answered at once; everything else waits in the
receive buffer for its turn. Without paper, with the cover open or after a fault nothing is printed,
but what came is kept and comes out when all is well again, as from a real printer.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hw_emulator.escpos import commands, images, symbols
from hw_emulator.escpos.code_pages import EPSON, FAMILIES
from hw_emulator.escpos.intake import BUFFER_BYTES, Flow, Intake, size_of
from hw_emulator.escpos.press import LINE_DOTS, Press
from hw_emulator.escpos.roll import Roll
from hw_emulator.escpos.sensors import Sensors
from hw_emulator.escpos.troubles import SENSORS, Kind, Trouble, Troubles

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.escpos.parser import Op
    from hw_emulator.escpos.realtime import Request
    from hw_emulator.paper import Paper

COLUMNS = 48
_CLEARED = b"\x37\x25\x00"
_MODELS = {1: b"\x20", 2: b"\x02", 3: b"\x01"}
_TEXTS = {65: b"_1.00\0", 66: b"_KASO\0", 67: b"_EMULATOR\0", 68: b"_0001\0"}
_GO_ON, _GIVE_UP = 1, 2
_TICK_S = 0.2
_CLIENTS_MAX = 16
_COMMANDS = commands.COMMANDS | images.COMMANDS | symbols.COMMANDS


@dataclass(slots=True)
class EscPosPrinter:
    """One printer; any number of clients. Sensors may be set at any moment with ``set_sensors``.

    ``family`` names its code pages, ``flow`` what its full buffer does; it prints
    ``lines_per_s``, 0 is at once. Cheap ones neither ``can_clear`` their buffers (DLE DC4 8) nor
    ``can_confirm`` that they have printed (GS r).
    """

    paper: Paper
    columns: int = COLUMNS
    family: str = EPSON
    flow: Flow = Flow.HOLD
    buffer_bytes: int = BUFFER_BYTES
    lines_per_s: float = 0.0
    can_clear: bool = True
    can_confirm: bool = True
    sensors: Sensors = field(default_factory=Sensors)
    troubles: Troubles = field(default_factory=Troubles)
    lost: int = 0
    roll: Roll = field(init=False)
    press: Press = field(init=False)
    _intakes: list[Intake] = field(default_factory=list)
    _report_mask: int = 0
    _reporter: Intake | None = None
    _dead_until_s: float = 0.0
    _is_stopped: bool = False
    _answers: deque[tuple[Callable[[bytes], None], bytes]] = field(default_factory=deque)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _answering: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.roll = Roll(self.paper, self.columns)
        self.press = Press(self.roll, self.columns, FAMILIES[self.family])

    def start(self) -> None:
        """Nothing to start unless it prints at a speed: whoever brings bytes carries them out."""
        if self.lines_per_s:
            threading.Thread(target=self._print_slowly, name="receipt printer", daemon=True).start()

    def stop(self) -> None:
        """Let nobody wait for it any more."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    @property
    def is_ready(self) -> bool:
        """Whether it prints."""
        return self.sensors.is_ready

    @property
    def paper_out(self) -> bool:
        """Whether the roll has ended."""
        return self.sensors.paper_out

    @property
    def paper_low(self) -> bool:
        """Whether the roll is about to end."""
        return self.sensors.paper_low

    @property
    def cover_open(self) -> bool:
        """Whether the cover is open."""
        return self.sensors.cover_open

    @property
    def drawer_pulses(self) -> int:
        """How often the drawer was kicked; ``press.pulses`` tells how."""
        return len(self.press.pulses)

    @property
    def cuts(self) -> int:
        """How often paper was cut."""
        return self.press.cuts

    def connect(self, send: Callable[[bytes], None], _interface: int) -> Callable[[bytes], None]:
        """Take a client; give the function that takes its bytes."""
        intake = Intake(
            lambda data: self._answers.append((send, data)), self.flow, self.buffer_bytes
        )

        def feed(data: bytes) -> None:
            for part, request in intake.watcher.split(data):
                with self._changed:
                    self._take(intake, part, request)
                self._flush()

        return feed

    def set_sensors(self, **changes: bool | None) -> None:
        """Change sensors (None: as it is); what was kept is printed once all is well.

        Raises TypeError for a sensor that there is not.
        """
        with self._changed:
            self._set(**changes)
            self._work()
            self._changed.notify_all()
        self._flush()

    def add_trouble(self, spec: str) -> None:
        """Let something go wrong later, or now; raises ValueError."""
        with self._changed:
            self.troubles.add(spec)

    def cut_power(self, dead_s: float = 0.0) -> None:
        """Buffers and settings are gone; for ``dead_s`` nothing is heard, and nothing answered."""
        with self._changed:
            self._cut_power(dead_s)
            self._changed.notify_all()

    # --- with the lock held ----------------------------------------------------------------------

    def _take(self, intake: Intake, part: bytes, request: Request | None) -> None:
        if self._is_dead:
            return
        if not any(known is intake for known in self._intakes):
            self._intakes = [*self._intakes, intake][-_CLIENTS_MAX:]
        before = intake.lost
        while (part := intake.put(part)) and not self._is_stopped:
            if not self._work():
                self._changed.wait(_TICK_S)
        self.lost += intake.lost - before
        self._work()
        if request:
            self._obey(intake, request)
            self._work()
        self._changed.notify_all()

    @property
    def _is_dead(self) -> bool:
        return time.monotonic() < self._dead_until_s

    def _work(self) -> bool:
        """Carry out what can be; gives whether anything was. A slow printer does it by itself."""
        has_worked = False
        while not self.lines_per_s and self._step():
            has_worked = True
        return has_worked

    def _step(self) -> bool:
        """Carry out one operation, or let troubles strike."""
        if not self.is_ready or self._is_dead:
            return False
        intake = next((intake for intake in self._intakes if intake.peek()), None)
        op = intake.peek() if intake else None
        if intake is None or op is None:
            return False
        struck = self.troubles.before(size_of(op))
        for trouble in struck:
            self._strike(trouble)
        if struck:
            return True
        self.troubles.passed(size_of(op))
        intake.drop()
        self._carry_out(intake, op)
        return True

    def _carry_out(self, intake: Intake, op: Op) -> None:
        match op.name:
            case "GS r" if self.can_confirm:
                self._answer(intake, self._in_turn(op.data[0]))
            case "GS I":
                self._answer(intake, _TEXTS.get(op.data[0]) or _MODELS.get(op.data[0] % 48, b""))
            case "GS a":
                self._report_mask, self._reporter = op.data[0], intake
                if op.data[0]:
                    intake.send(self.sensors.report())
            case name if name in _COMMANDS:
                pulses = self.drawer_pulses
                _COMMANDS[name](self.press, op.data)
                if op.name == "ESC @":
                    self._report_mask = 0
                self._set(
                    stops_when_low=self.press.modes.stops_when_low,
                    drawer_open=True if self.drawer_pulses > pulses else None,
                )

    def _in_turn(self, kind: int) -> bytes:
        return {1: self.sensors.paper(), 2: self.sensors.drawer()}.get(kind % 48, b"\0")

    def _obey(self, intake: Intake, request: Request) -> None:
        match request.name:
            case "status":
                self._answer(intake, self.sensors.answer(request.data[0]))
            case "pulse":
                pulses = self.drawer_pulses
                commands.real_time_pulse(self.press, request.data)
                self._set(drawer_open=True if self.drawer_pulses > pulses else None)
            case "clear" if self.can_clear:
                self._clear()
                self._answer(intake, _CLEARED)
            case "recover" if request.data[0] in {_GO_ON, _GIVE_UP} and self.sensors.cutter_failed:
                if request.data[0] == _GIVE_UP:
                    self._clear()
                self._set(cutter_failed=False)

    def _answer(self, intake: Intake, answer: bytes) -> None:
        if not answer:
            return
        answer, delay_s = self.troubles.answered(answer)
        if delay_s:
            timer = threading.Timer(delay_s, self._answer_late, (intake, answer))
            timer.daemon = True
            timer.start()
        elif answer:
            intake.send(answer)

    def _answer_late(self, intake: Intake, answer: bytes) -> None:
        intake.send(answer)
        self._flush()

    def _set(self, **changes: bool | None) -> None:
        before, self.sensors = self.sensors, self.sensors.changed(**changes)
        if self._reporter and self.sensors.differs(before, self._report_mask):
            self._reporter.send(self.sensors.report())

    def _strike(self, trouble: Trouble) -> None:
        if trouble.kind is Kind.POWER:
            self._cut_power(trouble.number)
        else:
            self._set(**{SENSORS[trouble.kind]: True})

    def _clear(self) -> None:
        for intake in self._intakes:
            intake.clear()
        self.press.drop_line()

    def _cut_power(self, dead_s: float) -> None:
        self._clear()
        self.press.reset()
        self._report_mask = 0
        self._dead_until_s = time.monotonic() + dead_s
        self._set(stops_when_low=False, overheated=False, cutter_failed=False)

    # --- without it ------------------------------------------------------------------------------

    def _flush(self) -> None:
        with self._answering:
            while self._answers:
                send, data = self._answers.popleft()
                send(data)

    def _print_slowly(self) -> None:
        while not self._is_stopped:
            with self._changed:
                before = self.roll.dots
                if not self._step():
                    self._changed.wait(_TICK_S)
                self._changed.notify_all()
                took_s = (self.roll.dots - before) / LINE_DOTS / self.lines_per_s
            self._flush()
            if took_s:
                time.sleep(took_s)
