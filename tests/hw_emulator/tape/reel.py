"""Tapes made by hand, and tapes of an emulated printer that has faults."""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from drivers.posnet.frame import Frame, encode
from drivers.tape_file import Header, Kind, Passage, dump
from hw_emulator.posnet.model import start_posnet

NOON_S = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Europe/Warsaw")).timestamp()
SALE = ("trinit|bm1", "trline|naMleko|vt0|pr349", "trpayment|ty0|wa349", "trend|to349")
QUESTIONS = ("sid", "scomm", "vatget", "scnt", "stot", "strns")


def read_frame(text: str) -> Frame:
    """``trline@5|naMleko|vt1``; ``!sprn``; ``trend@5|?2006``."""
    head, *parts = text.split("|")
    name, _, token = head.partition("@")
    error = next((int(part[1:]) for part in parts if part.startswith("?")), None)
    fields = tuple((part[:2], part[2:]) for part in parts if not part.startswith("?"))
    return Frame(
        name.removeprefix("!"), fields, token or None, error, immediate=name.startswith("!")
    )


class Reel:
    """A tape that is being made; every entry comes a hundredth of a second after the last."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.at_s = 100.0
        self.open()

    @property
    def wall_s(self) -> float:
        return NOON_S + self.at_s - 100.0

    def wait(self, seconds: float) -> None:
        self.at_s += seconds

    def put(self, kind: Kind, data: bytes) -> None:
        self.wait(0.01)
        self.passages.append(Passage(self.at_s, self.wall_s, kind, data))

    def open(self) -> None:
        self.put(Kind.OPEN, b"")

    def close(self) -> None:
        self.put(Kind.CLOSE, b"")

    def error(self, text: str = "gone") -> None:
        self.put(Kind.ERROR, text.encode())

    def ours(self, *texts: str) -> None:
        for text in texts:
            self.put(Kind.OUT, encode(read_frame(text)))

    def theirs(self, *texts: str) -> None:
        for text in texts:
            self.put(Kind.IN, encode(read_frame(text)))

    def noise(self, data: bytes) -> None:
        self.put(Kind.IN, data)

    def text(self, protocol: str = "posnet", device: str = "printer") -> str:
        header = Header(device, protocol, saved="2026-03-02T12:00:00+01:00", why="test")
        return "".join(dump(header, self.passages))


class Session(Reel):
    """The tape of a talk with an emulated printer; commands get tokens, one after the other."""

    def __init__(self, memory=None, **options) -> None:
        super().__init__()
        self.token = 0
        self._options = {"now": self._now} | options
        self._memory = memory
        self.switch_on()

    def _now(self) -> datetime:
        return datetime.fromtimestamp(int(self.wall_s), ZoneInfo("Europe/Warsaw"))

    def switch_on(self, **options) -> None:
        self.printer = start_posnet(self._memory, **(self._options | options))
        self.connect()

    def connect(self) -> None:
        self._feed = self.printer.station.connect(self._hear, 1)

    def _hear(self, data: bytes) -> None:
        self.put(Kind.IN, data)

    def say(self, text: str) -> None:
        """Send a command with the next token and wait until it is done or stuck."""
        name, *fields = text.split("|")
        if not name.startswith("!") and "@" not in name:
            self.token += 1
            name = f"{name}@{self.token:04d}"
        frame = encode(read_frame("|".join([name, *fields])))
        self.put(Kind.OUT, frame)
        self._feed(frame)
        self.settle()

    def settle(self) -> None:
        end_s = time.monotonic() + 20
        while not (self.printer.station.is_idle or self.printer.died.is_set()):
            if self.printer.device.waiting is not None:
                return
            assert time.monotonic() < end_s
            time.sleep(0.001)

    def all(self, *texts: str) -> None:
        for text in texts:
            self.say(text)

    def again(self) -> None:
        """Ask for the last answer, as after a silence."""
        self.wait(3.0)
        self.say(f"rpt@{self.token:04d}")

    def release(self, do) -> None:
        """End a wait for paper or a key."""
        do()
        end_s = time.monotonic() + 20
        while self.printer.device.waiting is not None and time.monotonic() < end_s:
            time.sleep(0.001)
        self.settle()

    def stop(self) -> None:
        self.printer.stop()
