"""Each fate of a receipt is one commit: state, attempt, document, expectation."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import msgspec
import pytest

from terminal.sale.documents import counters_of
from terminal.sale.ledger import Ledger
from terminal.sale.line import Line
from terminal.sale.picture import Ruling, Verdict
from terminal.sale.receipt import Payment, Receipt, State
from terminal.store import outbox, receipts, settings
from terminal.store.db import close_writer, open_writer
from terminal.sync.wire import CounterDoc
from tests.terminal.fake_printer import FRESH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = "2026-11-23T10:00:05.000+01:00"
MILK = Line("milk", "1", "", "Mleko", "szt.", 0, "C", 500, 349, 349, 2000)
CASH = Payment("cash", "Gotówka", "cash", 1000)
OPEN = Receipt("r1", NOW, "u1", "Anna", lines=(MILK,))
PAID = replace(OPEN, state=State.PAID, payments=(CASH,))
AFTER = replace(FRESH, receipts=1, last_receipt_no=1, totals_gr=PAID.totals_gr)
SOLD = Ruling(Verdict.SOLD, 6, 1, 1, AFTER)
CANCELLED = Ruling(Verdict.CANCELLED, 8, report_no=1, after=replace(FRESH, cancelled=1))
NEVER = Ruling(Verdict.NEVER_SOLD, 7, report_no=1, after=FRESH)


class Books:
    """A ledger, and what is in the journal."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        context = SimpleNamespace(journal=db, terminal="T1", shop="lipa", stamp=lambda: NOW)
        self.ledger = Ledger(context)

    def printing(self) -> Receipt:
        self.ledger.store(None, PAID)
        return self.ledger.begin(PAID, FRESH)[0]

    def documents(self) -> list[dict]:
        rows = self.db.execute("SELECT body FROM document ORDER BY seq")
        return [json.loads(row[0]) for row in rows]

    def outcomes(self) -> list[str | None]:
        return [row[0] for row in self.db.execute("SELECT outcome FROM attempt ORDER BY no")]

    def state(self) -> State:
        return receipts.load(self.db, "r1").state

    def everything(self) -> list[list[tuple]]:
        tables = ("receipt", "attempt", "document", "setting", "sold", "payment")
        return [self.db.execute(f"SELECT * FROM {name}").fetchall() for name in tables]  # noqa: S608


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    outbox.begin(journal, 1)
    yield Books(journal)
    close_writer(journal)


def test_the_intent_is_written_before_anything_is_sent(books: Books) -> None:
    books.ledger.store(None, OPEN)
    books.ledger.store(OPEN, PAID)
    printing, token = books.ledger.begin(PAID, FRESH)
    assert printing == replace(PAID, state=State.PRINTING)
    assert books.state() is State.PRINTING
    assert receipts.open_attempt(books.db, "r1") == receipts.Attempt(1, FRESH, token)


def test_only_a_paid_receipt_is_sent(books: Books) -> None:
    books.ledger.store(None, OPEN)
    with pytest.raises(AssertionError, match="cannot send"):
        books.ledger.begin(OPEN, FRESH)


def test_sold(books: Books) -> None:
    sold = books.ledger.sold(books.printing(), SOLD)
    assert sold == receipts.load(books.db, "r1") == replace(PAID, state=State.FISCAL)
    (document,) = books.documents()
    assert (document["kind"], document["rid"], document["receipt_no"]) == ("receipt", "r1", 1)
    assert books.outcomes() == ["SOLD"]
    assert settings.expected_counters(books.db) == AFTER
    assert books.db.execute("SELECT seq FROM receipt").fetchone() == (1,)


def test_not_sold_is_an_event_and_may_be_tried_again(books: Books) -> None:
    back = books.ledger.not_sold(books.printing(), NEVER, "no line")
    assert back == receipts.load(books.db, "r1") == PAID
    (event,) = books.documents()
    assert (event["name"], event["detail"]) == (
        "attempt_not_sold",
        {"receipt": "r1", "why": "no line"},
    )
    again, token = books.ledger.begin(back, FRESH)
    assert (again.state, token) == (State.PRINTING, 2)
    assert books.outcomes() == ["NOT_SOLD", None]


def test_cancelled_on_paper_is_a_document_of_its_own(books: Books) -> None:
    back = books.ledger.not_sold(books.printing(), CANCELLED, "refused")
    assert back.state is State.PAID
    (document,) = books.documents()
    assert (document["kind"], document["printed_as_cancelled"]) == ("dropped", True)
    # The receipt itself may still be sold under its own name.
    assert document["rid"] != "r1"
    assert books.outcomes() == ["CANCELLED"]
    assert settings.expected_counters(books.db) == CANCELLED.after


@pytest.mark.parametrize("receipt", [OPEN, PAID], ids=["open", "paid"])
def test_a_receipt_given_up_keeps_its_lines_and_reason(books: Books, receipt: Receipt) -> None:
    books.ledger.store(None, receipt)
    books.ledger.drop(receipt, "no money", "Ewa")
    assert books.state() is State.DROPPED
    (document,) = books.documents()
    assert (document["rid"], document["reason"], document["total_gr"]) == ("r1", "no money", 698)
    assert document["printed_as_cancelled"] is False
    assert (document["operator"], document["authorised_by"]) == ("Anna", "Ewa")


