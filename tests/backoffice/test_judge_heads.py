from __future__ import annotations

import uuid

import pytest
from msgspec.structs import replace

from backoffice import receive
from terminal.audit.device_key import DeviceKey
from terminal.sync import wire
from terminal.sync.signing import new_key

KEY = DeviceKey(new_key())


def head(journal, key=KEY, **changes):
    """The head of a day that ends with the newest document."""
    last = len(journal.entries)
    bare = wire.DayHeadDoc(
        *(str(uuid.uuid4()), journal.terminal, journal.shop, "2026-03-01T21:00:00+01:00", "1"),
        *("report", 1, 1, 1, last, last, journal.head, key.public()),
    )
    bare = replace(bare, **changes)
    signature = changes.get("signature", key.sign(wire.signed_text(wire.HEAD_MARK, bare)))
    return journal.add(replace(bare, signature=signature))


def judged(engine, till, clock, journal):
    answer = receive.receive(engine, till, wire.JournalPush(1, [*journal.entries]), clock())
    return answer.verdicts[-1]


def code(verdict):
    return verdict.reason.partition(":")[0]


@pytest.fixture
def journal(books):
    made = books()
    made.add(made.receipt(1, 100))
    made.add(made.cash())
    return made


def test_a_right_head_is_accepted_and_another_key_is_noted(engine, till, clock, journal):
    head(journal)
    verdict = judged(engine, till, clock, journal)
    assert (verdict.is_accepted, code(verdict)) == (True, "head_key")


def test_a_head_that_nobody_signed_is_noted(engine, till, clock, journal):
    head(journal, DeviceKey())
    verdict = judged(engine, till, clock, journal)
    assert (verdict.is_accepted, code(verdict)) == (True, "head_unsigned")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"head": "ab" * 32}, "day_head"),
        ({"last_seq": 1}, "day_head"),
        ({"count": 3}, "day_count"),
        ({"first_seq": 2}, "day_count"),
        ({"signature": "ab" * 64}, "head_signature"),
        ({"signature": "no hex"}, "head_signature"),
        ({"device_key": "ab" * 3}, "head_signature"),
        ({"count": -1}, "range"),
    ],
)
def test_a_wrong_head_is_rejected(engine, till, clock, journal, change, reason):
    head(journal, **change)
    verdict = judged(engine, till, clock, journal)
    assert (verdict.is_accepted, code(verdict)) == (False, reason)


def test_a_running_total_goes_on_from_the_last(engine, till, clock, books):
    journal = books()
    journal.add(journal.receipt(1, 100, running=wire.RunningTotal(5100, 0, 9)))
    journal.add(journal.receipt(2, 200, running=wire.RunningTotal(5300, 0, 10)))
    assert judged(engine, till, clock, journal).reason == ""
    journal.add(journal.receipt(3, 300, running=wire.RunningTotal(5500, 0, 11)))
    verdict = judged(engine, till, clock, journal)
    assert verdict.reason == "running_total: 11/5500/0 != 11/5600/0"
    # The next one goes on from what was told, whatever was thought of it.
    journal.add(journal.receipt(4, 100, running=wire.RunningTotal(5600, 0, 12)))
    assert judged(engine, till, clock, journal).is_accepted


def test_an_older_program_that_tells_no_total_is_no_fault(engine, till, clock, books):
    journal = books()
    journal.add(journal.receipt(1, 100, running=wire.RunningTotal(100, 0, 1)))
    journal.add(journal.receipt(2, 100))
    journal.add(journal.receipt(3, 100, running=wire.RunningTotal(300, 0, 3)))
    assert judged(engine, till, clock, journal).is_accepted


def test_what_is_told_of_a_person_is_held_against_its_hash(engine, till, clock, books):
    journal = books()
    bare, told = wire.apart(journal.receipt(1, 100, nip="5260250274"), "ab" * 16)
    entry = journal.add(bare)
    journal.entries[-1] = replace(entry, person=told.replace("5260250274", "1111111111"))
    verdict = judged(engine, till, clock, journal)
    assert (verdict.is_accepted, code(verdict)) == (False, "person")
