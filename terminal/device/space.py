"""Room on the disk: a reserve for the receipt at hand, and the rule that no day begins without any.

    256 MiB free ──▶ a note        64 MiB ──▶ no new day        full ──▶ the reserve is given up:
                                                      the receipt at hand ends, no other begins

All but ``look`` run on the engine's thread.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

from terminal.errors import Blocked, Code
from terminal.events import DiskNoted, SellingBlocked
from terminal.store.db import sync_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BALLAST_FILE = "ballast"
BALLAST_MIB = 16
# A day needs far less; what fills a disk so far fills the rest of it too.
LEAST_MIB = 64
NOTED_MIB = 256
_MIB = 2**20


def free_mib(folder: Path) -> int:
    """Room for the files of an ordinary user beside those in ``folder``."""
    return shutil.disk_usage(folder).free // _MIB


class Space:
    """``folder`` holds the databases; ``tell`` gives events to whoever listens to the till."""

    def __init__(self, folder: Path, tell: Callable[[object], None]) -> None:
        self._folder = folder
        self._ballast = folder / BALLAST_FILE
        self._tell = tell
        self._is_full = False
        self._is_noted = False

    def look(self) -> None:
        """Lay the reserve by when there is room, and say when little is left; on any thread."""
        free = free_mib(self._folder)
        if not self._ballast.exists() and free >= LEAST_MIB + BALLAST_MIB:
            self._lay_by()
        is_noted = free < NOTED_MIB
        if is_noted or self._is_noted:
            self._tell(DiskNoted(free if is_noted else None))
        self._is_noted = is_noted

    def let_begin(self, is_first: Callable[[], bool]) -> None:
        """Let a new receipt begin; ``is_first`` tells whether it opens a day.

        Raises ``Blocked`` E-187 after the disk was full, E-189 when a day would begin on the last
        of it.
        """
        free = free_mib(self._folder)
        if free >= LEAST_MIB:
            self._is_full = False
        elif self._is_full:
            raise Blocked(Code.DISK_FULL, free=free)
        elif is_first():
            raise Blocked(Code.DISK_LOW, free=free, least=LEAST_MIB)

    def hear(self, kind: int) -> None:
        """The journal was not written; ``kind`` is SQLite's number of the error."""
        if kind == sqlite3.SQLITE_FULL:
            self._is_full = True
            self._ballast.unlink(missing_ok=True)
        elif kind == sqlite3.SQLITE_IOERR:
            self._tell(SellingBlocked(Blocked(Code.DISK_FAILED)))

    def _lay_by(self) -> None:
        part = self._ballast.with_suffix(".part")
        try:
            with part.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, BALLAST_MIB * _MIB)
                os.fsync(file.fileno())
            part.replace(self._ballast)
            sync_folder(self._folder)
        except OSError:
            # Somebody else has taken the room meanwhile; the note tells it.
            part.unlink(missing_ok=True)