def test_a_line_struck_through_is_told_with_who_did_it(books: Books) -> None:
    books.ledger.store(None, OPEN)
    voided = replace(OPEN, lines=(replace(MILK, is_void=True),))
    books.ledger.void("Ewa", OPEN, voided, MILK, "Pomyłka")
    assert receipts.load(books.db, "r1") == voided
    (event,) = books.documents()
    assert (event["name"], event["operator"]) == ("line_voided", "Ewa")
    facts = {"product": "milk", "name": "Mleko", "qty_milli": 2000, "gross_gr": 698}
    facts["reason"] = "Pomyłka"
    assert event["detail"] == {"receipt": "r1", **facts}


def test_whatever_changes_the_expectation_tells_it(books: Books) -> None:
    """A till that is restored has nothing but documents to know it from."""
    cut = replace(FRESH, emergencies=1)
    found = replace(FRESH, receipts=7)
    verbs = {
        "receipt": (lambda: books.ledger.sold(books.printing(), SOLD), AFTER),
        "printer_cancelled": (lambda: books.ledger.expect(FRESH, cancelled=2), FRESH),
        "printer_power_failed": (lambda: books.ledger.expect(cut, power_cuts=1), cut),
        "printer_accepted": (lambda: books.ledger.accept(None, found, "Ewa"), found),
    }
    for name, (verb, counters) in verbs.items():
        verb()
        last = books.documents()[-1]
        assert name in {last["kind"], last.get("name")}
        told = msgspec.convert(last["counters"], CounterDoc)
        assert counters_of(told) == settings.expected_counters(books.db) == counters


@pytest.mark.parametrize("ruling", [NEVER, CANCELLED])
def test_an_attempt_that_sold_nothing_tells_it_too(books: Books, ruling: Ruling) -> None:
    books.ledger.not_sold(books.printing(), ruling, "why")
    (document,) = books.documents()
    assert counters_of(msgspec.convert(document["counters"], CounterDoc)) == ruling.after


def test_what_may_be_in_the_fiscal_memory_cannot_be_given_up(books: Books) -> None:
    printing = books.printing()
    before = books.everything()
    with pytest.raises(AssertionError, match="cannot drop"):
        books.ledger.drop(printing, "no money", "Ewa")
    assert books.everything() == before


def test_the_printers_own_cancels_are_written_down(books: Books) -> None:
    books.ledger.expect(FRESH)
    assert books.documents() == []
    books.ledger.expect(replace(FRESH, cancelled=2), cancelled=2)
    (event,) = books.documents()
    assert (event["name"], event["detail"]) == ("printer_cancelled", {"count": 2})
    assert settings.expected_counters(books.db).cancelled == 2


def test_a_technicians_word_gives_the_disputed_receipt_up(books: Books) -> None:
    printing = books.printing()
    books.ledger.expect(FRESH)
    found = replace(FRESH, receipts=7)
    books.ledger.accept(printing, found, "Ewa")
    assert books.state() is State.DROPPED
    dropped, event = books.documents()
    assert (dropped["kind"], dropped["reason"]) == ("dropped", "disputed")
    assert (event["name"], event["operator"]) == ("printer_accepted", "Ewa")
    assert json.loads(event["detail"]["found"])["receipts"] == 7
    assert json.loads(event["detail"]["expected"])["receipts"] == 0
    assert books.outcomes() == ["DISPUTED"]
    assert settings.expected_counters(books.db) == found


def test_a_technicians_word_leaves_a_receipt_that_is_in_no_doubt(books: Books) -> None:
    books.ledger.store(None, PAID)
    books.ledger.accept(PAID, FRESH, "Ewa")
    assert books.state() is State.PAID
    assert [document["kind"] for document in books.documents()] == ["event"]


@pytest.mark.parametrize("verb", ["sold", "not_sold", "drop", "accept"])
def test_a_commit_that_fails_leaves_everything_as_it_was(
    books: Books, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last write of each verb fails, as on a full disk."""
    printing = books.printing() if verb != "drop" else OPEN
    if verb == "drop":
        books.ledger.store(None, OPEN)
    before = books.everything()

    def full(*_: object, **__: object) -> None:
        message = "disk full"
        raise sqlite3.OperationalError(message)

    monkeypatch.setattr(settings, "expect_counters", full)
    monkeypatch.setattr(receipts, "drop", full)
    calls = {
        "sold": lambda: books.ledger.sold(printing, SOLD),
        "not_sold": lambda: books.ledger.not_sold(printing, CANCELLED, ""),
        "drop": lambda: books.ledger.drop(OPEN, "", "Ewa"),
        "accept": lambda: books.ledger.accept(printing, FRESH, "Ewa"),
    }
    with pytest.raises(sqlite3.OperationalError, match="disk full"):
        calls[verb]()
    assert books.everything() == before


def test_an_event_is_a_commit_of_its_own(books: Books) -> None:
    books.ledger.event("Anna", "login", user="u1")
    (event,) = books.documents()
    assert (event["name"], event["operator"], event["detail"]) == ("login", "Anna", {"user": "u1"})
    assert not books.db.in_transaction
