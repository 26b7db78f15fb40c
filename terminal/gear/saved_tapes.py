"""The saved tapes of a till, for a technician: found, read, and asked for. Saves none itself."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from drivers.tape_file import NotATape, dump, masked, read
from terminal.gear.tapes import FOLDER, REQUEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from drivers.tape_file import Header, Passage

__all__ = ["NoTill", "NotATape", "Recorded", "Saved", "ask_for_tapes", "read_tape", "saved_tapes"]

_ZONE = ZoneInfo("Europe/Warsaw")
_LOOK_S = 0.2


class NoTill(Exception):
    """No till works with this folder, so nobody saves its tapes."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A file: what it is of, or why it cannot be read."""

    path: Path
    bytes: int
    about: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A tape that was read."""

    header: Header
    passages: tuple[Passage, ...]

    def masked(self, *, words: bool = False) -> Recorded:
        """The same without buyers' tax numbers, and with ``words`` without any text."""
        return Recorded(self.header, masked(self.header, self.passages, words=words))

    def file_lines(self) -> Iterator[str]:
        """Lines of a file, to be sent on."""
        return dump(self.header, self.passages)

    def lines(self) -> Iterator[str]:
        """Lines for people, in Polish time; nothing in them commands a screen."""
        header = self.header
        settings = " ".join(f"{name}={value}" for name, value in header.settings.items())
        facts = {
            "device": f"{header.device} ({header.protocol}) on {header.url} {settings}",
            "saved": f"{header.saved} by version {header.program}",
            "why": header.why,
            "lost": f"{header.lost} older entries" if header.lost else "",
        }
        for name, fact in facts.items():
            if fact:
                yield _plain(f"{name:<7} {fact}")
        for passage in self.passages:
            yield _plain(passage.line(_ZONE))


def saved_tapes(folder: Path) -> list[Saved]:
    """Those of a till's ``folder``, newest first."""
    return [_look_at(path) for path in sorted((folder / FOLDER).glob("*.jsonl"), reverse=True)]


def read_tape(path: Path) -> Recorded:
    """Read one; raises ``NotATape`` and ``OSError``."""
    with path.open("rb") as file:
        return Recorded(*read(file))


def ask_for_tapes(folder: Path, wait_s: float) -> list[Path]:
    """Let the till that works in ``folder`` save its tapes; gives the new files.

    Raises ``NoTill`` when none did within ``wait_s``, and ``OSError``.
    """
    tapes = folder / FOLDER
    if not tapes.is_dir():
        msg = f"{tapes}: no till has ever worked here"
        raise NoTill(msg)
    before = set(tapes.glob("*.jsonl"))
    request = tapes / REQUEST
    request.touch()
    end_s = time.monotonic() + wait_s
    while request.exists():
        if time.monotonic() >= end_s:
            with suppress(OSError):
                request.unlink()
            msg = f"{tapes}: no till answers; is it running?"
            raise NoTill(msg)
        time.sleep(_LOOK_S)
    return sorted(set(tapes.glob("*.jsonl")) - before)


def _look_at(path: Path) -> Saved:
    try:
        size = path.stat().st_size
        header = read_tape(path).header
    except (OSError, NotATape) as error:
        return Saved(path, 0, _plain(f"cannot be read: {error}"))
    return Saved(path, size, _plain(f"{header.device}: {header.why}"))


def _plain(text: str) -> str:
    return "".join(mark if mark.isprintable() else "·" for mark in text)
