"""What each printer has sold is remembered by name and rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store import goods
from terminal.store.db import close_writer, open_writer, write

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    yield journal
    close_writer(journal)


def test_the_last_rate_of_each_name_is_kept_for_each_printer(db: sqlite3.Connection) -> None:
    with write(db):
        goods.remember(db, "ABC 1", {"mleko": 500, "chleb": 500})
        goods.remember(db, "ABC 1", {"mleko": 800})
        goods.remember(db, "XYZ 2", {"mleko": 2300})
    assert goods.known(db, "ABC 1", {"mleko", "ser"}) == {"mleko": 800}
    assert goods.everything(db, "ABC 1") == {"mleko": 800, "chleb": 500}
    assert goods.everything(db, "XYZ 2") == {"mleko": 2300}
    assert goods.everything(db, "") == {}


def test_what_is_known_is_not_written_again(db: sqlite3.Connection) -> None:
    with write(db):
        goods.remember(db, "ABC 1", {"mleko": 500})
    before = db.total_changes
    with write(db):
        goods.remember(db, "ABC 1", {"mleko": 500})
    assert db.total_changes == before
