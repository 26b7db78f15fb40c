"""Writes files so that after a power cut the old or the new one is there, whole."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from terminal.store.db import sync_folder

if TYPE_CHECKING:
    from pathlib import Path


def write_durably(path: Path, data: bytes) -> None:
    """Put ``data`` in place of what ``path`` holds; it is on the disk when this returns."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """A folder whose name, and those above it that are new, are on the disk when this returns."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def sync_tree(folder: Path) -> None:
    """Have the disk keep every file and name below ``folder``; links are names and no more."""
    for base, folders, names in os.walk(folder, topdown=False):
        for name in (*names, *folders, ""):
            path = os.path.join(base, name)  # noqa: PTH118 - thousands of files
            if not os.path.islink(path):  # noqa: PTH114 - as above
                handle = os.open(path, os.O_RDONLY)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)
