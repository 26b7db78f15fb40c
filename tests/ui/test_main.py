"""The command that gathers all others."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from terminal.version import VERSION
from ui.main import main, tape


def run(*words: str):
    return CliRunner().invoke(main, list(words))


def test_help_shows_examples_before_anything_else() -> None:
    done = run("--help")
    assert done.exit_code == 0
    lines = [line.strip() for line in done.output.splitlines()]
    first = next(number for number, line in enumerate(lines) if line.startswith("kasoterminal "))
    assert lines[first].startswith("kasoterminal demo ")
    # Examples keep their own lines.
    assert lines[first + 1].startswith("kasoterminal run --config till.toml")
    assert first < lines.index("Options:") < lines.index("Commands:")
    assert "Exit codes: 0 done, 1 failed" in done.output


def test_every_command_is_there_and_explains_itself() -> None:
    context = click.Context(main)
    names = main.list_commands(context)
    assert {"backoffice", "demo", "enrol", "office", "run"} <= set(names)
    assert names == sorted(names)
    for name in names:
        done = run(name, "--help")
        assert done.exit_code == 0, name
        assert "kasoterminal" in done.output or "Usage" in done.output


def test_the_commands_of_a_tape_come_from_two_rooms() -> None:
    done = run("tape", "--help")
    assert done.exit_code == 0
    assert tape.list_commands(click.Context(tape)) == ["faults", "list", "replay", "save", "show"]
    for name in ("faults", "list", "replay", "save", "show"):
        assert f"kasoterminal tape {name}" in run("tape", name, "--help").output
    assert run("tape", "rewind").exit_code == 2


@pytest.mark.parametrize("name", ["run", "enrol", "demo"])
def test_a_command_shows_how_it_is_typed(name: str) -> None:
    assert f"kasoterminal {name}" in run(name, "--help").output


def test_the_version() -> None:
    done = run("--version")
    assert (done.exit_code, done.output.strip()) == (0, f"kasoterminal, version {VERSION}")


@pytest.mark.parametrize("words", [["sell"], ["run", "--speed", "9"], ["enrol", "A", "B"]])
def test_what_is_mistyped_is_wrong_usage(words: list[str]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert "Usage" in done.output


def test_help_loads_neither_screen_nor_server() -> None:
    code = (
        "import sys\n"
        "from ui.main import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = {'textual', 'litestar', 'sqlalchemy', 'uvicorn', 'alembic', 'hw_emulator'}\n"
        "print('loaded:', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.endswith("loaded: []\n")
