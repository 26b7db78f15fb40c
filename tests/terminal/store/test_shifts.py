from __future__ import annotations

import sqlite3

import pytest

from terminal.store import shifts
from terminal.store.db import close_writer, open_writer, write
from terminal.store.shifts import Count, Part, Shift
from terminal.sync.wire import Counted

ANNA = Shift("s1", "u1", "Anna", "2026-11-23T08:00:00.000+01:00", 20_000)
EWA = Shift("s2", "u3", "Ewa", "2026-11-23T09:00:00.000+01:00", None)


@pytest.fixture
def db(tmp_path):
    journal = open_writer(tmp_path / "journal.db", "journal")
    with write(journal):
        shifts.begin(journal, ANNA)
        shifts.begin(journal, EWA)
    yield journal
    close_writer(journal)


def test_each_cashier_has_one_open(db):
    assert shifts.open_one(db, "u1") == ANNA
    assert shifts.open_one(db, "u9") is None
    assert shifts.open_ones(db) == [ANNA, EWA]
    with pytest.raises(sqlite3.IntegrityError), write(db):
        shifts.begin(db, Shift("s3", "u1", "Anna", "", 0))


def test_a_closed_one_is_never_changed(db):
    with write(db):
        shifts.end(db, "s1", "2026-11-23T16:00:00.000+01:00")
    assert shifts.open_ones(db) == [EWA]
    with pytest.raises(sqlite3.IntegrityError, match="never changed"), write(db):
        shifts.end(db, "s1", "later")


def test_a_part_belongs_to_the_last_shift_that_took_it(db):
    with write(db):
        shifts.add(db, "s1", Part.RECEIPT, "r1")
        shifts.add(db, "s2", Part.RECEIPT, "r1")
    assert shifts.shift_of(db, "r1") == "s2"
    assert shifts.shift_of(db, "r2") == ""
    with pytest.raises(sqlite3.IntegrityError), write(db):
        shifts.add(db, "unknown", Part.CASH, "c1")


def test_a_count_is_kept_until_it_is_forgotten(db):
    count = Count(300, (Counted(100, 3),))
    with write(db):
        shifts.keep_count(db, "s1", count)
    assert shifts.kept_count(db, "s1") == count
    assert shifts.kept_count(db, "s2") is None
    with write(db):
        shifts.keep_count(db, "s1", None)
    assert shifts.kept_count(db, "s1") is None


def test_a_drawer_that_opens_changes_no_count_and_a_closed_shift_keeps_its_own(db):
    count = Count(300)
    with write(db):
        shifts.keep_count(db, "s1", count)
        shifts.add(db, "s1", Part.DRAWER, "d1")
        assert shifts.kept_count(db, "s1") == count
        shifts.end(db, "s1", "2026-11-23T16:00:00.000+01:00")
        # A refund that the printer books late.
        shifts.add(db, "s1", Part.REFUND, "c1")
    assert shifts.kept_count(db, "s1") == count


def test_slips_are_numbered_from_one(db):
    assert shifts.next_slip(db) == 1
