from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from terminal.store import sent
from terminal.store.catalogue import apply
from terminal.store.db import close_writer, open_writer
from terminal.sync.wire import EMPTY, Unit, row_number, turned

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    catalogue = open_writer(tmp_path / "catalogue.db", "catalogue")
    apply(catalogue, "units", 1, [Unit("a", "szt"), Unit("b", "kg"), Unit("c", "l")], ["c"])
    yield catalogue
    close_writer(catalogue)


def digest(rows: Mapping[str, str]) -> str:
    found = EMPTY
    for row in rows.items():
        found = turned(found, row_number(*row))
    return found


def test_the_digest_is_that_of_what_was_sent_last(db: sqlite3.Connection) -> None:
    dice, rows = random.Random(3), {}
    for step in range(60):
        fresh = {dice.choice("abcdefgh"): str(dice.randrange(4)) for _ in range(dice.randrange(4))}
        gone = {dice.choice("abcdefgh")} - fresh.keys() if step % 3 else set()
        sent.note(db, "units", fresh, gone)
        rows = {one: body for one, body in (rows | fresh).items() if one not in gone}
        assert sent.digest(db, "units") == digest(rows)


def test_a_set_that_never_came_has_the_digest_of_nothing(db: sqlite3.Connection) -> None:
    assert sent.digest(db, "products") == EMPTY


def test_each_set_is_counted_by_itself(db: sqlite3.Connection) -> None:
    apply(db, "vat_rates", 1, [])
    sent.note(db, "units", {"a": "1"})
    sent.note(db, "vat_rates", {"a": "2"})
    sent.forget(db, "units")
    assert sent.digest(db, "units") == EMPTY
    assert sent.digest(db, "vat_rates") == digest({"a": "2"})


def test_living_and_refused_rows_that_were_not_sent_are_found(db: sqlite3.Connection) -> None:
    apply(db, "units", 2, [], [], [("x", "why", "{}"), ("y", "why", "{}")])
    sent.note(db, "units", {"a": "1", "x": "1"})
    assert sorted(sent.unsent(db, "units")) == ["b", "y"]
    sent.forget(db, "units")
    assert sorted(sent.unsent(db, "units")) == ["a", "b", "x", "y"]
