"""What the doctor looks at, and what it says of each thing. No checks here."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from terminal import config as configuration
from terminal.config import ConfigError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from terminal.config import Config

JOURNAL, CATALOGUE, IDENTITY = "journal.db", "catalogue.db", "identity.json"


class State(StrEnum):
    """How something is; in this order from good to bad."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of the thing called ``name``, and what to do about it; for people."""

    name: str
    state: State
    text: str
    remedy: str = ""


def fine(name: str, text: str) -> Check:
    """All is well with it."""
    return Check(name, State.OK, text)


def warning(name: str, text: str, remedy: str) -> Check:
    """The till sells, and somebody should come."""
    return Check(name, State.WARN, text, remedy)


def bad(name: str, text: str, remedy: str) -> Check:
    """The till does not sell, or will not for long."""
    return Check(name, State.BAD, text, remedy)


@dataclass(frozen=True, slots=True)
class Scene:
    """One device: its configuration, or why it has none; ``is_running`` is its till."""

    path: Path
    config: Config | None
    trouble: str
    now: datetime
    is_running: bool

    @property
    def folder(self) -> Path | None:
        """Where the databases are, when that is known."""
        return self.config.folder if self.config else None


def scene(path: Path, now: datetime) -> Scene:
    """Look at the configuration in ``path``, whatever it is."""
    try:
        config = configuration.load(path)
    except ConfigError as error:
        return Scene(path, None, str(error), now, is_running=False)
    return Scene(path, config, "", now, is_running=is_held(config.folder / JOURNAL))


def is_held(database: Path) -> bool:
    """Whether a program has ``database`` open for writing."""
    try:
        with database.with_name(f"{database.name}.lock").open(encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
