from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from terminal.device import machine
from tests.terminal.device.scenes import device, told
from tests.terminal.update.device import device as installed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Tools of the system that say what a test wants."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def make(name: str, *lines: str) -> None:
        (folder / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
        tool = folder / name
        tool.write_text(
            f'#!/bin/sh\nwhile read -r line; do echo "$line"; done < {tool}.txt\n', encoding="utf-8"
        )
        tool.chmod(0o755)

    return make


def test_the_program_and_what_it_runs_on_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (found,) = machine.program(device(tmp_path))
    assert found.state == "ok"
    assert f"SQLite {sqlite3.sqlite_version}" in found.text
    monkeypatch.setattr(machine.sqlite3, "sqlite_version_info", (3, 40, 1))
    assert "one writer at a time" in machine.program(device(tmp_path))[0].text


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        (["NTP=yes", "NTPSynchronized=yes", ""], "ok"),
        (["NTP=yes", "NTPSynchronized=no", ""], "warn"),
        (["NTP=no", "NTPSynchronized=no", ""], "warn"),
        ([], "warn"),
    ],
)
def test_time_is_kept_by_somebody(tmp_path: Path, tools, lines: list[str], state: str) -> None:
    if lines:
        tools("timedatectl", *lines)
    (found,) = machine.clock(device(tmp_path))
    assert found.state == state
    assert bool(found.remedy) == (state == "warn")


@pytest.mark.parametrize(
    ("active", "watchdog", "state"),
    [("active", "1min", "ok"), ("active", "0", "warn"), ("failed", "1min", "bad")],
)
def test_the_unit_runs_and_is_watched(
    tmp_path: Path, tools, active: str, watchdog: str, state: str
) -> None:
    tools(
        "systemctl",
        "LoadState=loaded",
        f"ActiveState={active}",
        "NRestarts=2",
        f"WatchdogUSec={watchdog}",
        "",
    )
    (found,) = machine.unit(device(tmp_path))
    assert found.state == state


def test_a_unit_that_is_not_there_is_a_warning(tmp_path: Path, tools) -> None:
    assert told(machine.unit(device(tmp_path))) == [("unit", "warn")]
    tools("systemctl", "LoadState=not-found", "")
    assert told(machine.unit(device(tmp_path))) == [("unit", "warn")]


def test_without_trusted_keys_the_doctor_says_where_they_belong(tmp_path: Path) -> None:
    (found,) = machine.updates(device(tmp_path))
    assert (found.name, str(found.state)) == ("updates", "warn")
    assert "root.json" in found.remedy
    keys = tmp_path / "root.json"
    more = f'[update]\nroot = "{keys}"\n'
    (found,) = machine.updates(device(tmp_path, more))
    assert (str(found.state), str(keys) in found.text) == ("warn", True)
    keys.write_text("{}", encoding="utf-8")
    assert told(machine.updates(device(tmp_path, more))) == [("updates", "ok")]


def test_slots_are_told_of_an_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = device(tmp_path)
    monkeypatch.delenv("KASO_PREFIX", raising=False)
    assert told(machine.slots(here)) == [("slots", "warn")]
    monkeypatch.setenv("KASO_PREFIX", str(tmp_path))
    assert told(machine.slots(here)) == [("slots", "bad")]
    slots = installed(tmp_path / "installed")
    monkeypatch.setenv("KASO_PREFIX", str(slots.prefix))
    (found,) = machine.slots(here)
    assert (found.state, found.text.split()) == ("ok", [slots.boot().good])
    slots.bar("0.0.9")
    assert told(machine.slots(here)) == [("slots", "ok")]
    slots.bar("0.2.0")
    (found,) = machine.slots(here)
    assert found.state == "warn"
    assert "0.2.0" in found.text
    program = slots.prefix / "slots" / slots.boot().good / "venv" / "lib" / "program.py"
    program.chmod(0o600)
    program.write_text("version = 'another'", encoding="utf-8")
    (found,) = machine.slots(here)
    assert found.state == "bad"
    assert "venv/lib/program.py" in found.text


def test_the_console_can_show_polish_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = device(tmp_path)
    monkeypatch.setattr(machine, "_CONSOLE_SETUP", tmp_path / "console-setup")
    monkeypatch.setattr(machine.locale, "getpreferredencoding", lambda **_: "UTF-8")
    assert told(machine.letters(here)) == [("letters", "ok")]
    (tmp_path / "console-setup").write_text('CODESET="Lat15"\n', encoding="utf-8")
    assert told(machine.letters(here)) == [("letters", "warn")]
    (tmp_path / "console-setup").write_text('CODESET="Lat2"\n', encoding="utf-8")
    assert told(machine.letters(here)) == [("letters", "ok")]
    monkeypatch.setattr(machine.locale, "getpreferredencoding", lambda **_: "ANSI_X3.4-1968")
    assert told(machine.letters(here)) == [("letters", "warn")]


def test_a_tool_that_breaks_says_nothing(tmp_path: Path, tools) -> None:
    tools("systemctl", "no equals sign", "")
    assert machine._show("systemctl") == {}
    (tmp_path / "bin" / "systemctl").write_bytes(os.urandom(64))
    assert machine._show("systemctl") == {}
