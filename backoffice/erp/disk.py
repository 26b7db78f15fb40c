"""A folder that is shared with another program: on this machine, or on a server by SFTP.

Only plain files are seen: a link may point to what its writer must not read. Whatever fails is an
``OSError``.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Protocol

from backoffice.releases.files import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that is there; ``modified`` in seconds of the clock of its disk."""

    name: str
    size: int
    modified: float
    is_plain: bool = True


class Disk(Protocol):
    """Folders have names such as ``out``, relative to the root, and no ``..``."""

    def entries(self, folder: str) -> list[Entry]:
        """What lies in a folder, sub-folders left out; nothing where there is no such folder."""

    def open(self, folder: str, name: str) -> IO[bytes]:
        """A plain file, to be read from any place."""

    def put(self, folder: str, name: str, parts: Iterable[bytes]) -> None:
        """Write a file so that it is there whole or not at all, replacing one of the name."""

    def move(self, folder: str, name: str, to_folder: str, new_name: str) -> None:
        """Move a file; the folder it goes to is made."""

    def remove(self, folder: str, name: str) -> None:
        """Remove a file that may have gone."""


class LocalDisk:
    """A folder of this machine, or one that it has mounted."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __str__(self) -> str:
        return str(self._root)

    def entries(self, folder: str) -> list[Entry]:
        """As ``Disk`` says; a share that is not mounted is an error."""
        found = []
        # A share that is not mounted must not look like an empty one.
        self._root.stat()
        with suppress(FileNotFoundError), os.scandir(self._root / folder) as listed:
            for it in listed:
                if it.is_dir(follow_symlinks=False):
                    continue
                with suppress(FileNotFoundError):
                    status = it.stat(follow_symlinks=False)
                    is_plain = stat.S_ISREG(status.st_mode)
                    found.append(Entry(it.name, status.st_size, status.st_mtime, is_plain))
        return found

    def open(self, folder: str, name: str) -> IO[bytes]:
        """Without following a link, without waiting for a device."""
        file = os.fdopen(os.open(self._root / folder / name, _FLAGS), "rb")
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            message = f"{name} is no plain file"
            raise OSError(message)
        return file

    def put(self, folder: str, name: str, parts: Iterable[bytes]) -> None:
        """Beside it first, then flushed and renamed."""
        place = self._root / folder
        self._root.stat()
        place.mkdir(parents=True, exist_ok=True)
        half = place / f".{name}.part"
        half.unlink(missing_ok=True)
        with half.open("xb") as file:
            for part in parts:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        half.replace(place / name)
        sync_folder(place)

    def move(self, folder: str, name: str, to_folder: str, new_name: str) -> None:
        """Within the same disk."""
        target = self._root / to_folder
        target.mkdir(parents=True, exist_ok=True)
        (self._root / folder / name).replace(target / new_name)
        sync_folder(target)

    def remove(self, folder: str, name: str) -> None:
        """Whether it is there or not."""
        (self._root / folder / name).unlink(missing_ok=True)
