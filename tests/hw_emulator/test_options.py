from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from hw_emulator.host import MODELS
from hw_emulator.options import address, parser, place_of


def die() -> None:
    raise AssertionError


def test_where_the_device_of_a_command_line_stands():
    line = (
        "posnet --pty p --tcp 127.0.0.2:1 --tcp2 :2 --baud 9600 --paper out.txt --control c"
        " --control-tcp :3 --fault lose:trend --fault drop:scnt:2 --seed 7 --loss 0.5"
    )
    arguments = parser().parse_args(line.split())
    place = place_of(arguments, die)
    lines = place.lines
    assert (lines.pty, lines.host, lines.tcp, lines.tcp_second) == (Path("p"), "127.0.0.2", 1, 2)
    assert (lines.baud, place.paper, place.control) == (9600, Path("out.txt"), Path("c"))
    assert place.control_tcp == ("127.0.0.1", 3)
    assert (place.faults, place.seed, place.loss) == (("lose:trend", "drop:scnt:2"), 7, 0.5)
    assert place.die is die


def test_a_pty_without_a_path():
    assert place_of(parser().parse_args(["escpos", "--pty"]), die).lines.pty is True


@pytest.mark.parametrize(
    ("text", "expected"), [(":5", ("127.0.0.1", 5)), ("a.b:0", ("a.b", 0)), ("7", ("127.0.0.1", 7))]
)
def test_addresses(text, expected):
    assert address(text) == expected


def test_what_is_no_address():
    with pytest.raises(argparse.ArgumentTypeError, match="HOST:PORT"):
        address("printer")


def test_help_of_a_device_shows_its_own_examples_only(capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["escpos", "--help"])
    text = capsys.readouterr().out
    assert MODELS["escpos"].examples[0] in text
    assert MODELS["posnet"].examples[0] not in text
