"""How the till is, as its office hears it each minute: a few figures, read and never written."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.sync.wire import Heartbeat
from terminal.version import VERSION

if TYPE_CHECKING:
    import sqlite3

    from terminal.context import Context
    from terminal.day.state import Day
    from terminal.lamps import Lamps
    from terminal.store.catalogue import Catalogue
    from terminal.store.outbox import Unsent

_MIB = 2**20


def heartbeat(
    context: Context, catalogue: Catalogue, lamps: Lamps, unsent: Unsent, day: Day, operator: str
) -> Heartbeat:
    """Everything that the office is told of a till besides its documents."""
    journal = context.journal
    return Heartbeat(
        version=VERSION,
        unsent=unsent.count,
        oldest_unsent_at=unsent.oldest_at,
        day=day,
        printer=lamps.printer_state,
        operator=operator,
        database=journal.execute("PRAGMA user_version").fetchone()[0],
        reports_left=lamps.noted.reports_left if lamps.noted else None,
        disk_free_mib=_disk_free_mib(journal),
        at=context.stamp(),
        sets=catalogue.revisions(),
    )


def _disk_free_mib(journal: sqlite3.Connection) -> int | None:
    """Room beside the journal; a journal in memory has none."""
    path = journal.execute("PRAGMA database_list").fetchone()[2]
    return shutil.disk_usage(Path(path).parent).free // _MIB if path else None
