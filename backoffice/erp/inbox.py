"""The files from the other program: which may be read, in which order, and when they are archived.

A checksum beside a file says that it is whole. One without waits, and those after it wait for it:
what came later must not be overwritten by what came before.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from backoffice.erp.filenames import CHECKSUM, FileName, parsed
from backoffice.erp.text import PIECE
from backoffice.reasons import Reason
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from backoffice.erp.disk import Disk, Entry

FILE_BYTES_MAX = 512 * 1024 * 1024
OLD_S = 3600.0
_SUM_BYTES_MAX = 1024
_SUM = re.compile(rb"\A\s*([0-9a-fA-F]{64})(?![0-9a-fA-F])")
_KNOWN_MAX = 256


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is not read, and why; "" where it only has to be waited for."""

    name: str
    reason: str


class Inbox:
    """A folder of incoming files; ``old_s`` is how long a checksum may be missing."""

    def __init__(
        self,
        disk: Disk,
        folder: str,
        archive: str,
        *,
        old_s: float = OLD_S,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._disk, self._folder, self._archive = disk, folder, archive
        self._old_s, self._now = old_s, now
        self._checked: OrderedDict[tuple[str, int, float], str] = OrderedDict()

    def ready(self, stem: str) -> tuple[list[FileName], Held | None]:
        """Files to read in their order, and the one at which they end, if any must wait."""
        entries = {it.name: it for it in self._disk.entries(self._folder)}
        names = sorted(it for it in map(parsed, entries) if it and it.stem == stem.lower())
        for place, name in enumerate(names):
            if held := self._held(entries[name.name], entries):
                return names[:place], held
        return names, None

    def open(self, name: str) -> tuple[IO[bytes] | None, str]:
        """A file whose checksum fits and that checksum; or nothing, and what is wrong."""
        file = self._disk.open(self._folder, name)
        promised = self._promised(name)
        found = self._digest(name, file)
        if found != promised:
            file.close()
            message = _("the checksum does not fit the file: {found} instead of {promised}")
            return None, Reason(message, found=found[:12], promised=promised[:12] or "-")
        file.seek(0)
        return file, found

    def archive(self, name: str, digest: str, day: date) -> None:
        """Put a file away that was read as ``digest``; one that changed since then stays."""
        there = {it.name for it in self._disk.entries(self._folder)}
        if name + CHECKSUM not in there:
            return
        if name in there:
            if self._promised(name) != digest:
                return
            self._away(name, day)
        self._away(name + CHECKSUM, day)

    def _away(self, name: str, day: date) -> None:
        folder = f"{self._archive}/{day:%Y-%m-%d}"
        taken = {it.name for it in self._disk.entries(folder)}
        new, number = name, 1
        while new in taken:
            number += 1
            new = f"{name}.{number}"
        self._disk.move(self._folder, name, folder, new)

    def _held(self, entry: Entry, entries: dict[str, Entry]) -> Held | None:
        if not entry.is_plain:
            return Held(entry.name, Reason(_("this is a link or a device, not a plain file")))
        if entry.size > FILE_BYTES_MAX:
            message = _("the file is larger than {most} MiB")
            return Held(entry.name, Reason(message, most=FILE_BYTES_MAX // 2**20))
        beside = entries.get(entry.name + CHECKSUM)
        if beside and beside.is_plain:
            return None
        waited_s = self._now() - entry.modified
        if waited_s < self._old_s:
            return Held(entry.name, "")
        message = _("for {minutes} minutes there is no {file} that says it is whole")
        told = Reason(message, minutes=int(waited_s // 60), file=entry.name + CHECKSUM)
        return Held(entry.name, told)

    def _promised(self, name: str) -> str:
        with self._disk.open(self._folder, name + CHECKSUM) as file:
            found = _SUM.match(file.read(_SUM_BYTES_MAX))
        return found[1].decode().lower() if found else ""

    def _digest(self, name: str, file: IO[bytes]) -> str:
        """SHA-256 of a file; of one that did not change since last time from memory."""
        entry = next((it for it in self._disk.entries(self._folder) if it.name == name), None)
        key = (name, entry.size, entry.modified) if entry else (name, -1, 0.0)
        if key not in self._checked:
            digest = hashlib.sha256()
            while piece := file.read(PIECE):
                digest.update(piece)
            self._checked[key] = digest.hexdigest()
            while len(self._checked) > _KNOWN_MAX:
                self._checked.popitem(last=False)
        return self._checked[key]
