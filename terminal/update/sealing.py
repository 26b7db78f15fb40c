"""Seals a slot: every file is named with its hash, on the disk, and nobody writes it any more."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from typing import TYPE_CHECKING

from terminal.update.durable import sync_tree
from terminal.update.launcher import SEAL

if TYPE_CHECKING:
    from pathlib import Path

_ANY_WRITE = 0o222
_OWNER_WRITE = 0o200


def seal(folder: Path, version: str, counter: int) -> None:
    """Write the seal of a slot, take all write permissions away, have the disk keep all of it."""
    body = {"version": version, "counter": counter, "files": _hashes(folder)}
    (folder / SEAL).write_text(json.dumps(body), encoding="utf-8")
    for base, _folders, names in os.walk(folder):
        for path in (base, *(os.path.join(base, name) for name in names)):  # noqa: PTH118 - many
            if not os.path.islink(path):  # noqa: PTH114
                os.chmod(path, os.stat(path).st_mode & ~_ANY_WRITE)  # noqa: PTH101, PTH116
    sync_tree(folder)


def counter_of(folder: Path) -> int:
    """The counter of the release in a sealed slot; 0 when its seal cannot be read."""
    try:
        return int(json.loads((folder / SEAL).read_bytes())["counter"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def differences(folder: Path) -> list[str]:
    """Files of a sealed slot that are not what its seal says, missing and strange ones too."""
    try:
        told = json.loads((folder / SEAL).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return [SEAL]
    found = _hashes(folder)
    found.pop(SEAL, None)
    return sorted(name for name in told | found if told.get(name) != found.get(name))


def remove(folder: Path) -> None:
    """Take a slot away, sealed or half built."""
    for base, _folders, _names in os.walk(folder):
        os.chmod(base, os.stat(base).st_mode | _OWNER_WRITE)  # noqa: PTH101, PTH116
    shutil.rmtree(folder, ignore_errors=True)


def _hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file; of a link where it leads."""
    found = {}
    for base, folders, names in os.walk(folder):
        for path in (os.path.join(base, name) for name in (*names, *folders)):  # noqa: PTH118 - many
            told = os.path.relpath(path, folder)
            if os.path.islink(path):  # noqa: PTH114
                found[told] = f"-> {os.readlink(path)}"  # noqa: PTH115
            elif not os.path.isdir(path):  # noqa: PTH112
                with open(path, "rb") as file:  # noqa: PTH123
                    found[told] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
