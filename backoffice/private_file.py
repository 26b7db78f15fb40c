"""Keeps a secret in a file that only its owner may read. What the secret is, its users know."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from backoffice.errors import BadSetting
from backoffice.releases.files import sync_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def kept(place: Path, make: Callable[[], str]) -> str:
    """The secret in the file; where there is no file, the one that ``make`` gives, on the disk.

    Raises ``BadSetting`` for a file that others may read.
    """
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return read(place)
    secret = make()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    sync_folder(place.parent)
    return secret


def read(place: Path) -> str:
    """The secret in a file that is there; as ``kept``."""
    if place.stat().st_mode & _OTHERS:
        raise BadSetting(detail=f"{place} may be read by others: chmod 600 it")
    return place.read_text(encoding="ascii", errors="replace").strip()


def copy(place: Path, target: Path) -> None:
    """Copy a secret to a file that is not there yet; raises ``BadSetting`` for one that differs."""
    secret = read(place)
    if kept(target, lambda: secret) != secret:
        raise BadSetting(detail=f"{target} holds something else")
