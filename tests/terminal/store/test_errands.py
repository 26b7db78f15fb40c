"""What the office asked, as the journal remembers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store import errands
from terminal.store.db import close_writer, open_writer, write
from terminal.store.errands import HELD_MAX, Held
from terminal.sync.wire import ErrandState

if TYPE_CHECKING:
    from pathlib import Path


def test_it_is_there_after_a_restart_and_the_oldest_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    journal = open_writer(path, "journal")
    assert errands.held(journal) == []
    done = Held("1", "reload", "all", ErrandState.DONE)
    many = [Held(str(it), "lock", "") for it in range(2, HELD_MAX + 2)]
    with write(journal) as db:
        errands.keep(db, [done])
    assert errands.held(journal) == [done]
    with write(journal) as db:
        errands.keep(db, [done, *many])
    close_writer(journal)
    journal = open_writer(path, "journal")
    assert errands.held(journal) == many
    assert many[0].is_open
    assert not done.is_open
    close_writer(journal)
