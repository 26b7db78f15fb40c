"""Goes back to the version before because somebody wants it: only while the day is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.update import before, gate, record
from terminal.update.launcher import version_of
from terminal.update.states import Command

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from terminal.update.slots import Slots


def go_back(db: sqlite3.Connection, folder: Path, slots: Slots) -> str:
    """Have the next start be that of the version before; gives its name.

    A trial is given up. From a confirmed version the older one is tried like a new one, and comes
    no further when it is not well. ``db`` is the journal in ``folder``, on its own thread. Raises
    E-172 while the day is not closed, E-179 without such a version.
    """
    boot, target = slots.boot(), slots.way_back()
    gate.let(db, Command.GO_BACK, is_trial=boot.is_trial)
    if not target:
        raise Rejected(Code.NOTHING_TO_GO_BACK_TO)
    if not boot.is_trial:
        record.begin(db, target, boot.active)
        before.keep(folder, version_of(target))
    return version_of(slots.go_back())
