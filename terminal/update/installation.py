"""Where this program is installed, when a launcher started it: the environment says so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Installation:
    """``prefix`` holds pointer and slots, ``slot`` is the one that this program runs from.

    ``config`` is the configuration that somebody named when it was started.
    """

    prefix: Path
    slot: str
    config: Path | None = None


def installation(environment: Mapping[str, str], config: Path | None) -> Installation | None:
    """None for a program from a plain venv: updates can be prepared, but not installed."""
    prefix, slot = environment.get("KASO_PREFIX", ""), environment.get("KASO_SLOT", "")
    if not prefix or not slot:
        return None
    return Installation(Path(prefix), slot, config.absolute() if config else None)
