from __future__ import annotations

import contextlib
import os
import termios
import time

import pytest
import serial

from drivers.posnet.frame import Scanner, encode
from hw_emulator.pty_line import PtyLine
from tests.hw_emulator.conftest import read_command


def ask(port: serial.Serial, text: str):
    port.write(encode(read_command(text)))
    (answer,) = Scanner().feed(port.read_until(b"\x03"))
    return answer


def test_a_client_may_come_and_go_in_the_middle_of_a_receipt(serve):
    printer = serve(pty=True)
    for text in ("trinit|bm1", "trline|naKawa|vt0|pr100", "trend"):
        with serial.Serial(printer.pty, 9600, timeout=5) as port:
            assert ask(port, text).error is None
    assert printer.device.books.day.receipts == 1


def test_half_a_frame_of_a_client_that_left_harms_nobody(serve):
    printer = serve(pty=True)
    with serial.Serial(printer.pty, timeout=5) as port:
        port.write(b"\x02trinit\tbm")
        port.flush()
    with serial.Serial(printer.pty, timeout=5) as port:
        assert ask(port, "scomm").get("ts") == "0"


def test_the_line_is_raw():
    line = PtyLine(lambda send, _interface: send)
    line.start()
    end = os.open(line.path, os.O_RDWR | os.O_NOCTTY)
    local_flags = termios.tcgetattr(end)[3]
    assert not local_flags & (termios.ECHO | termios.ICANON | termios.ISIG)
    os.write(end, b"\x03\x04\r\n\x11\x13")
    read = b""
    while len(read) < 6:
        read += os.read(end, 100)
    assert read == b"\x03\x04\r\n\x11\x13"
    os.close(end)
    line.stop()


def test_a_symlink_is_made_replaced_and_removed(tmp_path):
    link = tmp_path / "printer"
    link.symlink_to("/dev/null")
    line = PtyLine(lambda send, _interface: send, link)
    assert line.path == str(link)
    assert str(link.readlink()).startswith("/dev/")
    line.start()
    line.stop()
    assert not link.is_symlink()


def test_a_file_of_that_name_is_not_touched(tmp_path):
    path = tmp_path / "printer"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        PtyLine(lambda send, _interface: send, path)
    assert path.read_text() == "mine"


def test_nobody_reading_does_not_stop_the_printer(serve, connect):
    printer = serve(pty=True, tcp=0)
    port = serial.Serial(printer.pty, timeout=5, write_timeout=5)
    for _ in range(4):
        port.write(encode(read_command("stot")) * 60)
    client = connect(printer.tcp)
    client.socket.settimeout(10)
    assert client.ask("scnt").error is None
    port.close()


def _tenfold(send, _interface):
    return lambda data: send(data * 10)


def test_both_directions_are_paced():
    sleeps: list[float] = []
    clock = iter(range(10**6))
    line = PtyLine(_tenfold, baud=960_000)
    for pace in (line._pace_in, line._pace_out):
        pace.clock = lambda: next(clock) * 1e-9
        pace.sleep = sleeps.append
    line.start()
    with serial.Serial(line.path, timeout=5) as port:
        port.write(b"x" * 960)
        assert len(port.read(9600)) == 9600
    line.stop()
    # 960 bytes in and 9600 out at 96,000 bytes a second: 10 and 100 ms.
    assert max(sleeps) == pytest.approx(0.1, rel=0.05)
    assert any(wait == pytest.approx(0.01, rel=0.05) for wait in sleeps)


@pytest.fixture
def make_line():
    lines = []

    def make(*args, **options):
        lines.append(
            PtyLine(lambda send, _interface: lambda data: send(data.upper()), *args, **options)
        )
        lines[-1].start()
        return lines[-1]

    yield make
    for line in lines:
        line.stop()


def test_a_device_with_a_symlink_vanishes_and_comes_back_behind_it(make_line, tmp_path):
    line = make_line(tmp_path / "printer")
    with serial.Serial(line.path, timeout=5) as port:
        port.write(b"a")
        assert port.read(1) == b"A"
        line.down()
        with pytest.raises((OSError, termios.error)):
            port.in_waiting  # noqa: B018 - reading it asks the device
    assert not (tmp_path / "printer").is_symlink()
    line.up()
    with serial.Serial(line.path, timeout=5) as port:
        port.write(b"b")
        assert port.read(1) == b"B"


def test_a_device_without_one_falls_silent(make_line):
    line = make_line()
    with serial.Serial(line.path, timeout=0.2) as port:
        line.down()
        port.write(b"a")
        assert port.read(1) == b""
        line.up()
        port.timeout = 5
        port.write(b"b")
        assert port.read(1) == b"B"


def test_a_pulled_plug_is_seen_by_who_has_it_open(tmp_path):
    line = PtyLine(lambda send, _interface: lambda _data: send.hang_up(), tmp_path / "printer")
    line.start()
    end = os.open(line.path, os.O_RDWR | os.O_NOCTTY)
    os.write(end, b"a")
    # Who is reading gets an error, who begins to read an end.
    with contextlib.suppress(OSError):
        assert os.read(end, 1) == b""
    os.close(end)
    # It is back in no time, under the same name.
    until_s = time.monotonic() + 5
    while not (tmp_path / "printer").exists():
        assert time.monotonic() < until_s
    with serial.Serial(line.path):
        pass
    line.stop()


def test_a_stopped_line_may_be_used_no_more(make_line):
    line = make_line()
    line.stop()
    line.stop()
    line.send(b"nobody")
    line.replug()
