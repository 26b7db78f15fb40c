"""Movements of cash are kept with what was shown before them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from terminal.store import cash
from terminal.store.cash import CashMove
from terminal.store.db import close_writer, open_writer
from tests.terminal.fake_printer import FRESH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOVE = CashMove("c1", "2026-11-23T10:00:00+01:00", "Anna", -500, "do banku", FRESH, 1200)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    yield journal
    close_writer(journal)


@pytest.mark.parametrize("cash_gr", [1200, None])
def test_an_intent_comes_back_until_it_has_ended(db: sqlite3.Connection, cash_gr) -> None:
    assert cash.unfinished(db) is None
    move = replace(MOVE, cash_gr=cash_gr)
    cash.begin(db, move)
    assert cash.unfinished(db) == move
    cash.end(db, "BOOKED", 7)
    assert cash.unfinished(db) is None
    row = db.execute("SELECT outcome, seq FROM cash_move").fetchone()
    assert row == ("BOOKED", 7)


def test_one_movement_at_a_time(db: sqlite3.Connection) -> None:
    cash.begin(db, MOVE)
    with pytest.raises(sqlite3.IntegrityError):
        cash.begin(db, replace(MOVE, rid="c2"))


def test_nothing_is_no_movement(db: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        cash.begin(db, replace(MOVE, amount_gr=0))
