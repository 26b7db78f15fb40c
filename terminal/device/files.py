"""Checks of what lies on the disk: configuration, folder, room, databases, copies. Reads only."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from terminal.device.check import CATALOGUE, IDENTITY, JOURNAL, Check, bad, fine, warning
from terminal.device.copies import COPIES_FOLDER, copies
from terminal.device.safekeeping import last_check
from terminal.device.space import BALLAST_FILE, LEAST_MIB, NOTED_MIB, free_mib
from terminal.errors import Blocked
from terminal.i18n import translate as _
from terminal.store import outbox
from terminal.store.backup import verify
from terminal.store.db import open_reader
from terminal.store.log import check_log

if TYPE_CHECKING:
    from pathlib import Path

    from terminal.device.check import Scene

_OTHERS = 0o077
_OTHERS_WRITE = 0o022
_COPY_AGE_MAX = timedelta(days=3)
_UNSENT_AGE_MAX = timedelta(days=3)


def configuration(scene: Scene) -> list[Check]:
    """The file of the technician."""
    name = "configuration"
    if scene.trouble:
        remedy = _("correct the place it names (docs/install.md)")
        return [bad(name, scene.trouble, remedy)]
    if scene.path.stat().st_mode & _OTHERS_WRITE:
        text = _("{path} may be changed by others", path=scene.path)
        return [warning(name, text, f"chmod go-w {scene.path}")]
    return [fine(name, str(scene.path))]


def folder(scene: Scene) -> list[Check]:
    """Where the databases are, and who may read there."""
    name, place = "folder", scene.folder
    if place is None:
        return []
    if not place.is_dir():
        remedy = _("kasoterminal install, then kasoterminal enrol CODE")
        return [bad(name, _("{path} is not there", path=place), remedy)]
    if not os.access(place, os.R_OK | os.W_OK | os.X_OK):
        text = _("{path} is not writable for this user", path=place)
        return [bad(name, text, _("run this as the user of the till"))]
    if place.stat().st_mode & _OTHERS:
        text = _("{path} is open to others", path=place)
        return [warning(name, text, f"chmod 700 {place}")]
    return [fine(name, str(place))]


def identity(scene: Scene) -> list[Check]:
    """Whether this device is a terminal of a shop."""
    name = "enrolment"
    if scene.folder is None:
        return []
    path = scene.folder / IDENTITY
    if not path.is_file():
        remedy = _("ask the office for a code, then: kasoterminal enrol CODE")
        return [bad(name, _("this till is not enrolled yet"), remedy)]
    if path.stat().st_mode & _OTHERS:
        text = _("{path} is open to others", path=path)
        return [bad(name, text, f"chmod 600 {path}")]
    return [fine(name, str(path))]


def disk(scene: Scene) -> list[Check]:
    """Room, and the reserve."""
    place = scene.folder
    if place is None or not place.is_dir():
        return []
    free = free_mib(place)
    text = _("{free} MiB free", free=free)
    remedy = _("free some space: the till begins no day below {least} MiB", least=LEAST_MIB)
    found = [fine("disk", text)]
    if free < NOTED_MIB:
        found = [(bad if free < LEAST_MIB else warning)("disk", text, remedy)]
    if not (place / BALLAST_FILE).is_file():
        text = _("the reserve for the last receipt is not laid by")
        found.append(warning("reserve", text, _("start the till, with room on the disk")))
    return found


def journal(scene: Scene) -> list[Check]:
    """Each page, each index, and the chain of documents; all of it, whatever that takes."""
    name = "journal"
    path = _database(scene, JOURNAL)
    if path is None:
        return []
    remedy = _("do not start the till; keep journal.db*, then docs/restore.md")
    try:
        if not scene.is_running:
            check_log(path)
        count = verify(path)
        with closing(open_reader(path)) as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
    except Blocked as error:
        return [bad(name, f"{error.code} {error.sentence()}", remedy)]
    text = _(
        "whole, documents in the chain: {count}, version {version}", count=count, version=version
    )
    return [fine(name, text)]


def catalogue(scene: Scene) -> list[Check]:
    """The goods: whatever is wrong with them, the office has them."""
    name = "catalogue"
    path = _database(scene, CATALOGUE)
    if path is None:
        return []
    try:
        with closing(open_reader(path)) as db:
            found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            version = db.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        found = str(error)
    if found != "ok":
        remedy = _(
            "stop the till, remove catalogue.db*, start it: the office sends all of it again"
        )
        return [bad(name, f"{path}: {found}", remedy)]
    return [fine(name, _("whole, version {version}", version=version))]


def safety(scene: Scene) -> list[Check]:
    """The copies of the journal, and what the last check of it found."""
    path = _database(scene, JOURNAL)
    if path is None:
        return []
    remedy = _("kasoterminal backup, or the service menu 2 3")
    found = []
    newest = next(iter(copies(path.parent / COPIES_FOLDER)), None)
    if newest is None or scene.now - newest.made_at > _COPY_AGE_MAX:
        text = _("no copy of the last three days")
        found.append(warning("backup", text, remedy))
    else:
        found.append(fine("backup", f"{newest.path.name}, {newest.size:_} B"))
    try:
        with closing(open_reader(path)) as db:
            checked = last_check(db)
    except (sqlite3.Error, ValueError):
        return found  # said of the journal already
    if checked is not None and checked.fault:
        text = _(
            "on {day} the journal was found damaged: {fault}",
            day=checked.at[:16],
            fault=checked.fault,
        )
        found.append(bad("last check", text, _("call service (docs/restore.md)")))
    return found


def unsent(scene: Scene) -> list[Check]:
    """What the office lacks, and what it rejected."""
    name = "unsent"
    path = _database(scene, JOURNAL)
    if path is None:
        return []
    try:
        with closing(open_reader(path)) as db:
            if db.execute("SELECT 1 FROM delivered").fetchone() is None:
                return []
            waits = outbox.unsent(db)
    except (sqlite3.Error, ValueError):
        return []  # said of the journal already
    text = _("documents that wait for the office: {count}", count=waits.count)
    found = [fine(name, text)]
    oldest = f"{scene.now - _UNSENT_AGE_MAX:%Y-%m-%d}"
    if waits.oldest_at and waits.oldest_at[:10] < oldest:
        since = waits.oldest_at[:10]
        text = _(
            "documents that wait for the office: {count}, since {day}", count=waits.count, day=since
        )
        found = [warning(name, text, _("look after the network; the till sells on"))]
    if waits.rejected:
        text = _("documents that the office rejected: {count}", count=waits.rejected)
        found.append(warning("rejected", text, "kasoterminal office rejected"))
    return found


def _database(scene: Scene, name: str) -> Path | None:
    """The file, when there is one that can be looked at."""
    path = scene.folder / name if scene.folder else None
    return path if path is not None and os.access(path, os.R_OK) else None
