"""The copies of the journal: where they lie, which are kept, whether one would do. No threads.

One for each of the last seven days that have one, and one for each of the last four weeks. Copies
are a second net: the office has every document that was sent (docs/restore.md).
"""

from __future__ import annotations

import re
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.context import ZONE
from terminal.device.space import LEAST_MIB, free_mib
from terminal.errors import Blocked, Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store import outbox
from terminal.store.backup import backup, check_whole, verify
from terminal.store.db import close_writer, open_reader, open_writer

if TYPE_CHECKING:
    from collections.abc import Iterable

COPIES_FOLDER = "backups"
DAYS, WEEKS = 7, 4
_NAME = re.compile(r"journal-(\d{8}-\d{6})\.db")
_STAMP = "%Y%m%d-%H%M%S"
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: when it was made, and how big it is."""

    path: Path
    made_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Tried:
    """What a copy holds: a till would go on with ``documents``, the last of them ``until``."""

    documents: int
    until: str


def copies(folder: Path) -> list[Copy]:
    """The copies in ``folder``, newest first."""
    found = [
        Copy(path, made_at, path.stat().st_size)
        for path in folder.glob("journal-*.db")
        if (named := _NAME.fullmatch(path.name)) and (made_at := _moment(named[1]))
    ]
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def kept(found: Iterable[Copy]) -> set[Copy]:
    """Those that stay: the last of each of the newest days, and of the newest weeks."""
    days: dict[str, Copy] = {}
    weeks: dict[str, Copy] = {}
    for one in sorted(found, key=lambda one: one.made_at, reverse=True):
        days.setdefault(f"{one.made_at:%Y-%m-%d}", one)
        weeks.setdefault(f"{one.made_at:%G-%V}", one)
    return {*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]}


def make(journal: Path, folder: Path, at: datetime) -> Copy:
    """Copy ``journal`` into ``folder``, and take away what is not kept there any more.

    Raises ``Blocked`` E-60 rather than fill the disk, and what ``backup`` raises.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    size = sum(one.stat().st_size for one in journal.parent.glob(f"{journal.name}*"))
    if free_mib(folder) < LEAST_MIB + size // _MIB:
        raise Blocked(Code.STORAGE, detail=translate(_("no room left")))
    target = folder / f"journal-{at.astimezone(ZONE):{_STAMP}}.db"
    backup(journal, target)
    found = copies(folder)
    for old in set(found) - kept(found):
        old.path.unlink(missing_ok=True)
    return next(one for one in found if one.path == target)


def try_out(copy: Path, journal: Path | None) -> Tried:
    """Bring a copy back to life in a folder of its own, read all of it, and throw that away.

    With ``journal`` the copy must be of that journal's past. Raises ``Rejected`` E-191.
    """
    try:
        verify(copy)
        with tempfile.TemporaryDirectory(prefix="kaso-drill-") as folder:
            trial = Path(folder) / "journal.db"
            backup(copy, trial)
            db = open_writer(trial, "journal")
            try:
                check_whole(db)
                tried = Tried(*outbox.extent(db))
                last = db.execute(
                    "SELECT epoch, seq, hash FROM document ORDER BY epoch DESC, seq DESC LIMIT 1"
                ).fetchone()
            finally:
                close_writer(db)
    except (Blocked, OSError, ValueError) as error:
        detail = error.params.get("detail", error) if isinstance(error, Blocked) else error
        raise Rejected(Code.BAD_COPY, path=copy, detail=detail) from error
    if journal is not None and last is not None:
        epoch, seq, head = last
        with closing(open_reader(journal)) as ours:
            if outbox.head_at(ours, epoch, seq) != head:
                detail = translate(_("it is of another journal"))
                raise Rejected(Code.BAD_COPY, path=copy, detail=detail)
    return tried


def forget_parts(folder: Path) -> None:
    """Take away what a power cut has left half copied."""
    for part in folder.glob(".journal-*.db.part*"):
        part.unlink()


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _STAMP).replace(tzinfo=ZONE)
    except ValueError:
        return None
