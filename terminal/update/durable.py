"""Writes files so that after a power cut the old or the new one is there, whole."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from terminal.store.db import sync_folder

if TYPE_CHECKING:
    from pathlib import Path

_AT_ONCE = 16


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
    """Have the disk keep every file and name below ``folder``; links are names and no more.

    Many at once: a file system that keeps a log writes it once for all who wait then, which for
    the thousands of files of a program is ten times as fast.
    """
    paths: list[str] = []
    for base, folders, names in os.walk(folder, topdown=False):
        found = (os.path.join(base, name) for name in (*names, *folders))  # noqa: PTH118 - many
        paths += [path for path in found if not os.path.islink(path)]  # noqa: PTH114 - as above
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        # The list is what makes an error come out.
        list(pool.map(_sync, [*paths, str(folder)]))


def _sync(path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
