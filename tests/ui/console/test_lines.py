from __future__ import annotations

import os
import pty
import termios
from contextlib import suppress

import pytest

from ui.console.lines import Closed, Idle, Paper, PlainReader
from ui.console.typed import LINE_MAX, typed


@pytest.fixture
def pipe():
    ends = os.pipe()
    yield ends
    for end in ends:
        with suppress(OSError):
            os.close(end)


class Sheet(Paper):
    def __init__(self):
        super().__init__()
        self.text = ""

    def put(self, text):
        self.text += text


def reader(pipe, **options):
    return PlainReader(Sheet(), pipe[0], **options)


def test_lines_come_one_by_one_however_they_end(pipe):
    os.write(pipe[1], "status\rlog\r\nżółć\n".encode())
    lines = reader(pipe)
    assert [lines.read("> ") for _ in range(3)] == ["status", "log", "żółć"]
    assert lines._paper.text == "> > > "


def test_the_end_of_the_line_is_told(pipe):
    os.write(pipe[1], b"half")
    os.close(pipe[1])
    with pytest.raises(Closed):
        reader(pipe).read("> ")


def test_silence_is_told(pipe):
    with pytest.raises(Idle):
        reader(pipe, idle_s=0.01).read("> ")


def test_invalid_letters_are_no_trouble(pipe):
    os.write(pipe[1], b"st\xff\x00\x1b[31mx\n")
    assert typed(reader(pipe).read("> ")).words == ("st�", "x")


def test_a_line_that_never_ends_costs_no_memory_and_is_one_long_line(pipe):
    lines = reader(pipe)
    os.write(pipe[1], b"x" * 60_000)
    for _ in range(14):
        lines._take()
        assert len(lines._kept) < 10 * LINE_MAX
    os.write(pipe[1], b"\nstatus\n")
    assert typed(lines.read("> ")).is_long
    assert lines.read("> ") == "status"


def test_what_is_shown_commands_no_terminal(pipe):
    paper = Paper(pipe[1])
    paper.say("a\x1b[2J\x07b\x9bc")
    assert os.read(pipe[0], 100) == "a·[2J·b·c\n".encode()


def test_letters_are_those_of_the_line(pipe):
    Paper(pipe[1], "ascii").say("Zamówienie: ł…")
    Paper(pipe[1], "iso-8859-2").say("żółć")
    assert os.read(pipe[0], 100) == b"Zamowienie: l~\n" + "żółć\n".encode("iso-8859-2")


def test_a_line_that_hung_up_ends_the_paper(pipe):
    os.close(pipe[1])
    with pytest.raises(Closed):
        Paper(pipe[1]).say("anybody?")


def test_a_secret_is_not_echoed():
    master, slave = pty.openpty()
    try:
        lines = PlainReader(Paper(slave), slave)
        seen = []
        take = lines._take

        def noted():
            seen.append(bool(termios.tcgetattr(slave)[3] & termios.ECHO))
            take()

        lines._take = noted
        os.write(master, b"1234\n")
        assert lines.read("PIN: ", secret=True) == "1234"
        assert seen == [False]
        assert termios.tcgetattr(slave)[3] & termios.ECHO
    finally:
        os.close(master)
        os.close(slave)
