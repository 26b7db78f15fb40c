"""A printer on the bench: commands as text, ``trline|naMleko|vt1|pr349``, through real frames."""

from __future__ import annotations

import socket
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from drivers.posnet.frame import Frame, Malformed, Scanner, encode
from hw_emulator.paper import Paper
from hw_emulator.posnet.device import Device
from hw_emulator.posnet.memory import FiscalMemory

DEADLINE_S = 5.0


def read_command(text: str) -> Frame:
    mnemonic, *parts = text.split("|")
    token = next((part[1:] for part in parts if part.startswith("@")), None)
    fields = tuple((part[:2], part[2:]) for part in parts if not part.startswith("@"))
    return Frame(mnemonic.removeprefix("!"), fields, token, immediate=mnemonic.startswith("!"))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))

    def __call__(self) -> datetime:
        return self.at


class Bench:
    """A device without threads; every command and answer passes the wire's encoding."""

    def __init__(self, **options) -> None:
        self.clock = options.pop("now", None) or Clock()
        self.memory = options.pop("memory", None) or FiscalMemory()
        self.device = Device(self.memory, Paper(), now=self.clock, **options)

    @property
    def printed(self) -> str:
        return self.device.paper.text

    @property
    def today(self) -> str:
        return self.device.clock().date().isoformat()

    def raw(self, text: str, interface: int = 1) -> Frame:
        (frame,) = Scanner().feed(encode(read_command(text)))
        (answer,) = Scanner(strict=True).feed(encode(self.device.execute(frame, interface)))
        assert isinstance(answer, Frame)
        return answer

    def ask(self, text: str, interface: int = 1) -> dict[str, str]:
        """Fields of an answer that must be no refusal."""
        answer = self.raw(text, interface)
        assert answer.error is None, f"{text} → {answer}"
        assert answer.mnemonic == text.split("|", maxsplit=1)[0]
        return dict(answer.fields)

    def error(self, text: str, interface: int = 1) -> int | None:
        return self.raw(text, interface).error

    def run(self, *texts: str) -> None:
        for text in texts:
            self.ask(text)

    def run_on(self, interface: int, *texts: str) -> None:
        for text in texts:
            self.ask(text, interface)

    def sell(self, *lines: str) -> None:
        """One receipt of the given lines, or of one for 1.00 at rate A, paid in cash."""
        self.run("trinit|bm1", *(lines or ("trline|naKawa|vt0|pr100",)), "trend")

    def report(self) -> None:
        self.ask(f"dailyrep|da{self.today}")

    def totals(self) -> list[int]:
        answer = self.ask("strns")
        return [int(answer["v" + letter]) for letter in "abcdefg"]


class Client:
    """A client on TCP, in a few lines of its own: not the driver of the terminal."""

    def __init__(self, address: str) -> None:
        host, port = address.split(":")
        self.socket = socket.create_connection((host, int(port)), DEADLINE_S)
        self.scanner = Scanner()
        self.waiting: list[Frame | Malformed] = []

    def send(self, text: str) -> None:
        self.socket.sendall(encode(read_command(text)))

    def receive(self) -> Frame:
        """The next answer; raises TimeoutError, EOFError."""
        while not self.waiting:
            data = self.socket.recv(4096)
            if not data:
                raise EOFError
            self.waiting += self.scanner.feed(data)
        answer = self.waiting.pop(0)
        assert isinstance(answer, Frame), answer
        return answer

    def ask(self, text: str) -> Frame:
        self.send(text)
        return self.receive()

    def is_silent(self, timeout_s: float = 0.15) -> bool:
        self.socket.settimeout(timeout_s)
        try:
            self.waiting.append(self.receive())
        except TimeoutError:
            return True
        finally:
            self.socket.settimeout(DEADLINE_S)
        return False

    def close(self) -> None:
        self.socket.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def make_bench():
    return Bench


@pytest.fixture
def read():
    return read_command


@pytest.fixture
def connect():
    clients = []

    def make(address: str) -> Client:
        clients.append(Client(address))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def serve():
    """Start printers; whatever was started is stopped."""
    from hw_emulator.host import start_posnet  # noqa: PLC0415 - only who serves pays for it

    started = []

    def start(*args, **options):
        started.append(start_posnet(*args, **options))
        return started[-1]

    yield start
    for running in started:
        running.stop()
