"""Writes files for the other program, each record once, whatever breaks in between.

A file counts for the other program once its checksum lies beside it. Before that the keys in it
are noted in ``sent``: whoever comes back after a power cut finds either no note, and writes again,
or a note whose file has no checksum yet, and adds it.
"""

from __future__ import annotations

import hashlib
import threading
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from backoffice.erp.filenames import CHECKSUM, parsed
from backoffice.erp.text import PIECE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from backoffice.erp.connector import Outgoing
    from backoffice.erp.disk import Disk

_NOTE_BYTES_MAX = 4 * 1024 * 1024


class Outbox:
    """The folder of files to the other program, and the notes of what went into them."""

    def __init__(
        self,
        disk: Disk,
        folder: str,
        notes: str = "sent",
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._disk, self._folder, self._notes, self._today = disk, folder, notes, today
        self._read: set[str] = set()
        self._keys: dict[str, set[str]] = {}
        self._alone = threading.Lock()

    def send(
        self,
        stem: str,
        suffix: str,
        records: Sequence[Outgoing],
        encode: Callable[[Iterable[Outgoing]], bytes],
    ) -> str:
        """Write the records that were never sent; gives the name of their file, "" without any."""
        with self._alone:
            self._finish(stem)
            sent = self._sent(stem)
            new = {it.key: it for it in records if it.key not in sent}
            if not new:
                return ""
            name = f"{stem}-{self._today():%Y%m%d}-{self._next_number(stem):03}.{suffix}"
            self._disk.put(self._folder, name, [encode(new.values())])
            self._disk.put(self._notes, name, ["\n".join(new).encode()])
            self._seal(name)
            self._read.add(name)
            sent.update(new)
            return name

    def _next_number(self, stem: str) -> int:
        """Higher than any of the stem: also than what the other program has not taken yet."""
        found = (
            parsed(it.name)
            for folder in (self._folder, self._notes)
            for it in self._disk.entries(folder)
        )
        return 1 + max((it.number for it in found if it and it.stem == stem.lower()), default=0)

    def _finish(self, stem: str) -> None:
        """Add the checksums that a power cut kept back; what no note knows of never happened."""
        there = {it.name for it in self._disk.entries(self._folder) if it.is_plain}
        noted = {it.name for it in self._disk.entries(self._notes) if it.is_plain}
        for name in sorted(there):
            known = parsed(name)
            if not known or known.stem != stem.lower() or name + CHECKSUM in there:
                continue
            if name in noted:
                self._seal(name)
            else:
                self._disk.remove(self._folder, name)

    def _seal(self, name: str) -> None:
        digest = hashlib.sha256()
        with self._disk.open(self._folder, name) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
        line = f"{digest.hexdigest()}  {name}\n".encode()
        self._disk.put(self._folder, name + CHECKSUM, [line])

    def _sent(self, stem: str) -> set[str]:
        keys = self._keys.setdefault(stem, set())
        for entry in self._disk.entries(self._notes):
            name = parsed(entry.name)
            if not entry.is_plain or not name or name.stem != stem.lower():
                continue
            if entry.name not in self._read:
                with self._disk.open(self._notes, entry.name) as file:
                    text = file.read(_NOTE_BYTES_MAX).decode("utf-8", errors="replace")
                keys.update(text.split("\n"))
                self._read.add(entry.name)
        return keys
