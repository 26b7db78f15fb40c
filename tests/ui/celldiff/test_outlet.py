from __future__ import annotations

import os
import select
import threading
import time
import tty

import pytest

from tests.ui.celldiff.display import Display
from ui.celldiff import outlet as outlet_module
from ui.celldiff.outlet import Outlet
from ui.celldiff.picture import picture
from ui.widgets import row

WAIT_S = 20.0


class Line:
    """A terminal line; what is sent over it appears on ``display`` when somebody reads."""

    def __init__(self) -> None:
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.is_lost = threading.Event()
        self.outlet = Outlet(self.slave, "utf-8", b"\x1b[?7l", b"\x1b[Hbye", self.is_lost.set)
        self.outlet.start()
        self.display = Display()
        self.count = 0

    def read(self) -> bytes:
        if not select.select([self.master], [], [], 0.01)[0]:
            return b""
        data = os.read(self.master, 65536)
        self.count += len(data)
        self.display.feed(data)
        return data

    def until(self, condition) -> None:
        end_s = time.monotonic() + WAIT_S
        while not condition():
            self.read()
            assert time.monotonic() < end_s, self.display.lines

    def close(self) -> None:
        if self.master >= 0:
            os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def line():
    one = Line()
    yield one
    one.outlet.stop()
    one.close()


def shot(sign: str, theme: str = "normal"):
    return picture([row.row(80, (sign * 80, row.TEXT))] * 25, 80, theme)


def test_a_picture_is_shown(line):
    line.outlet.show(shot("a"))
    line.until(lambda: line.display.lines == ["a" * 80] * 25)


def test_who_does_not_read_for_a_while_gets_the_newest_picture_and_not_the_old_ones(line):
    shown = 200
    for number in range(shown):
        line.outlet.show(shot("abcdefg"[number % 7]))
        time.sleep(0.001)
    line.outlet.show(shot("z"))
    line.until(lambda: line.display.lines == ["z" * 80] * 25)
    # The kernel's buffer holds a few pictures of 2 KB; two hundred of them would be 400.
    assert line.count < 80 * 25 * 20


def test_no_row_is_sent_before_the_line_has_carried_the_last(line, monkeypatch):
    carried = threading.Semaphore(0)
    monkeypatch.setattr(outlet_module.termios, "tcdrain", lambda _: carried.acquire())
    line.outlet.show(shot("a"))
    # Perhaps the greeting, the empty screen, and then a row or two.
    for _ in range(3):
        carried.release()
    line.until(lambda: line.display.lines[0] == "a" * 80)
    line.outlet.show(shot("b"))
    assert line.display.lines[5] == " " * 80
    for _ in range(100):
        carried.release()
    line.until(lambda: line.display.lines == ["b" * 80] * 25)
    assert "a" not in "".join(line.display.lines)
    assert line.count < (25 + 5) * 80 + 200


def test_showing_never_waits_for_the_line(line):
    # Nobody reads: the thread that writes is stuck, this one is not.
    for number in range(1000):
        line.outlet.show(shot("ab"[number % 2]))
    assert line.outlet.is_alive()


def test_a_sound_goes_out_and_sounds_do_not_pile_up(line):
    line.outlet.show(shot("a"))
    line.until(lambda: line.display.lines == ["a" * 80] * 25)
    line.outlet.ring(b"\a")
    end_s = time.monotonic() + WAIT_S
    while b"\a" not in line.read():
        assert time.monotonic() < end_s


def test_all_is_sent_again_when_somebody_asks(line):
    line.outlet.show(shot("a"))
    line.until(lambda: line.display.lines == ["a" * 80] * 25)
    line.display.resize(80, 25)
    assert line.display.lines != ["a" * 80] * 25
    line.outlet.redraw()
    line.until(lambda: line.display.lines == ["a" * 80] * 25)


def test_the_end_is_said(line):
    line.outlet.show(shot("a"))
    ending = threading.Thread(target=line.outlet.stop)
    ending.start()
    line.until(lambda: "bye" in "".join(line.display.lines))
    ending.join(WAIT_S)
    assert not line.outlet.is_alive()
    assert not line.is_lost.is_set()


def test_a_line_that_is_gone_is_told_once(line):
    os.close(line.master)
    line.master = -1
    line.outlet.show(shot("a"))
    assert line.is_lost.wait(WAIT_S)
    line.outlet.join(WAIT_S)
    assert not line.outlet.is_alive()


def test_a_line_that_takes_nothing_does_not_keep_the_program(line, monkeypatch):
    monkeypatch.setattr(outlet_module, "_END_S", 0.05)
    for number in range(50):
        line.outlet.show(shot("ab"[number % 2]))
        time.sleep(0.001)
    line.outlet.stop()
    assert line.outlet.daemon
    # It goes on, and nobody minds.
    line.until(lambda: not line.outlet.is_alive())
