from __future__ import annotations

from backoffice import fleet, receive
from backoffice.history import TillHistory
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half

PRINTER = "ZBF 2301000001"


def push(engine, till, clock, books):
    receive.receive(engine, till, wire.JournalPush(1, books.entries), clock())


def bill_of(receipt):
    """The bill with the lines of ``receipt``."""
    return wire.BillDoc(
        rid="b1",
        terminal=receipt.terminal,
        shop=receipt.shop,
        opened_at=receipt.opened_at,
        at=receipt.closed_at,
        operator="1",
        bill_no=1,
        total_gr=receipt.total_gr,
        lines=receipt.lines,
        payments=[wire.PaymentDoc("rachunek", "Rachunek", "other", receipt.total_gr)],
    )


def test_a_receipt_is_held_against_its_bill_from_the_same_push_or_an_earlier_one(
    engine, till, clock, books
):
    journal = books()
    journal.add(bill_of(journal.receipt(1, 100)))
    journal.add(journal.receipt(1, 100, makes_good="b1"))
    journal.add(journal.receipt(2, 200, makes_good="b1"))
    push(engine, till, clock, journal)
    journal.entries = [journal.add(journal.receipt(3, 300, makes_good="b1"))]
    push(engine, till, clock, journal)
    with reading(engine) as database:
        found = database.exec_driver_sql("SELECT seq, reason FROM verdict ORDER BY seq")
        reasons = {seq: reason for seq, reason in found if reason}
        assert TillHistory(database, till, 1).bill("b2") is None
        assert TillHistory(database, "K2", 1).bill("b1") is None
    assert reasons == {
        3: "bill_total: 200 != 100; bill_lines: not those of bill 1",
        4: "bill_total: 300 != 100; bill_lines: not those of bill 1",
    }


def test_a_new_till_has_no_history(engine):
    with reading(engine) as database:
        history = TillHistory(database, "K1", 1)
        assert history.last_report_no(PRINTER) == 0
        assert history.newest_day(PRINTER) == 0
        assert history.last_receipt_no(PRINTER, 1) == 0
        assert history.gross_gr(0, 1, 99) == [0] * 7


def test_what_was_stored_is_known(engine, till, clock, books):
    journal = books()
    journal.add(journal.receipt(1, 100))
    journal.add(journal.receipt(2, 200))
    journal.add(journal.report(1, 300))
    journal.add(journal.receipt(3, 400, report_no=2))
    journal.add_raw('{"kind":"receipt","split":5}')
    push(engine, till, clock, journal)
    with reading(engine) as database:
        history = TillHistory(database, till, 1)
        assert history.last_report_no(PRINTER) == 1
        assert history.newest_day(PRINTER) == 2
        assert history.last_receipt_no(PRINTER, 1) == 2
        assert history.last_receipt_no(PRINTER, 2) == 3
        assert history.last_receipt_no("another", 2) == 0
        assert history.gross_gr(0, 1, 3) == [0, 0, 300, 0, 0, 0, 0]
        assert history.gross_gr(0, 2, 9) == [0, 0, 600, 0, 0, 0, 0]
        assert TillHistory(database, till, 2).gross_gr(0, 1, 9) == [0] * 7


def test_a_day_may_begin_in_the_epoch_of_another_device(engine, till, clock, books):
    old, new = books(), books()
    for number in (1, 2, 3):
        old.add(old.receipt(number, number))
    new.add(new.receipt(4, 40))
    push(engine, till, clock, old)
    with writing(engine) as database:
        code = fleet.invite(database, till, "lipa", clock())
        fleet.enrol(database, wire.EnrolRequest(code, "0.1.0", public_half(new_key())), clock())
    receive.receive(engine, till, wire.JournalPush(2, new.entries), clock())
    with reading(engine) as database:
        history = TillHistory(database, till, 2)
        assert history.gross_gr(1, 2, 1) == [0, 0, 2 + 3 + 40, 0, 0, 0, 0]
        assert history.gross_gr(1, 4, 0) == [0] * 7
        history.learn(2, new.receipt(5, 500))
        assert history.gross_gr(1, 3, 2) == [0, 0, 3 + 40 + 500, 0, 0, 0, 0]
        assert history.gross_gr(0, 1, 9) == [0, 0, 540, 0, 0, 0, 0]


def test_documents_in_hand_count_before_they_are_stored(engine, books):
    journal = books()
    odd = [wire.VatSplit("", 0, 5, 0), wire.VatSplit("H", 0, 5, 0), wire.VatSplit("A", 2300, 7, 1)]
    with reading(engine) as database:
        history = TillHistory(database, "K1", 1)
        history.learn(1, journal.receipt(5, 100))
        history.learn(2, journal.receipt(4, 50, split=odd))
        history.learn(3, journal.report(7))
        history.learn(4, journal.cash())
        assert history.last_receipt_no(PRINTER, 1) == 5
        assert history.last_report_no(PRINTER) == 7
        assert history.newest_day(PRINTER) == 1
        assert history.gross_gr(0, 1, 9) == [7, 0, 100, 0, 0, 0, 0]
        assert history.gross_gr(0, 2, 9) == [7, 0, 0, 0, 0, 0, 0]
