from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from drivers.fiscal import Counters
from terminal.errors import Code, SyncError
from terminal.sale.documents import counter_document
from terminal.sale.receipt import State
from terminal.store import bills, copies, local_customers, outbox, receipts, settings
from terminal.store.db import close_writer, open_writer, write
from terminal.store.own_rows import Own
from terminal.sync.wire import (
    GENESIS,
    BillDoc,
    CashDoc,
    Customer,
    CustomerDoc,
    DroppedDoc,
    Entry,
    EventDoc,
    JournalAnswer,
    JournalPage,
    LineDoc,
    PaymentDoc,
    Place,
    ReceiptDoc,
    ReportDoc,
    ShiftDoc,
    VatSplit,
    Verdict,
    canonical,
    chain_hash,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

WHO = {"terminal": "T1", "shop": "lipa", "operator": "Anna"}
AT = "2026-11-26T10:00:{:02}.000+01:00"
TOTALS = (0, 0, 399, 0, 0, 0, 0)
COUNTERS = Counters("ZBF 1", 4, 20, 1, 0, 7, TOTALS, 0, 0)
MILK = LineDoc(
    "1", "1", "", "Mleko 1 l", "szt.", "C", 500, 399, 399, 1000, 399, 0, 399, precision=0
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    yield journal
    close_writer(journal)


def receipt(rid: str = "r1", **changes: Any) -> ReceiptDoc:
    fields = {
        **WHO,
        "opened_at": AT.format(1),
        "closed_at": AT.format(2),
        "printer_no": "ZBF 1",
        "receipt_no": 7,
        "report_no": 5,
        "total_gr": 399,
        "discount_gr": 0,
        "nip": "",
        "lines": [MILK],
        "payments": [PaymentDoc("gotowka", "Gotówka", "cash", 500, 101)],
        "split": [VatSplit("C", 500, 399, 19)],
        "operator_id": "3",
        "counters": counter_document(COUNTERS),
        **changes,
    }
    return ReceiptDoc(rid, **fields)


def dropped(rid: str, *, printed_as_cancelled: bool = False) -> DroppedDoc:
    facts = {**WHO, "at": AT.format(3), "total_gr": 399, "reason": "za drogo", "lines": [MILK]}
    return DroppedDoc(rid, **facts, printed_as_cancelled=printed_as_cancelled, operator_id="3")


def event(rid: str, name: str, **detail: object) -> EventDoc:
    return EventDoc(rid, **WHO, at=AT.format(9), name=name, detail=detail)


def chained(*documents: Any) -> list[Entry]:
    prev, entries = GENESIS, []
    for seq, document in enumerate(documents, start=1):
        body = document if isinstance(document, str) else canonical(document)
        rid = f"raw{seq}" if isinstance(document, str) else document.rid
        entries.append(Entry(seq, rid, prev, chain_hash(prev, body), body))
        prev = entries[-1].hash
    return entries


def page(*entries: Entry, verdicts: list[Verdict] | None = None) -> JournalPage:
    return JournalPage(1, len(entries), [*entries], verdicts or [])


def brought_back(db: sqlite3.Connection, *documents: Any, lost: int = 0) -> None:
    with write(db):
        copies.keep(db, 1, page(*chained(*documents)))
        copies.rebuild(db, lost=lost)


def test_a_receipt_is_what_it_was(db: sqlite3.Connection) -> None:
    brought_back(db, receipt())
    (row,) = db.execute(
        "SELECT state, opened_at, operator_id, operator, total_gr, closed_at, receipt_no,"
        " report_no, printer_no, totals_gr, seq FROM receipt"
    )
    facts = ("FISCAL", AT.format(1), "3", "Anna", 399, AT.format(2), 7, 5, "ZBF 1")
    assert row == (*facts, msgspec.json.encode(TOTALS).decode(), 1)
    shown = receipts.load(db, "r1")
    assert (shown.total_gr, shown.change_gr, shown.lines[0].name) == (399, 101, "Mleko 1 l")
    assert db.execute("SELECT * FROM goods").fetchone()[::2] == ("ZBF 1", 500)
    assert db.execute("SELECT * FROM sold").fetchall() == [("1", 1)]
    assert receipts.day_totals(db, 5) == (1, TOTALS)


def test_what_was_given_up_is_kept_and_what_the_printer_cancelled_is_not_a_receipt(
    db: sqlite3.Connection,
) -> None:
    brought_back(db, dropped("d1"), dropped("x", printed_as_cancelled=True), receipt())
    rows = db.execute("SELECT rid, state, seq, closed_at FROM receipt ORDER BY seq").fetchall()
    assert rows == [("d1", "DROPPED", 1, AT.format(3)), ("r1", "FISCAL", 3, AT.format(2))]


def test_the_last_counters_that_were_told_are_expected(db: sqlite3.Connection) -> None:
    later = msgspec.structs.replace(
        event("e1", "printer_cancelled", count=1),
        counters=counter_document(Counters("ZBF 1", 4, 21, 1, 1, 7, TOTALS, 399, 0)),
    )
    cash = CashDoc("c1", **WHO, at=AT.format(8), amount_gr=100, reason="")
    brought_back(db, receipt(), later, cash)
    expected = settings.expected_counters(db)
    assert expected is not None
    assert (expected.header_no, expected.cancelled, expected.totals_gr) == (21, 1, TOTALS)


def test_without_counters_the_printer_is_met_as_if_for_the_first_time(
    db: sqlite3.Connection,
) -> None:
    brought_back(db, event("e1", "login"))
    assert settings.expected_counters(db) is None


def test_a_difference_waits_until_it_is_confirmed(db: sqlite3.Connection) -> None:
    zeros = [0] * 7
    differs = event(
        "e1", "report_differs", report_no=5, printer_gr=list(TOTALS), local_gr=zeros, disputed=[]
    )
    brought_back(db, differs)
    assert settings.difference(db) == settings.Difference(5, TOTALS, (0,) * 7)


def test_a_difference_that_was_confirmed_is_over(db: sqlite3.Connection) -> None:
    zeros = [0] * 7
    differs = event("e1", "report_differs", report_no=5, printer_gr=list(TOTALS), local_gr=zeros)
    brought_back(db, differs, event("e2", "report_difference_confirmed", report_no=5))
    assert settings.difference(db) is None


def test_tokens_begin_after_those_that_may_have_been_used(db: sqlite3.Connection) -> None:
    brought_back(db, receipt(), event("e1", "login"), lost=3)
    assert settings.next_token(db) == 6


def test_documents_of_a_newer_program_stay_in_the_chain(db: sqlite3.Connection) -> None:
    brought_back(db, '{"at":"2026-11-26","kind":"shift","rid":"raw1"}', receipt())
    assert outbox.extent(db) == (2, AT.format(2))
    assert db.execute("SELECT kind, made_at FROM document WHERE seq = 1").fetchone() == (
        "shift",
        "2026-11-26",
    )


def test_reports_are_documents_only(db: sqlite3.Connection) -> None:
    sums = list(TOTALS)
    report = ReportDoc(
        "z1", "T1", "lipa", AT.format(4), "Anna", "ZBF 1", 5, 1, 0, sums, sums, "terminal", 1, 1
    )
    brought_back(db, receipt(), report)
    assert db.execute("SELECT count(*) FROM closing").fetchone() == (0,)
    assert outbox.body_of(db, "z1") == canonical(report)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: msgspec.structs.replace(one, seq=3),
        lambda one: msgspec.structs.replace(one, prev="f" * 64),
        lambda one: msgspec.structs.replace(one, hash="f" * 64),
        lambda one: msgspec.structs.replace(one, body=one.body.replace("login", "lugin")),
    ],
    ids=["gap", "another chain", "wrong hash", "another body"],
)
def test_a_damaged_copy_is_refused(db: sqlite3.Connection, spoil: Any) -> None:
    first, second = chained(event("e1", "login"), event("e2", "login"))
    with write(db):
        copies.keep(db, 1, page(first))
    with pytest.raises(SyncError) as caught, write(db):
        copies.keep(db, 1, page(spoil(second)))
    assert caught.value.code is Code.OFFICE_REFUSED
    assert "damaged at 1/" in str(caught.value)
    assert copies.last_kept(db, 1) == 1


