from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from terminal.store import releases, settings
from terminal.store.db import close_writer, open_writer, write
from terminal.store.releases import Remembered

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def db(tmp_path):
    made = open_writer(tmp_path / "journal.db", "journal")
    yield made
    close_writer(made)


def test_a_new_till_remembers_nothing(db):
    assert releases.remembered(db) == Remembered(0, 0)


def test_numbers_never_sink(db):
    with write(db):
        for number in (3, 7, 5):
            releases.note_assignment(db, number)
        settings.put(db, "update.floor", "9")
    assert releases.remembered(db) == Remembered(9, 7)


def test_the_latest_of_the_times_that_have_passed(db):
    with write(db):
        for hours in (2, 1):
            releases.note_office_time(db, NOON + timedelta(hours=hours))
    assert releases.remembered(db).at == NOON + timedelta(hours=2)
    with write(db):
        db.execute(
            "INSERT INTO closing (rid, step, started_at, ended_at, operator, base, local_gr,"
            " token, route) VALUES ('r', 'DONE', '', '2026-11-26T18:00:00+01:00', '', '', '', 1,"
            " 'terminal')"
        )
    assert releases.remembered(db).at == NOON + timedelta(hours=5)


def test_a_pause_holds_until_it_is_over(db):
    for is_paused in (True, True, False, False):
        with write(db):
            releases.note_pause(db, is_paused)
        assert releases.remembered(db).is_paused is is_paused


def test_the_floor_rises_and_never_sinks(db):
    for counter in (3, 7, 5):
        with write(db):
            releases.raise_floor(db, counter)
    assert releases.remembered(db).floor == 7
