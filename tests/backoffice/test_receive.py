from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from backoffice import fleet, receive
from backoffice.errors import BadRequest, ChainConflict, NotFound, TooLarge
from backoffice.store.engine import reading, writing
from backoffice.store.tables import alarm, daily_report, journal_entry, receipt, verdict
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half


def push(engine, till, clock, entries, epoch=1):
    return receive.receive(engine, till, wire.JournalPush(epoch, list(entries)), clock())


def count(engine, table):
    with reading(engine) as database:
        return database.scalar(select(func.count()).select_from(table))


@pytest.fixture
def five(books):
    journal = books()
    for _ in range(5):
        journal.add(journal.cash())
    return journal


def test_entries_are_stored_and_judged(engine, till, clock, five):
    answer = push(engine, till, clock, five.entries)
    assert (answer.epoch, answer.hw, answer.head) == (1, 5, five.head)
    assert answer.verdicts == [wire.Verdict(seq, is_accepted=True) for seq in range(1, 6)]
    with reading(engine) as database:
        assert receive.page(database, till, 0, 100) == wire.JournalPage(1, 5, five.entries)


def test_an_empty_push_asks_how_far(engine, till, clock, five):
    assert push(engine, till, clock, []) == wire.JournalAnswer(1, 0, wire.GENESIS)
    push(engine, till, clock, five.entries[:2])
    assert push(engine, till, clock, []).hw == 2


def test_sending_again_changes_nothing(engine, till, clock, five):
    first = push(engine, till, clock, five.entries)
    assert push(engine, till, clock, five.entries) == first
    assert count(engine, journal_entry) == count(engine, verdict) == 5


def test_pieces_in_any_overlap_end_in_the_whole_chain(engine, till, clock, books):
    journal, dice = books(), random.Random(7)
    for _ in range(60):
        journal.add(journal.cash())
    hw = 0
    for _ in range(300):
        start = dice.randrange(0, 60)
        answer = push(engine, till, clock, journal.entries[start : start + dice.randint(1, 12)])
        assert answer.hw >= hw
        assert answer.head == (journal.entries[answer.hw - 1].hash if answer.hw else wire.GENESIS)
        hw = answer.hw
    assert hw == 60
    assert count(engine, journal_entry) == 60


def test_a_gap_stops_without_an_error(engine, till, clock, five):
    answer = push(engine, till, clock, [*five.entries[:2], *five.entries[3:]])
    assert (answer.hw, answer.head) == (2, five.entries[1].hash)
    assert count(engine, alarm) == 0


def test_a_fork_is_a_conflict_that_writes_nothing_but_an_alarm(engine, till, clock, five, books):
    push(engine, till, clock, five.entries[:3])
    other = books()
    other.entries = five.entries[:2]
    other.add(other.cash(reason="inna"))
    other.add(other.cash())
    for _ in range(2):
        with pytest.raises(ChainConflict) as caught:
            push(engine, till, clock, other.entries)
    more = caught.value.more
    assert (caught.value.alarm, caught.value.seq) == ("fork", 3)
    assert (more["hw"], more["head"]) == (3, five.entries[2].hash)
    assert count(engine, journal_entry) == 3
    with reading(engine) as database:
        row = database.execute(select(alarm)).one()
    assert (row.terminal, row.epoch, row.seq, row.kind, row.times) == (till, 1, 3, "fork", 2)


def test_a_fork_after_good_new_entries_still_writes_nothing(engine, till, clock, five, books):
    push(engine, till, clock, five.entries[:1])
    forked = books().entry('{"kind":"event"}', seq=1)
    with pytest.raises(ChainConflict):
        push(engine, till, clock, [*five.entries[1:3], forked])
    assert count(engine, journal_entry) == 1


@pytest.mark.parametrize("field", ["hash", "prev"])
def test_a_wrong_next_entry_stops_and_is_kept_as_an_alarm(engine, till, clock, five, field):
    wrong = wire.Entry(
        **{name: getattr(five.entries[2], name) for name in wire.Entry.__struct_fields__}
        | {field: "ab" * 32}
    )
    answer = push(engine, till, clock, [*five.entries[:2], wrong, *five.entries[3:]])
    assert answer.hw == 2
    with reading(engine) as database:
        assert database.execute(select(alarm.c.seq, alarm.c.kind)).all() == [(3, "chain")]


def test_a_changed_body_does_not_pass_with_the_old_hash(engine, till, clock, five):
    good = five.entries[0]
    wrong = wire.Entry(good.seq, good.rid, good.prev, good.hash, good.body.replace("100", "900"))
    assert push(engine, till, clock, [wrong]).hw == 0


def test_a_rid_belongs_to_one_entry_for_ever(engine, till, clock, five, books):
    push(engine, till, clock, five.entries)
    body = wire.canonical(five.cash())
    again = five.entry(body, rid=five.entries[0].rid)
    with pytest.raises(ChainConflict) as caught:
        push(engine, till, clock, [again])
    assert caught.value.alarm == "rid"
    twice = books()
    document = twice.cash()
    with writing(engine) as database:
        code = fleet.invite(database, "K2", "lipa", clock())
        fleet.enrol(database, wire.EnrolRequest(code, "", public_half(new_key())), clock())
    twice.add(document)
    twice.add(document)
    with pytest.raises(ChainConflict):
        push(engine, "K2", clock, twice.entries)
    assert count(engine, journal_entry) == 5