def test_what_the_office_rejected_stays_on_the_list(db: sqlite3.Connection) -> None:
    entries = chained(event("e1", "login"), event("e2", "login"))
    with write(db):
        no = Verdict(2, is_accepted=False, reason="paid: 1 != 2")
        copies.keep(db, 1, page(*entries, verdicts=[no]))
        outbox.begin_anew(db, 2)
    (rejection,) = outbox.rejections(db)
    assert (rejection.place, rejection.kind, rejection.reason) == (
        Place(1, 2),
        "event",
        "paid: 1 != 2",
    )
    # Another look of the office reaches a device that was not there when it was sent.
    answer = JournalAnswer(2, 0, GENESIS, [Verdict(2, is_accepted=True, epoch=1)])
    with write(db):
        outbox.deliver(db, answer)
    assert outbox.rejections(db) == []


def test_a_journal_is_used_when_its_own_epoch_has_documents(db: sqlite3.Connection) -> None:
    assert (copies.is_used(db), copies.owner(db)) == (False, "")
    brought_back(db, event("e1", "login"))
    assert (copies.is_used(db), copies.owner(db)) == (False, "T1")
    with write(db):
        outbox.begin_anew(db, 2)
    assert not copies.is_used(db)
    with write(db):
        outbox.append(db, event("e2", "login"), AT.format(9))
    assert copies.is_used(db)


