"""Customers of this till in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store.db import close_writer, open_writer, write
from terminal.store.local_customers import add, all_of_them
from terminal.store.own_rows import Own
from terminal.sync.wire import Customer

if TYPE_CHECKING:
    from pathlib import Path


def test_they_come_back_as_they_were(tmp_path: Path) -> None:
    db = open_writer(tmp_path / "journal.db", "journal")
    assert all_of_them(db) == []
    ewa, ola = Customer("1", "Ewa Lis", "5260250274"), Customer("2", "Ola")
    with write(db):
        add(db, ewa, "1")
        add(db, ola, "2")
    assert sorted(all_of_them(db), key=lambda one: one.row.id) == [Own(ewa, ""), Own(ola, "")]
    close_writer(db)
