from __future__ import annotations

import pytest
from sqlalchemy import select

from backoffice import receive
from backoffice.errors import NotFound
from backoffice.judge import Judged
from backoffice.rejected import judge_again, rejected
from backoffice.store.engine import reading, writing
from backoffice.store.tables import receipt, verdict
from terminal.sync import wire

PRINTER = "ZBF 2301000001"


def push(engine, till, clock, entries, places=()):
    return receive.receive(engine, till, wire.JournalPush(1, [*entries], [*places]), clock())


def look_again(engine, till, clock, seq, epoch=1):
    with writing(engine) as database:
        return judge_again(database, till, epoch, seq, clock())


def numbers(engine):
    with reading(engine) as database:
        chosen = select(receipt.c.seq, receipt.c.receipt_no).order_by(receipt.c.seq)
        return [tuple(row) for row in database.execute(chosen)]


@pytest.fixture
def old_program(monkeypatch):
    """An office that could not read receipts yet."""

    def judge(entry, *_):
        return Judged("receipt", None, is_accepted=False, reason="unreadable: an old program")

    with monkeypatch.context() as patch:
        patch.setattr(receive, "judge", judge)
        yield patch
    monkeypatch.undo()


def test_the_newest_come_first_with_their_reasons(engine, till, clock, books):
    journal = books()
    journal.add(journal.receipt(1, 100, total_gr=90))
    journal.add(journal.cash())
    push(engine, till, clock, journal.entries)
    clock.push(minutes=1)
    journal.add_raw('{"kind":"receipt"}')
    push(engine, till, clock, journal.entries)
    with reading(engine) as database:
        found = rejected(database, 10)
        assert rejected(database, 1) == found[:1]
    assert [(row[:3], row[4]) for row in found] == [
        ((till, 1, 3), "receipt"),
        ((till, 1, 1), "receipt"),
    ]
    assert found[0][-1].startswith("unreadable")
    assert "lines_total" in found[1][-1]


def test_a_newer_program_counts_a_document_where_it_always_stood(
    engine, till, clock, books, old_program
):
    journal = books()
    for number in (1, 2, 3):
        journal.add(journal.receipt(number, 100))
    push(engine, till, clock, journal.entries[:1])
    old_program.undo()
    push(engine, till, clock, journal.entries)
    assert numbers(engine) == [(2, 2), (3, 3)]
    clock.push(hours=1)
    # By itself it would come after receipts 2 and 3: those were not known then.
    assert look_again(engine, till, clock, 1) == wire.Verdict(1, is_accepted=True, epoch=1)
    assert numbers(engine) == [(1, 1), (2, 2), (3, 3)]
    with reading(engine) as database:
        assert rejected(database, 10) == []
        judged = select(verdict.c.judged_at).where(verdict.c.seq == 1)
        assert database.scalar(judged) == "2026-03-01T13:00:00.000+00:00"


def test_what_is_still_wrong_stays_rejected_and_is_listed_once(engine, till, clock, books):
    journal = books()
    journal.add(journal.receipt(1, 100, total_gr=90))
    push(engine, till, clock, journal.entries)
    for _ in range(2):
        verdict_now = look_again(engine, till, clock, 1)
        assert not verdict_now.is_accepted
        assert "lines_total" in verdict_now.reason
    assert numbers(engine) == [(1, 1)]


def test_the_till_hears_of_it_when_it_asks(engine, till, clock, books, old_program):
    journal = books()
    journal.add(journal.receipt(1, 100))
    push(engine, till, clock, journal.entries)
    place = wire.Place(1, 1)
    assert not push(engine, till, clock, [], [place]).verdicts[0].is_accepted
    look_again(engine, till, clock, 1)
    answer = push(engine, till, clock, [], [place, wire.Place(7, 7)])
    assert (answer.hw, answer.verdicts) == (1, [wire.Verdict(1, is_accepted=True, epoch=1)])


@pytest.mark.parametrize("place", [(1, 2), (2, 1), (2**40, 1), (1, 2**70), (0, 0)])
def test_what_is_not_there_is_not_found(engine, till, clock, books, place):
    journal = books()
    journal.add(journal.cash())
    push(engine, till, clock, journal.entries)
    with pytest.raises(NotFound):
        look_again(engine, till, clock, place[1], place[0])
