"""Where an office's database lies when nobody says: here, else in the user's data folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

NAME = "office.db"
IN_WORDS = f"{NAME} here, else in $XDG_DATA_HOME/kasoterminal"


@dataclass(frozen=True, slots=True)
class Place:
    """The database that a command is about, and where the key lies that seals, if it was said."""

    url: str
    seal_key: Path | None = None


def usual_url() -> str:
    """Address of the database in this folder, or of the one that is in the user's data folder."""
    here = Path(NAME)
    if here.exists():
        return f"sqlite:///{here}"
    # Relative paths are no answer, says the XDG specification.
    root = Path(os.environ.get("XDG_DATA_HOME", ""))
    if not root.is_absolute():
        root = Path.home() / ".local" / "share"
    return f"sqlite:///{root / 'kasoterminal' / NAME}"


def make_room(db_url: str) -> None:
    """Make the folder of the user's own office; of a place that somebody named it is his."""
    if db_url == usual_url() and db_url != f"sqlite:///{NAME}":
        Path(db_url.removeprefix("sqlite:///")).parent.mkdir(
            mode=0o700, parents=True, exist_ok=True
        )
