from __future__ import annotations

import argparse
import json
from datetime import time
from pathlib import Path

import pytest

from hw_emulator.fault_kinds import Kind
from hw_emulator.host import MODELS
from hw_emulator.options import address, parser, place_of


def die() -> None:
    raise AssertionError


def place(line: str):
    return place_of(parser().parse_args(line.split()), die)


def test_where_the_device_of_a_command_line_stands():
    found = place(
        "posnet --pty p --tcp 127.0.0.2:1 --tcp2 :2 --baud 9600 --paper out.txt --control c"
        " --control-tcp :3 --fault lose:trend --fault drop:scnt:2 --seed 7 --loss 0.5"
        " --rfc2217 127.0.0.3:4 --pace-negotiated --png pictures --html page.html"
        " --chaos late=0.1,swap=0.2"
    )
    lines = found.lines
    assert (lines.pty, lines.host, lines.tcp) == (Path("p"), "127.0.0.2", 1)
    assert (lines.second_host, lines.tcp_second) == ("127.0.0.1", 2)
    assert (lines.rfc2217_host, lines.rfc2217, lines.paces_negotiated) == ("127.0.0.3", 4, True)
    assert (lines.baud, found.paper, found.control) == (9600, Path("out.txt"), Path("c"))
    assert (found.png, found.html) == (Path("pictures"), Path("page.html"))
    assert found.control_tcp == ("127.0.0.1", 3)
    assert (found.faults, found.seed, found.loss) == (("lose:trend", "drop:scnt:2"), 7, 0.5)
    assert found.chaos == {Kind.LATE: 0.1, Kind.SWAP: 0.2}
    assert found.die is die


def test_a_pty_without_a_path():
    assert place("escpos --pty").lines.pty is True


def test_faults_out_of_a_file_and_the_command_line_above_it(tmp_path):
    path = tmp_path / "faults.json"
    script = {"seed": 3, "loss": 0.2, "chaos": {"late": 0.1}, "rules": ["lose:trend"]}
    path.write_text(json.dumps(script))
    found = place(f"posnet --fault @{path} --fault drop:scnt --loss 0.1 --chaos late=0.3")
    assert found.faults == ("lose:trend", "drop:scnt")
    assert (found.seed, found.loss, found.chaos) == (3, 0.1, {Kind.LATE: 0.3})


def test_a_file_of_faults_that_is_not_there():
    with pytest.raises(OSError, match="nowhere"):
        place("posnet --fault @nowhere")


def test_chaos_of_any_kind_is_of_those_the_device_has():
    assert Kind.NO_PAPER in place("posnet --chaos any=0.1").chaos
    assert Kind.NO_PAPER not in place("escpos --chaos any=0.1").chaos


@pytest.mark.parametrize(
    ("text", "expected"), [(":5", ("127.0.0.1", 5)), ("a.b:0", ("a.b", 0)), ("7", ("127.0.0.1", 7))]
)
def test_addresses(text, expected):
    assert address(text) == expected


def test_what_is_no_address():
    with pytest.raises(argparse.ArgumentTypeError, match="HOST:PORT"):
        address("printer")


def told(capsys, line: str) -> str:
    with pytest.raises(SystemExit) as caught:
        parser().parse_args(line.split())
    assert caught.value.code == 0
    return capsys.readouterr().out


def test_help_of_a_device_shows_its_own_examples_only(capsys):
    text = told(capsys, "escpos --help")
    assert MODELS["escpos"].examples[0] in text
    assert MODELS["posnet"].examples[0] not in text
    assert "exit codes: 0" in text


def test_faults_are_listed_for_each_device(capsys):
    assert "no-paper-after" in told(capsys, "posnet --list-faults")
    assert "no-paper" not in told(capsys, "escpos --list-faults")


def test_a_report_of_its_own_is_at_midnight_unless_told(tmp_path):
    assert parser().parse_args(["posnet", "--own-report"]).own_report == time(0, 0)
    assert parser().parse_args(["posnet", "--own-report", "23:30"]).own_report == time(23, 30)
    assert parser().parse_args(["posnet"]).own_report is None