def test_limits(engine, till, clock, books):
    journal = books()
    for _ in range(wire.JOURNAL_ENTRIES_MAX):
        journal.add_raw("{}")
    assert push(engine, till, clock, journal.entries).hw == wire.JOURNAL_ENTRIES_MAX
    with pytest.raises(TooLarge):
        push(engine, till, clock, [*journal.entries, journal.entries[0]])
    big = journal.entry("x" * wire.JOURNAL_BYTES_MAX)
    assert push(engine, till, clock, [big]).hw == wire.JOURNAL_ENTRIES_MAX + 1
    with pytest.raises(TooLarge):
        push(engine, till, clock, [journal.entry("x" * (wire.JOURNAL_BYTES_MAX + 1))])


@pytest.mark.parametrize("change", [{"seq": 0}, {"seq": 2**60}, {"rid": ""}, {"rid": "x" * 65}])
def test_impossible_places_are_refused(engine, till, clock, change):
    fields = {"seq": 1, "rid": "r", "prev": wire.GENESIS, "hash": "", "body": "{}"}
    with pytest.raises(BadRequest, match=r"\$\.entries\[0\]"):
        push(engine, till, clock, [wire.Entry(**fields | change)])


def test_an_epoch_that_was_not_given_is_a_conflict(engine, till, clock, five):
    for epoch in (0, 2):
        with pytest.raises(ChainConflict) as caught:
            push(engine, till, clock, five.entries, epoch=epoch)
        assert caught.value.alarm == "epoch"
    assert count(engine, journal_entry) == 0


def test_a_new_enrolment_opens_a_new_chain_beside_the_old(engine, till, clock, five, books):
    push(engine, till, clock, five.entries[:4])
    with writing(engine) as database:
        code = fleet.invite(database, till, "lipa", clock())
        assert (
            fleet.enrol(
                database, wire.EnrolRequest(code, "", public_half(new_key())), clock()
            ).epoch
            == 2
        )
    with reading(engine) as database:
        restored = receive.page(database, till, 0, 100)
    assert (restored.epoch, restored.hw) == (1, 4)
    fresh = books()
    fresh.add(fresh.cash())
    assert push(engine, till, clock, fresh.entries, epoch=2).hw == 1
    assert push(engine, till, clock, five.entries, epoch=1).hw == 5
    with reading(engine) as database:
        assert receive.page(database, till, 0, 100).epoch == 2
        assert receive.page(database, till, 0, 100, epoch=1).entries == five.entries


def test_whatever_the_content_a_right_chain_is_stored(engine, till, clock, books):
    journal = books()
    for body in ("", "null", "[1", '{"kind":"order","x":1}', '{"kind":"receipt"}', '{"kind":5}'):
        journal.add_raw(body)
    journal.add(journal.receipt(total_gr=2**80))
    answer = push(engine, till, clock, journal.entries)
    assert answer.hw == 7
    assert [it.is_accepted for it in answer.verdicts] == [False, False, False, True] + [False] * 3
    assert answer.verdicts[3].reason == "unknown_kind: order"
    assert count(engine, receipt) == 0


def test_receipts_and_reports_are_projected(engine, till, clock, books):
    journal = books()
    journal.add(journal.receipt(1))
    journal.add(journal.report(gross_gr=1000))
    assert all(it.is_accepted for it in push(engine, till, clock, journal.entries).verdicts)
    with reading(engine) as database:
        row = database.execute(select(receipt)).one()
        report = database.execute(select(daily_report)).one()
    assert (row.receipt_no, row.total_gr, row.payments) == (1, 1000, "Gotówka")
    assert (report.report_no, report.printer_total_gr, report.local_total_gr) == (1, 1000, 1000)


def test_the_day_is_recomputed_over_several_pushes(engine, till, clock, books):
    journal = books()
    for number in range(1, 5):
        journal.add(journal.receipt(number, 100 * number))
    push(engine, till, clock, journal.entries[:3])
    journal.add(journal.report(gross_gr=999))
    answer = push(engine, till, clock, journal.entries[3:])
    assert answer.verdicts[-1].reason == "day_total: 999 != 1000"
    journal.add(journal.report(2, 1000, first=1, last=4))
    assert push(engine, till, clock, journal.entries[5:]).verdicts[-1].is_accepted


def test_an_unknown_terminal_is_not_found(engine, clock):
    with pytest.raises(NotFound):
        push(engine, "nobody", clock, [])


def test_two_pushes_at_once_store_each_entry_once(engine, till, clock, books):
    journal = books()
    for _ in range(40):
        journal.add(journal.cash())
    start = Barrier(4)

    def one_till_process():
        start.wait(5)
        hw = 0
        while hw < 40:
            hw = push(engine, till, clock, journal.entries[hw : hw + 5]).hw
        return hw

    with ThreadPoolExecutor(4) as pool:
        assert [it.result(30) for it in [pool.submit(one_till_process) for _ in range(4)]] == [
            40
        ] * 4
    assert count(engine, journal_entry) == count(engine, verdict) == 40


def test_pages_end_at_the_limit_or_at_a_mebibyte(engine, till, clock, books):
    journal = books()
    for letter in "abc":
        journal.add_raw(letter * 600_000)
    for entry in journal.entries:
        push(engine, till, clock, [entry])
    with reading(engine) as database:
        assert [it.seq for it in receive.page(database, till, 0, 100).entries] == [1]
        assert [it.seq for it in receive.page(database, till, 2, 100).entries] == [3]
        assert receive.page(database, till, 0, 100).hw == 3
        with pytest.raises(BadRequest):
            receive.page(database, till, -1, 100)
