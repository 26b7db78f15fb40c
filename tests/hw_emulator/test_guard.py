from __future__ import annotations

import socket

import pytest

from hw_emulator.faults import Faults
from hw_emulator.guard import guard
from hw_emulator.later import Later
from hw_emulator.tcp_line import TcpLine


class Scale:
    """Answers each question, and sends what it likes when it likes."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.send = None

    def connect(self, send, _interface):
        self.send = send

        def feed(data: bytes) -> None:
            self.heard.append(data)
            send(data.upper())

        return feed


@pytest.fixture
def stage():
    scale, got, faults = Scale(), [], Faults()
    feed = guard(scale.connect, faults, Later())(got.append, 1)
    return scale, got, faults, feed


def test_commands_and_answers_pass_the_faults(stage):
    scale, got, faults, feed = stage
    for spec in ("lose:*:1", "cut-request:*:2:1", "drop:*:3", "garble:*:4:0.5"):
        faults.add(spec)
    for text in (b"ab", b"cd", b"ef", b"gh", b"ij"):
        feed(text)
    assert scale.heard == [b"ab", b"c", b"gh", b"ij"]
    assert got == [b"C", b"gH", b"IJ"]


def test_what_a_device_sends_of_its_own_accord_counts_too(stage):
    scale, got, faults, feed = stage
    faults.add("lose:*:2")
    for weight in (b"1", b"2", b"3"):
        scale.send(weight)
    feed(b"z")
    assert got == [b"1", b"3", b"Z"]
    assert faults.strikes()[0] == 1


def test_the_plug_of_a_real_line_is_pulled():
    faults = Faults()
    faults.add("unplug:*:1:1")
    line = TcpLine(guard(Scale().connect, faults, Later()), "127.0.0.1", 0)
    line.start()
    with socket.create_connection((line.host, line.port), 5) as end:
        end.sendall(b"abc")
        assert end.recv(9) == b"A"
        assert end.recv(9) == b""
    line.stop()
