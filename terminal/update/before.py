"""Copies of the databases from before an update, and when they may be taken back.

The version before mostly opens what the newer one has migrated, and then they are not needed. Where
it cannot, they are taken back only when the printer's counters prove that nothing was sold, and the
journal that nothing was sent: else somebody has to come. What is replaced is kept beside.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from drivers.errors import DeviceError
from terminal.errors import Blocked, Code
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store import settings
from terminal.store.backup import backup
from terminal.store.db import open_reader, sync_folder
from terminal.update.durable import write_durably
from terminal.update.launcher import read
from terminal.update.prepared import FOLDER
from terminal.update.trial import is_untouched

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drivers.fiscal import Counters
    from terminal.update.installation import Installation

_NAMES = ("journal.db", "catalogue.db")
_VERSION = "version"
_SILENT = _("the printer does not answer")
_SOLD = _("the printer's counters have moved")
_SENT = _("the office holds documents that are not in the copy")


def _place(folder: Path) -> Path:
    return folder / FOLDER / "before"


def keep(folder: Path, version: str) -> None:
    """Copy the databases in ``folder`` before ``version`` runs. Raises ``Blocked``, ``OSError``."""
    place = _place(folder)
    forget(folder)
    place.mkdir(parents=True)
    for name in _NAMES:
        backup(folder / name, place / name)
    # Written last: without it the copies are no copies.
    write_durably(place / _VERSION, version.encode())
    sync_folder(place.parent)


def journal_copy(folder: Path) -> Path:
    """The copy of the journal."""
    return _place(folder) / _NAMES[0]


def kept_for(folder: Path) -> str:
    """The version before which the copies were made; empty when there are none."""
    try:
        return (_place(folder) / _VERSION).read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def forget(folder: Path) -> None:
    """The update is confirmed, or its end has been told: the copies have done their work."""
    (_place(folder) / _VERSION).unlink(missing_ok=True)
    shutil.rmtree(_place(folder), ignore_errors=True)


def is_due(folder: Path, installation: Installation | None) -> bool:
    """Whether the copies were made before a version that was given up since."""
    boot = read(installation.prefix) if installation else None
    return boot is not None and not boot.is_trial and kept_for(folder) in boot.bad


def take_back(folder: Path, read_counters: Callable[[], Counters]) -> None:
    """Put the copies in place of the databases that the version before cannot read.

    Raises ``Blocked`` E-178 when that is not proven to lose nothing.
    """
    place = _place(folder)
    with closing(open_reader(place / _NAMES[0])) as copy:
        at_close, sent = settings.expected_counters(copy), _sent(copy)
    try:
        now = read_counters()
    except DeviceError as error:
        raise _no_way(_SILENT) from error
    if at_close is None or not is_untouched(at_close, now):
        raise _no_way(_SOLD)
    if _sent_by_newer(folder / _NAMES[0]) > sent:
        raise _no_way(_SENT)
    for name in _NAMES:
        _exchange(folder / name, place / name)


def _exchange(path: Path, copy: Path) -> None:
    """The newer file stays beside the copies; at no moment is there none under its name.

    Its log goes first: SQLite would write it into whatever file has that name.
    """
    for suffix in ("", "-wal"):
        newer = path.with_name(path.name + suffix)
        given_up = copy.with_name(f"given-up-{newer.name}")
        given_up.unlink(missing_ok=True)
        if newer.exists():
            os.link(newer, given_up)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    sync_folder(path.parent)
    part = path.with_name(path.name + ".part")
    shutil.copyfile(copy, part)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def _sent(db: sqlite3.Connection) -> tuple[int, int]:
    row = db.execute("SELECT epoch, hw FROM delivered").fetchone()
    return row or (0, 0)


def _sent_by_newer(journal: Path) -> tuple[int, int]:
    """How far the office has what the newer version wrote; a file that nobody can read tells none.

    On trial nothing is sent, so that is the rule and this its proof.
    """
    try:
        with closing(open_reader(journal)) as db:
            return _sent(db)
    except sqlite3.Error:
        return (0, 0)


def _no_way(why: str) -> Blocked:
    return Blocked(Code.UPDATE_NO_WAY_BACK, detail=translate(why))
