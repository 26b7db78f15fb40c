"""What lies with the office, and what was asked for there."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from terminal.sale.receipt import Receipt
from terminal.store import parked, shared
from terminal.store.db import close_writer, open_writer
from terminal.store.shared import Shared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    parked.add_receipt(journal, Receipt("r1", "2026", "u1", "Anna"), "Jan")
    yield journal
    close_writer(journal)


def test_handed_over_held_and_back(db: sqlite3.Connection) -> None:
    shared.hand_over(db, "r1", "s1")
    assert shared.everything(db) == [Shared("r1", "s1", is_held=False)]
    assert [one.share for one in parked.lying(db)] == ["s1"]
    shared.held(db, "s1")
    assert shared.everything(db) == [Shared("r1", "s1", is_held=True)]
    shared.get_back(db, "s1")
    assert shared.everything(db) == []
    shared.hand_over(db, "r1", "s2")
    parked.move_away(db, "r1")
    assert shared.everything(db) == []


def test_nothing_is_handed_over_twice_or_out_of_nothing(db: sqlite3.Connection) -> None:
    shared.hand_over(db, "r1", "s1")
    for rid, share in (("r1", "s2"), ("r2", "s1"), ("nobody", "s3")):
        with pytest.raises(sqlite3.IntegrityError):
            shared.hand_over(db, rid, share)


def test_a_request_is_made_once(db: sqlite3.Connection) -> None:
    assert shared.ask(db, "s1", "q1") == "q1"
    assert shared.ask(db, "s1", "q2") == "q1"
    shared.ask(db, "s0", "q0")
    assert shared.asked(db) == [("s0", "q0"), ("s1", "q1")]
    shared.answered(db, "s1")
    assert shared.ask(db, "s1", "q2") == "q2"
