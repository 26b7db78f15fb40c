from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

from terminal import events
from terminal.day.state import Day
from terminal.health import heartbeat
from terminal.lamps import Lamps
from terminal.store.db import close_writer, open_writer
from terminal.store.outbox import Unsent

if TYPE_CHECKING:
    from pathlib import Path

UNSENT = Unsent(3, "2026-11-26T10:00:00.000+01:00", 1)
AT = "2026-11-26T10:05:00.000+01:00"
CATALOGUE = SimpleNamespace(revisions=lambda: {"products": 7, "units": 2})


def till_with(journal):
    return SimpleNamespace(journal=journal, stamp=lambda: AT)


def test_a_heartbeat_tells_of_database_memory_and_disk(tmp_path: Path) -> None:
    journal = open_writer(tmp_path / "journal.db", "journal")
    version = journal.execute("PRAGMA user_version").fetchone()[0]
    lamps = Lamps()
    lamps.remember(events.PrinterNoted(datetime.now(UTC), timedelta(0), reports_left=57))
    told = heartbeat(till_with(journal), CATALOGUE, lamps, UNSENT, Day.OPEN, "Anna")
    close_writer(journal)
    assert (told.unsent, told.oldest_unsent_at, told.operator) == (3, UNSENT.oldest_at, "Anna")
    assert (told.day, told.database, told.reports_left) == ("OPEN", version, 57)
    assert told.disk_free_mib is not None
    assert told.disk_free_mib > 0
    assert (told.at, told.sets) == (AT, {"products": 7, "units": 2})


def test_what_is_not_known_is_not_told() -> None:
    nowhere = till_with(sqlite3.connect(":memory:"))
    told = heartbeat(nowhere, CATALOGUE, Lamps(), UNSENT, Day.EMPTY, "")
    assert (told.database, told.reports_left, told.disk_free_mib) == (0, None, None)
