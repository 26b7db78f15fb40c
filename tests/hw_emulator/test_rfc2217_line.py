"""Modem lines and flow control, seen from pyserial's client and from the driver's link."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import pytest
import serial

from drivers.link import LinkLost, open_link
from drivers.posnet.frame import Scanner, encode
from hw_emulator.rfc2217_line import Rfc2217Line
from tests.hw_emulator.conftest import read_command

# pyserial's client still names its thread the old way.
pytestmark = pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")
DEADLINE_S = 10.0


def echo(send, _interface):
    return lambda data: send(data.upper())


@pytest.fixture
def make_line():
    lines = []

    def make(connect=echo, **options):
        lines.append(Rfc2217Line(connect, "127.0.0.1", 0, **options))
        lines[-1].start()
        return lines[-1]

    yield make
    for line in lines:
        line.stop()


@pytest.fixture
def line(make_line):
    return make_line()


def dial(line: Rfc2217Line, query: str = "", **options) -> serial.SerialBase:
    options = {"timeout": DEADLINE_S, **options}
    return serial.serial_for_url(f"rfc2217://{line.host}:{line.port}{query}", 115200, **options)


def until(condition) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        threading.Event().wait(0.005)


def is_lost(read, error: type[Exception]) -> bool:
    try:
        read()
    except error:
        return True
    return False


def is_silent(port) -> bool:
    port.timeout = 0.2
    try:
        return port.read(1) == b""
    finally:
        port.timeout = DEADLINE_S


def test_bytes_pass_both_ways_also_those_telnet_knows(line):
    with dial(line) as port:
        for data in (b"hello", bytes(range(256)), b"\xff" * 9):
            port.write(data)
            assert port.read(len(data)) == data.upper()


def test_settings_and_lines_of_the_client_are_seen(line):
    with dial(line, bytesize=7, parity="E", stopbits=2) as port:
        port.dtr = False
        until(lambda: not line.modem.dtr)
        port.dtr = True
        port.break_condition = True
        until(lambda: line.modem.dtr and line.modem.break_condition)
        told = line.modem.told()
    assert (told["baudrate"], told["bytesize"], told["parity"], told["stopbits"]) == (
        115200,
        7,
        "E",
        2,
    )
    assert told["rts"]


def test_lines_of_the_device_are_seen_by_the_client(line):
    with dial(line) as port:
        assert (port.cts, port.dsr, port.ri, port.cd) == (True, True, False, True)
        line.set_lines(cts=False, ri=True)
        until(lambda: not port.cts)
        assert port.ri
        line.set_lines(cts=True)
        until(lambda: port.cts)
    with pytest.raises(ValueError, match="does not drive rts"):
        line.set_lines(rts=True)


def test_with_rts_down_the_device_sends_nothing_and_loses_nothing(line):
    with dial(line) as port:
        port.rts = False
        until(lambda: not line.modem.rts)
        port.write(b"abc")
        assert is_silent(port)
        port.rts = True
        assert port.read(3) == b"ABC"


def test_with_xoff_as_well(line):
    with dial(line, xonxoff=True) as port:
        until(lambda: line.modem.xonxoff)
        port.write(b"\x13abc")
        assert is_silent(port)
        port.write(b"\x11")
        assert port.read(3) == b"ABC"


def test_with_cts_down_a_client_with_flow_control_waits(line):
    with dial(line, rtscts=True) as port:
        until(lambda: line.modem.rtscts)
        line.set_lines(cts=False)
        port.write(b"abc")
        port.write(b"def")
        assert is_silent(port)
        line.set_lines(cts=True)
        assert port.read(6) == b"ABCDEF"


def test_with_cts_down_bytes_of_a_client_without_it_are_lost(line):
    with dial(line) as port:
        line.set_lines(cts=False)
        port.write(b"abc")
        assert is_silent(port)
        line.set_lines(cts=True)
        assert is_silent(port)
        port.write(b"d")
        assert port.read(1) == b"D"


def test_the_speed_the_client_negotiates_paces_the_line_if_asked(make_line):
    free, paced, fixed = make_line(), make_line(follows_client=True), make_line(baud=1200)
    speeds = []
    for line in (free, paced, fixed):
        with dial(line) as port:
            port.write(b"a")
            assert port.read(1) == b"A"
            client = line._port.client
            speeds.append((client.pace_in.baud, client.pace_out.baud))
    assert speeds == [(0, 0), (115200, 115200), (1200, 1200)]


def test_one_client_at_a_time(line):
    with dial(line) as first:
        with pytest.raises(serial.SerialException):
            dial(line, "?timeout=0.3")
        first.write(b"a")
        assert first.read(1) == b"A"
    with dial(line) as third:
        third.write(b"b")
        assert third.read(1) == b"B"


def test_a_device_without_power_takes_its_lines_down_and_hears_nothing(line):
    with dial(line) as port:
        line.down()
        until(lambda: not (port.cts or port.dsr or port.cd))
        port.write(b"abc")
        assert is_silent(port)
        line.up()
        until(lambda: port.cts and port.dsr and port.cd)
        port.write(b"d")
        assert port.read(1) == b"D"


def test_unplugging_breaks_the_connection(make_line):
    def connect(send, _interface):
        return lambda _data: send.hang_up()

    with dial(make_line(connect)) as port:
        port.write(b"a")
        until(lambda: is_lost(lambda: port.read(1), serial.SerialException))


@pytest.mark.parametrize(
    "noise",
    [
        b"\xff\xf0",  # the end of a suboption that never began
        b"\xff\xfa\x2c\x01\x00\xff\xf0",  # a baud rate of one byte
        b"\xff\xfa" + b"x" * 5000,  # a suboption without end
        b"\xff\xfa\x2c\x0a\xff\xf0",  # a mask that is missing
    ],
)
def test_noise_instead_of_telnet_ends_the_connection_and_nothing_else(line, noise):
    with socket.create_connection((line.host, line.port), DEADLINE_S) as end:
        end.sendall(noise)
        with contextlib.suppress(ConnectionError):
            while data := end.recv(100):
                assert data[:1] == b"\xff"
    with dial(line) as port:
        port.write(b"a")
        assert port.read(1) == b"A"


def test_plain_bytes_pass_without_any_negotiation(line):
    with socket.create_connection((line.host, line.port), DEADLINE_S) as end:
        end.sendall(b"abc")
        read = b""
        while not read.endswith(b"ABC"):
            read += end.recv(100)


def test_a_fiscal_printer_behind_the_links_of_the_drivers(serve):
    printer = serve(rfc2217=0)
    link = open_link(printer.url, 115200)
    scanner, found = Scanner(), []
    for text in ("trinit|bm1", "trline|naKawa|vt0|pr100", "trend", "scnt"):
        link.write(encode(read_command(text)))
        found = []
        until_s = time.monotonic() + DEADLINE_S
        while not found:
            assert time.monotonic() < until_s
            found = scanner.feed(link.read(1.0))
    assert found[0].get("bn") == "1"
    assert link.read(0.0) == b""
    link.drain()
    printer.stop()
    until(lambda: is_lost(lambda: link.read(0.05), LinkLost))
    link.close()
