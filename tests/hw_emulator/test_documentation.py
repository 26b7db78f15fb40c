"""The page on lines, faults, control and paper: its examples run, its tables are complete."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hw_emulator.common_words import common_words
from hw_emulator.fault_kinds import KINDS
from hw_emulator.options import parser
from hw_emulator.posnet.words import words
from hw_emulator.words import dictionary

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "emulator-control.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(sh|python)\n(.*?)```", PAGE, re.DOTALL)
SHELL = [text for language, text in BLOCKS if language == "sh"]
PYTHON = [text for language, text in BLOCKS if language == "python"]
START, *SAID = SHELL
DEADLINE_S = 30


@pytest.fixture
def emulator(tmp_path):
    """The program as the page starts it, at free ports; gives text with its addresses put in."""
    words = START.split()
    command = [sys.executable if word == "python" else word for word in words]
    command = [re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:0", word) for word in command]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=tmp_path,
        env=environment,
    ) as process:
        ready = process.stdout.readline()
        port = re.search(r"control-tcp=127\.0\.0\.1:(\d+)", ready).group(1)
        yield lambda text: text.replace("4001", port)
        process.terminate()
        assert process.wait(DEADLINE_S) == 0


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=DEADLINE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_hand_in_every_shell_that_is_here(emulator, tmp_path):
    """Bash alone can do it; socat and nc are tried where they are installed."""
    tools = {"socat": "socat", "nc": "nc -N", "bash": "/dev/tcp"}
    ran = []
    for name, mark in tools.items():
        (line,) = [line for line in SAID if mark in line]
        if shutil.which(name):
            assert '"ok": true' in run(["bash", "-c", emulator(line)], tmp_path)
            ran.append(name)
    assert "bash" in ran
    assert len(SAID) == len(tools)


def test_a_hand_in_python(emulator, tmp_path):
    for text in (PYTHON[0], PYTHON[0].replace('Hand("hand.sock")', 'Hand(("127.0.0.1", 4001))')):
        mechanism, receipts, error = run(
            [sys.executable, "-c", emulator(text)], tmp_path
        ).splitlines()
        assert (mechanism, receipts) == ("COVER", "0 receipts")
        assert error.startswith("fault 'eat:trend:1': no kind 'eat'; there are drop")


def test_a_printer_in_a_test(tmp_path):
    places, receipts = run([sys.executable, "-c", PYTHON[1]], tmp_path).splitlines()
    assert places.startswith("{'tcp': '127.0.0.1:")
    assert receipts == "0"
    assert len(PYTHON) == 2


def rows(section: str) -> list[set[str]]:
    """What stands in code quotes in each row of the tables of a section."""
    text = PAGE[PAGE.index(f"\n## {section}\n") :]
    lines = text[: text.find("\n## ", 5)].splitlines()
    return [set(re.findall(r"`([a-z0-9_-]+)`", line)) for line in lines if line.startswith("|")]


def test_every_kind_of_fault_is_told():
    assert {kind.value for kind in KINDS} <= set().union(*rows("Faults"))


def test_every_word_of_a_fiscal_printer_is_told_with_what_it_takes(serve):
    printer = serve()
    known = dictionary([*common_words(printer), *words(printer)])
    told = rows("Control socket")
    for word in known.values():
        names = {word.name, *(detail.name for detail in word.takes)}
        assert any(names <= row for row in told), names


def test_every_option_around_a_device_is_told():
    (devices,) = [action for action in parser()._actions if action.dest == "device"]
    options = {
        option
        for action in devices.choices["posnet"]._actions
        for option in action.option_strings
        if action.container.title in {"lines", "faults", "paper and control"}
    }
    missing = {option for option in options if option not in PAGE}
    assert missing <= {"--verbose"}
