"""Many documents through a bad line, and an oracle that is itself tested with planted faults."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import msgspec
import pytest

from terminal.events import Failed
from terminal.store.outbox import Batch
from terminal.sync import wire

if TYPE_CHECKING:
    from tests.terminal.sync.conftest import MemoryOffice, TillOutbox

    Answer = wire.JournalAnswer | wire.Problem


def faults_of(till: TillOutbox, office: MemoryOffice) -> list[str]:
    """The oracle: every document at the office exactly once, in order, byte for byte."""
    mine, theirs = till.all(), office.entries
    found = []
    if len({one.rid for one in theirs}) < len(theirs):
        found.append("doubled")
    if {one.rid for one in mine} - {one.rid for one in theirs}:
        found.append("lost")
    if mine != theirs:
        found.append("wrong")
    if till.rewinds:
        found.append("rewound")
    return found


def drive(
    till: TillOutbox,
    office: MemoryOffice,
    seed: int,
    count: int,
    *,
    forget_at: int = 0,
    **arms: object,
) -> int:
    """Sell ``count`` documents while the line is bad, then wait until all is quiet; gives steps."""
    rng = random.Random(seed)
    office.rng = random.Random(seed + 1)
    till.entries_max = 20
    postman, clock = till.postman(office, rng=random.Random(seed + 2), **arms)
    made = steps = 0
    while (made < count or till.unsent()) and steps < 4000:
        steps += 1
        if made < count and rng.random() < 0.7:
            lot = min(rng.randint(1, 5), count - made)
            till.sell(lot)
            made += lot
            if forget_at and made >= forget_at:
                office.forget(len(office.entries) // 2)
                forget_at = 0
        clock.now += min(postman.step(), rng.uniform(0, 30))
    # One heartbeat later everything is settled, also what was lost after the last answer.
    for _ in range(20):
        clock.now += 60
        postman.step()
    return steps


@pytest.mark.parametrize("seed", [1, 2])
def test_three_hundred_documents_through_a_bad_line(
    till: TillOutbox, office: MemoryOffice, seed: int
) -> None:
    drive(till, office, seed, 300)
    assert faults_of(till, office) == []
    assert len(office.entries) == 300
    assert all(office.seen[fault] for fault in ("refuse", "lost", "cut", "500", "slow", "twice"))
    assert till.events(Failed) == []


def test_a_bad_line_and_an_office_restored_from_a_copy(
    till: TillOutbox, office: MemoryOffice
) -> None:
    drive(till, office, 3, 300, forget_at=150)
    assert faults_of(till, office) == ["rewound"]
    assert len(office.entries) == 300


def test_the_oracle_finds_an_office_that_confirms_without_storing(
    till: TillOutbox, office: MemoryOffice
) -> None:
    rng = random.Random(5)
    take = office.take

    def hasty(push: wire.JournalPush) -> Answer:
        if push.entries and rng.random() < 0.2:
            return wire.JournalAnswer(push.epoch, push.entries[-1].seq, push.entries[-1].hash)
        return take(push)

    office.take = hasty
    drive(till, office, 4, 100)
    assert faults_of(till, office)


def test_the_oracle_finds_an_office_that_does_not_know_doubles(
    till: TillOutbox, office: MemoryOffice
) -> None:
    def trusting(push: wire.JournalPush) -> Answer:
        office.entries.extend(push.entries)
        last = push.entries[-1] if push.entries else None
        hw, head = (last.seq, last.hash) if last else (till.all()[-1].seq, till.all()[-1].hash)
        return wire.JournalAnswer(push.epoch, hw, head)

    office.take = trusting
    drive(till, office, 5, 100)
    assert "doubled" in faults_of(till, office)


def test_the_oracle_finds_a_till_that_makes_a_new_key_for_each_try(
    till: TillOutbox, office: MemoryOffice
) -> None:
    tries = 0

    def renamed() -> Batch:
        nonlocal tries
        tries += 1
        batch = till.read_pending()
        return Batch(
            batch.epoch,
            tuple(msgspec.structs.replace(one, rid=f"{one.rid}-{tries}") for one in batch.entries),
        )

    known: set[str] = set()

    def by_key(push: wire.JournalPush) -> Answer:
        """An office that tells documents by their key alone."""
        new = [one for one in push.entries if one.rid not in known]
        known.update(one.rid for one in new)
        office.entries.extend(new)
        last = max(office.entries, key=lambda one: one.seq, default=None)
        hw, head = (last.seq, last.hash) if last else (0, wire.GENESIS)
        return wire.JournalAnswer(push.epoch, hw, head)

    office.take = by_key
    drive(till, office, 6, 100, read_pending=renamed)
    sequence = [one.seq for one in office.entries]
    assert len(sequence) > len(set(sequence))
    assert "wrong" in faults_of(till, office)
