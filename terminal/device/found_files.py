"""The files on whatever is plugged in, for somebody who chooses one. Reads no contents."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Where desktops and udisks mount what is plugged in: /media/STICK, /run/media/USER/STICK.
ROOTS = (Path("/media"), Path("/run/media"))
FILES_MAX = 200
# A stick may hold a million files: nobody waits for all of them.
_LOOKED_MAX = 20_000
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be chosen."""

    path: Path
    size: int
    changed_s: float


def found_files(roots: Sequence[Path] = ROOTS) -> list[FoundFile]:
    """The newest files below ``roots``, hidden ones and links aside. Raises E-202 for none."""
    found: list[FoundFile] = []
    looked = 0
    for one in (entry for root in roots for entry in _below(root, _DEPTH)):
        looked += 1
        if looked > _LOOKED_MAX:
            break
        try:
            known = one.stat(follow_symlinks=False)
        except OSError:
            continue
        found.append(FoundFile(Path(one.path), known.st_size, known.st_mtime))
    if not found:
        raise Rejected(Code.NO_FILES, path=", ".join(map(str, roots)))
    return sorted(found, key=lambda file: file.changed_s, reverse=True)[:FILES_MAX]


def _below(folder: Path | str, depth: int) -> Iterator[os.DirEntry[str]]:
    """Files down to ``depth``; what cannot be read has none."""
    try:
        with os.scandir(folder) as entries:
            seen = [one for one in entries if not one.name.startswith(".")]
    except OSError:
        return
    for one in seen:
        try:
            is_file, is_folder = (
                one.is_file(follow_symlinks=False),
                one.is_dir(follow_symlinks=False),
            )
        except OSError:
            continue
        if is_file:
            yield one
        elif is_folder and depth > 1:
            yield from _below(one.path, depth - 1)
