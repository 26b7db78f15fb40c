"""The driver where it lives: on a terminal line, with a program behind it."""

from __future__ import annotations

import re
import signal
import termios

import pytest

from tests.ui.celldiff.on_line import WAIT_S, OnLine
from ui.celldiff.driver import FAREWELL, GREETING

F10, ESC = "\x1b[21~", "\x1b"


@pytest.fixture
def on_line():
    opened = []

    def start(*words, **options) -> OnLine:
        opened.append(OnLine(*words, **options))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_a_sale_on_eighty_columns_and_the_terminal_is_given_back(on_line):
    line = on_line()
    line.log_in()
    line.type("1", "\r")
    line.until("Mleko ŁACIATE", "3,49")
    while line.read(0.2):
        continue
    before = len(line.sent)
    line.type("2")
    line.until("Code: 2_")
    line.until_true(lambda: line.display.cursor == (23, len(" Code: 2")))
    # The clock may have ticked meanwhile.
    assert len(line.sent) - before < 60
    line.type("\x7f", F10).until("Menu")
    line.type("9", "9")
    assert line.ended() == 0
    assert line.sent.startswith(GREETING.encode())
    assert line.sent.endswith(FAREWELL.encode())
    assert termios.tcgetattr(line.slave) == line.modes_before


def test_a_terminal_is_asked_nothing(on_line):
    line = on_line()
    line.log_in()
    line.type(F10).until("Menu")
    modes = set(re.findall(r"\x1b\[\?(\d+)[hl]", line.sent.decode()))
    assert modes == {"1049", "7", "25", "2004"}
    for question in (b"$p", b"u", b"c", b"n"):
        assert not re.search(rb"\x1b\[[?>=<]?[\d;]*" + re.escape(question), line.sent), question
    assert b"\x1b]" not in line.sent


def test_polish_letters_both_ways_on_a_line_without_utf_8(on_line):
    line = on_line(charset="iso-8859-2")
    line.log_in()
    line.type("ż", "y", "t")
    line.until("żyt_", "Chleb żytni")
    assert "żytni".encode("iso-8859-2") in line.sent


def test_a_terminal_that_knows_nothing_but_ascii(on_line):
    line = on_line("theme=mono", charset="ascii")
    line.log_in()
    line.type("1", "\r")
    line.until("Mleko LACIATE")
    assert line.sent.isascii()
    colours = {
        code for look in re.findall(rb"\x1b\[([\d;]*)m", line.sent) for code in look.split(b";")
    }
    assert colours <= {b"", b"1", b"4", b"7"}


def test_the_comma_of_a_vt_keypad(on_line):
    line = on_line()
    line.log_in()
    line.type("\x1bOq", "\x1bOl", "\x1bOu").until("Code: 1,5_")


def test_another_size_is_laid_out_anew(on_line):
    line = on_line()
    line.log_in()
    line.resize(132, 43)
    line.until("TOTAL", "Anna Nowak", "≡ F10")
    assert len(line.display.lines) == 43
    assert line.display.lines[-1].startswith("≡ F10")


def test_who_stops_the_program_has_the_terminal_meanwhile(on_line):
    line = on_line()
    line.log_in()
    line.process.send_signal(signal.SIGTSTP)
    line.until_true(lambda: line.state == "T")
    while line.read():
        continue
    assert line.sent.endswith(FAREWELL.encode())
    line.process.send_signal(signal.SIGCONT)
    line.until("TOTAL", "Anna Nowak")
    line.type("7").until("Code: 7_")


def test_what_somebody_else_wrote_goes_with_one_key(on_line):
    line = on_line()
    line.log_in()
    line.display.feed(b"\x1b[10;1Hkernel: usb 1-1: device descriptor read/64, error -110")
    assert "kernel" in line.text
    line.type("\x0c")
    while "kernel" in line.text:
        assert line.read(WAIT_S)
    line.until("TOTAL")


def test_a_scanner_is_read_as_ever_and_rings(on_line):
    line = on_line()
    line.log_in()
    for end in ("\r", "\n", "\t"):
        count = line.text.count("Chleb żytni")
        line.type(f"5900000000002{end}")
        while line.text.count("Chleb żytni") == count:
            line.read()
    rings = line.sent.count(b"\a")
    assert rings
    line.type("5900000000777\r").until("E-01")
    while line.sent.count(b"\a") < rings + 2:
        line.read()


@pytest.mark.parametrize("words", [(), ("full",)])
def test_a_line_that_is_hung_up_ends_the_program(on_line, words):
    line = on_line(*words)
    line.log_in()
    line.hang_up()
    assert line.ended() == 0


def test_flow_control_of_the_line_is_as_configured(on_line):
    line = on_line("flow=xonxoff")
    line.log_in()
    modes = termios.tcgetattr(line.slave)
    assert modes[0] & termios.IXON
    assert modes[0] & termios.IXOFF
    assert not modes[1] & termios.OPOST
