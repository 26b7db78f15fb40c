"""Writes files of which a reader sees the old or the new, never half, also after a power cut."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PUBLIC = 0o644


def write_whole(path: Path, content: bytes) -> None:
    """Put ``content`` in place of whatever is at ``path``."""
    _replace(path, lambda opened: opened.write(content))


def copy_whole(source: Path, path: Path) -> None:
    """The same with the content of another file, which may be large."""
    with source.open("rb") as read:
        _replace(path, lambda opened: shutil.copyfileobj(read, opened, 1024 * 1024))


def make_folder(path: Path) -> None:
    """A folder that is still there after a power cut, with those above it."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Have what was renamed or removed in a folder reach the disk."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One writer at a time, whichever process; the lock goes with the process."""
    with (folder / "lock").open("ab") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def _replace(path: Path, write: Callable[[BinaryIO], object]) -> None:
    make_folder(path.parent)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as opened:
            write(opened)
            opened.flush()
            os.fchmod(opened.fileno(), _PUBLIC)
            os.fsync(opened.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