def test_customers_who_were_written_down_are_there_again(db: sqlite3.Connection) -> None:
    brought_back(db, CustomerDoc("c1", **WHO, at=AT.format(1), name="Ewa Lis", nip="5260250274"))
    assert local_customers.all_of_them(db) == [Own(Customer("c1", "Ewa Lis", "5260250274"), "")]


def bill(rid: str, number: int) -> BillDoc:
    paid = [PaymentDoc("bill", "Rachunek", "other", 399)]
    who = {**WHO, "opened_at": AT.format(1), "at": AT.format(4), "operator_id": "3"}
    return BillDoc(rid, **who, bill_no=number, total_gr=399, lines=[MILK], payments=paid)


def test_bills_wait_as_they_did_and_their_numbers_go_on(db: sqlite3.Connection) -> None:
    brought_back(db, bill("b1", 1), bill("b2", 2), receipt(makes_good="b1"))
    assert [(it.rid, it.no) for it in bills.waiting(db)] == [("b2", 2)]
    assert receipts.load(db, "b2").state is State.BILL
    assert bills.next_no(db) == 3


def test_invoices_keep_their_numbers_and_how_they_were_paid(db: sqlite3.Connection) -> None:
    euro = PaymentDoc("EUR", "Euro", "currency", 427, 28, symbol="EUR", foreign=100, rate_e4=42_650)
    buyer = {"nip": "5260250274", "buyer_name": "Lipa", "buyer_address": "Polna 1"}
    told = receipt(document="invoice", invoice_no=4, payments=[euro], **buyer)
    given_up = msgspec.structs.replace(dropped("r2"), document="invoice", invoice_no=5)
    brought_back(db, told, given_up)
    back = receipts.load(db, "r1")
    assert (back.is_invoice, back.invoice_no, back.buyer_name) == (True, 4, "Lipa")
    assert back.payments[0].foreign == 100
    assert receipts.next_invoice_no(db) == 6
    assert receipts.day_totals(db, 5, invoices=True) == (1, TOTALS)
    assert receipts.day_totals(db, 5) == (0, (0,) * 7)


def test_a_bill_is_in_its_shift_again(db: sqlite3.Connection) -> None:
    opened = ShiftDoc("s1", **WHO, at=AT.format(0), operator_id="3", shift="s1", opened_at="x")
    brought_back(db, opened, msgspec.structs.replace(bill("b1", 1), shift="s1"))
    found = db.execute("SELECT shift, what FROM shift_part WHERE rid = 'b1'").fetchall()
    assert found == [("s1", "bill")]
