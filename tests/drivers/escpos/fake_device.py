"""A receipt printer and the line to it, on a clock of its own; what happens is told beforehand."""

from __future__ import annotations

from drivers.link import LinkLost

FINE = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
LOW = FINE | {4: 0x1E}
NO_PAPER = {1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x72}
COVER = {1: 0x1A, 2: 0x16, 3: 0x12, 4: 0x12}
CUTTER = {1: 0x1A, 2: 0x52, 3: 0x1A, 4: 0x12}
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"


class Device:
    """``sensors`` by number of the question; ``script`` changes them when so many chunks came."""

    def __init__(self) -> None:
        self.sensors: dict[int, int] | None = FINE
        self.script: dict[int, dict[int, int] | None] = {}
        self.confirms = True
        self.clears = True
        self.printed = b""
        self.written: list[bytes] = []
        self.chunks: list[int] = []
        self.waiting = b""
        self.break_at = -1
        self.may_have_sent = False
        self.is_broken = False
        self.opened = 0
        self.closed = 0
        self.now_s = 0.0
        self.later: list[tuple[float, dict[int, int]]] = []
        self._unconfirmed = 0

    def open_link(self) -> Device:
        self.opened += 1
        self.is_broken = False
        return self

    def monotonic(self) -> float:
        return self.now_s

    def answer(self, data: bytes) -> None:
        self.waiting += data

    def write(self, data: bytes) -> None:
        if self.is_broken:
            self.fail(may_have_sent=False)
        self.written.append(data)
        if data[:2] == b"\x10\x04":
            if self.sensors:
                self.answer(bytes([self.sensors[data[2]]]))
        elif data == b"\x1dr\x01":
            self._unconfirmed += self.confirms
            self.go_on()
        elif data.endswith(CLEAR):
            self._unconfirmed = 0
            self.answer(b"\x37\x25\x00" if self.clears else b"")
        elif data.strip(b"\x00") and not data.startswith(b"\x1da"):
            self.print(data)

    def print(self, data: bytes) -> None:
        if self.break_at == len(self.chunks):
            self.is_broken = True
            self.fail(may_have_sent=self.may_have_sent)
        self.chunks.append(len(data))
        self.printed += data
        self.sensors = self.script.get(len(self.chunks), self.sensors)

    def go_on(self) -> None:
        """Confirm what was asked for, when nothing is in the way."""
        if self.sensors and not self.sensors[1] & 0x08:
            self.answer(b"\x00" * self._unconfirmed)
            self._unconfirmed = 0

    def read(self, timeout_s: float) -> bytes:
        if self.is_broken:
            self.fail(may_have_sent=True)
        data, self.waiting = self.waiting, b""
        if not data:
            self.now_s += timeout_s
            for at_s, sensors in [event for event in self.later if event[0] <= self.now_s]:
                self.later.remove((at_s, sensors))
                self.sensors = sensors
                self.go_on()
        return data

    def fail(self, *, may_have_sent: bool) -> None:
        reason = "gone"
        raise LinkLost(reason, may_have_sent=may_have_sent)

    def drain(self) -> None:
        self.waiting = b""

    def close(self) -> None:
        self.closed += 1
