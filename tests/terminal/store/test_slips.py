from __future__ import annotations

import sqlite3

import pytest

from drivers.paper import Align, Kind, Row, Size, Slip
from terminal.paper.state import State
from terminal.store import db as db_module
from terminal.store import slips
from terminal.store.db import close_writer, open_writer, write

AT = "2026-11-23T10:00:00.000+01:00"
SLIP = Slip(
    "Kwit",
    (
        Row("Masło", "12,99", is_bold=True, size=Size.DOUBLE),
        Row("https://x/ż", kind=Kind.QR, align=Align.CENTRE),
    ),
    is_cut=False,
    kicks_drawer=True,
)


@pytest.fixture
def db(tmp_path):
    one = open_writer(tmp_path / "journal.db", "journal")
    yield one
    close_writer(one)


def add(db, key="test:1"):
    with write(db):
        return slips.add(db, key, "test", SLIP, AT)


def move(db, job, *events):
    for event in events:
        with write(db):
            job = slips.move(db, job, event, AT, "why")
    return job


def test_a_slip_is_kept_as_it_is(db):
    job = add(db)
    assert (job.state, job.copies, job.made_at, job.changed_at) == (State.WAITING, 0, AT, AT)
    assert job.slip() == SLIP
    assert slips.get(db, job.id) == slips.find(db, "test:1") == job
    assert slips.get(db, 99) is None
    assert slips.find(db, "test:2") is None


def test_a_key_is_queued_once(db):
    first = add(db)
    assert add(db) is None
    assert slips.latest(db, 9) == [first]
    move(db, first, "drop")
    assert add(db) is None


def test_the_oldest_comes_first(db):
    one, two = add(db, "a"), add(db, "b")
    assert slips.first(db, State.WAITING) == one
    assert slips.unfinished(db) == [one, two]
    assert slips.latest(db, 1) == [two]
    move(db, one, "send", "printed")
    assert slips.first(db, State.WAITING) == two
    assert slips.count_unfinished(db) == 1
    assert slips.first(db, State.PRINTING) is None


@pytest.mark.parametrize(
    ("events", "state", "copies"),
    [
        (("send",), State.PRINTING, 0),
        (("send", "not_sent"), State.WAITING, 0),
        (("send", "refuse"), State.DROPPED, 0),
        (("send", "printed"), State.PRINTED, 1),
        (("send", "doubt"), State.UNSURE, 1),
        (("send", "doubt", "again"), State.WAITING, 1),
        (("send", "doubt", "seen"), State.PRINTED, 1),
        (("send", "doubt", "again", "send", "doubt"), State.UNSURE, 2),
        (("send", "printed", "copy", "send", "printed"), State.PRINTED, 2),
        (("drop",), State.DROPPED, 0),
    ],
)
def test_papers_are_counted(db, events, state, copies):
    job = move(db, add(db), *events)
    assert (job.state, job.copies, job.why) == (state, copies, "why")


def test_what_is_not_possible_changes_nothing(db):
    job = add(db)
    assert move(db, job, "printed") is None
    assert slips.get(db, job.id) == job


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE slip SET copies = 0", "counted"),
        ("UPDATE slip SET body = '{}'", "never changed"),
        ("UPDATE slip SET key = 'other'", "never changed"),
        ("UPDATE slip SET id = 77", "never changed"),
        ("DELETE FROM slip", "never deleted"),
        ("UPDATE slip SET state = 'LOST'", "CHECK"),
    ],
)
def test_the_database_itself_forgets_no_paper(db, sql, said):
    move(db, add(db), "send", "doubt")
    with pytest.raises(sqlite3.IntegrityError, match=said):
        db.execute(sql)


@pytest.mark.parametrize("state", ["PRINTED", "UNSURE"])
def test_the_database_itself_wants_the_paper_counted(db, state):
    move(db, add(db), "send")
    with pytest.raises(sqlite3.IntegrityError, match="counted"):
        db.execute("UPDATE slip SET state = ?", (state,))


def test_one_slip_is_on_the_printer(db):
    move(db, add(db, "a"), "send")
    with pytest.raises(sqlite3.IntegrityError):
        move(db, add(db, "b"), "send")


def test_old_slips_are_forgotten_and_those_in_hand_are_not(db):
    jobs = [add(db, str(number)) for number in range(6)]
    for job in jobs[:3]:
        move(db, job, "send", "printed")
    move(db, jobs[3], "send", "doubt")
    with write(db):
        slips.prune(db, 3)
    assert [job.key for job in slips.latest(db, 9)] == ["5", "4", "3"]
    with write(db):
        slips.prune(db, 0)
    assert [job.key for job in slips.latest(db, 9)] == ["5", "4", "3"]


def test_a_slip_of_another_program_is_no_slip(db):
    db.execute(
        "INSERT INTO slip (key, kind, state, made_at, changed_at, body)"
        " VALUES ('k', 'k', 'WAITING', '', '', '[1]')"
    )
    with pytest.raises(ValueError, match="object"):
        slips.find(db, "k").slip()


def test_a_slip_with_more_in_it_than_we_know_is_still_a_slip(db):
    db.execute(
        "INSERT INTO slip (key, kind, state, made_at, changed_at, body) VALUES"
        """ ('k', 'k', 'WAITING', '', '', '{"title":"T","rows":[{"text":"a","x":1}],"y":2}')"""
    )
    assert slips.find(db, "k").slip() == Slip("T", (Row("a"),))


def test_a_journal_without_slips_learns_them(tmp_path, monkeypatch):
    """The step from the version before, on a journal that has been used."""
    path = tmp_path / "old.db"
    old = tmp_path / "migrations"
    (old / "journal").mkdir(parents=True)
    first = "journal/0001_first.sql"
    (old / first).write_bytes((db_module._MIGRATIONS / first).read_bytes())
    with monkeypatch.context() as patch:
        patch.setattr(db_module, "_MIGRATIONS", old)
        one = open_writer(path, "journal")
        one.execute("INSERT INTO setting VALUES ('kept', 'yes')")
        close_writer(one)
    again = open_writer(path, "journal")
    assert again.execute("SELECT count(*) FROM slip").fetchone() == (0,)
    assert again.execute("SELECT value FROM setting WHERE key = 'kept'").fetchone() == ("yes",)
    close_writer(again)
