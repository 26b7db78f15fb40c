"""What both kinds of line owe a device: its bytes in order, its answers back, and an end."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import serial

from hw_emulator.escpos.device import EscPosPrinter
from hw_emulator.paper import Paper
from hw_emulator.pty_line import PtyLine
from hw_emulator.tcp_line import TcpLine

if TYPE_CHECKING:
    from hw_emulator.lines import Line, Worker


def echo(send, _interface):
    return lambda data: send(data.upper())


def open_line(kind: str) -> tuple[Line, str]:
    if kind == "pty":
        line = PtyLine(echo)
        return line, line.path
    line = TcpLine(echo, "127.0.0.1", 0)
    return line, f"socket://{line.host}:{line.port}"


@pytest.mark.parametrize("kind", ["pty", "tcp"])
def test_bytes_go_in_and_come_back(kind):
    line, url = open_line(kind)
    line.start()
    with serial.serial_for_url(url, timeout=5) as port:
        for text in (b"abc", b"x" * 3000):
            port.write(text)
            assert port.read(len(text)) == text.upper()
    line.stop()


@pytest.mark.parametrize("kind", ["pty", "tcp"])
def test_a_line_that_stopped_leaves_no_thread(kind):
    before = threading.active_count()
    line, _ = open_line(kind)
    line.start()
    line.stop()
    for thread in threading.enumerate():
        if thread.name in {"pty", "tcp listener"}:
            thread.join(5)
    assert threading.active_count() <= before


def test_a_receipt_printer_is_a_worker():
    worker: Worker = EscPosPrinter(Paper())
    worker.start()
    answers = []
    worker.connect(answers.append, 1)(b"\x10\x04\x01")
    worker.stop()
    assert answers == [b"\x16"]
