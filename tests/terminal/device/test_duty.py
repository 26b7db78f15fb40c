from __future__ import annotations

import socket
import threading
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from terminal.device.duty import Duty
from terminal.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT_S = 30.0


class Supervised:
    """A till's duty under a supervisor that waits half a second for each word."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.heard.bind(str(folder / "notify"))
        self.heard.settimeout(WAIT_S)
        monkeypatch.setenv("NOTIFY_SOCKET", str(folder / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "500000")
        self.engine = Engine("engine")
        self.done: list[str] = []
        till = SimpleNamespace(
            space=SimpleNamespace(look=lambda: self.done.append("space")),
            safe=SimpleNamespace(start=lambda: self.done.append("safe")),
        )
        self.duty = Duty(SimpleNamespace(engine=self.engine, terminal="T1"), till)
        self._screen = threading.Event()
        self._beats = threading.Thread(target=self._beat, daemon=True)

    def _beat(self) -> None:
        while not self._screen.wait(0.05):
            self.duty.screen_lives()

    def start_screen(self) -> None:
        self._beats.start()

    def stop_screen(self) -> None:
        self._screen.set()
        self._beats.join(WAIT_S)

    def wait_for(self, line: bytes) -> None:
        while self.heard.recv(200) != line:
            pass

    def falls_silent(self) -> bool:
        """Whether there comes a second without a word."""
        self.heard.settimeout(1.0)
        deadline = time.monotonic() + WAIT_S
        try:
            while time.monotonic() < deadline:
                self.heard.recv(200)
        except TimeoutError:
            return True
        return False


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervised]:
    supervised = Supervised(tmp_path, monkeypatch)
    supervised.duty.start()
    yield supervised
    supervised.duty.stop()
    supervised.engine.stop()
    supervised.heard.close()


def test_a_till_is_ready_when_its_screen_is_and_lives_on(one: Supervised) -> None:
    assert one.done == ["space", "safe"]
    one.start_screen()
    one.wait_for(b"READY=1")
    assert one.heard.recv(200).startswith(b"STATUS=T1 sells")
    one.wait_for(b"WATCHDOG=1")
    one.wait_for(b"WATCHDOG=1")
    one.stop_screen()


def test_a_hung_engine_is_not_told_to_live(one: Supervised) -> None:
    one.start_screen()
    one.wait_for(b"WATCHDOG=1")
    hangs = threading.Event()
    one.engine.call(hangs.wait)
    assert one.falls_silent()
    hangs.set()
    one.heard.settimeout(WAIT_S)
    one.wait_for(b"WATCHDOG=1")
    one.stop_screen()


def test_a_hung_screen_is_not_told_to_live(one: Supervised) -> None:
    one.start_screen()
    one.wait_for(b"WATCHDOG=1")
    one.stop_screen()
    assert one.falls_silent()
