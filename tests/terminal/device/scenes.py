"""Devices for the doctor to look at."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from terminal.context import ZONE
from terminal.device.check import scene
from terminal.sync import enrolment
from terminal.sync.signing import new_key
from tests.terminal.desk import NO_OFFICE, fill

if TYPE_CHECKING:
    from pathlib import Path

    from terminal.device.check import Check, Scene

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=ZONE)


def device(folder: Path, more: str = "", url: str = "/dev/null") -> Scene:
    """An enrolled till that does not run, with goods; ``more`` is of its configuration."""
    till = folder / "till"
    if not till.exists():
        fill(till)
        till.chmod(0o700)
        identity = enrolment.Identity("T1", "lipa", new_key(), 1, NO_OFFICE)
        enrolment.save(identity, till / "identity.json")
    return look(folder, f'[printer]\nurl = "{url}"\n[store]\ndir = "{till}"\n{more}')


def look(folder: Path, text: str) -> Scene:
    file = folder / "till.toml"
    file.write_text(text, encoding="utf-8")
    return scene(file, NOW)


def told(found: list[Check]) -> list[tuple[str, str]]:
    return [(one.name, str(one.state)) for one in found]
