"""What the journal keeps of daily reports, and the differences it finds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from drivers.fiscal import EXEMPT, INACTIVE, NO_TOTALS, Header
from terminal.audit.device_key import DeviceKey
from terminal.day.books import Books
from terminal.day.steps import Event
from terminal.events import ReportImported
from terminal.sale.ledger import Ledger
from terminal.sale.line import Line
from terminal.sale.picture import Ruling, Verdict
from terminal.sale.receipt import Payment, Receipt, State
from terminal.store import closings, outbox, receipts, settings
from terminal.store.db import close_writer, open_writer
from terminal.sync.wire import Shop
from tests.terminal.fake_printer import RATES, UNIQUE_NO, FakePrinter

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

NOW = "2026-11-23T22:00:00.000+01:00"
MILK = Line("milk", "1", "", "Mleko", "szt.", 0, "C", 500, 349, 349, 1000)
PAID = Receipt(
    "r1", NOW, "u1", "Anna", State.PAID, (MILK,), (Payment("cash", "Gotówka", "cash", 349),)
)
SHOP = Shop("lipa", "Lipa sp. z o.o.", "5260001246", "Sklep", "Polna 1", "00-001", "Warszawa")


class Stand:
    """Books over a journal, beside a printer that counts."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.told: list[object] = []
        self.context = SimpleNamespace(
            journal=db,
            terminal="T1",
            shop="lipa",
            epoch=1,
            stamp=lambda: NOW,
            tell=self.told.append,
            device_key=DeviceKey(),
        )
        self.rates: dict[str, int] = {}
        self.shop: Shop | None = None
        self.books = Books(
            self.context, SimpleNamespace(rates=lambda: self.rates, shop=lambda: self.shop)
        )
        self.printer = FakePrinter()

    def sell(self, rid: str = "r1") -> None:
        """Print one receipt of 3.49 and book it."""
        ledger, paid = Ledger(self.context), replace(PAID, rid=rid)
        ledger.store(None, paid)
        printing, _ = ledger.begin(paid, self.printer.now)
        self.count(paid)
        now = self.printer.now
        ledger.sold(printing, Ruling(Verdict.SOLD, 6, now.last_receipt_no, now.reports + 1, now))

    def count(self, receipt: Receipt = PAID) -> None:
        self.printer.now = replace(
            self.printer.now,
            receipts=self.printer.now.receipts + 1,
            last_receipt_no=self.printer.now.last_receipt_no + 1,
            totals_gr=tuple(
                a + b for a, b in zip(self.printer.now.totals_gr, receipt.totals_gr, strict=True)
            ),
        )

    def report(self):
        self.printer.make_report()
        return self.printer.reports[self.printer.now.reports]

    def documents(self, kind: str) -> list[dict]:
        rows = self.db.execute("SELECT body FROM document WHERE kind = ? ORDER BY seq", (kind,))
        return [json.loads(row[0]) for row in rows]


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    journal = open_writer(tmp_path / "journal.db", "journal")
    outbox.begin(journal, 1)
    yield Stand(journal)
    close_writer(journal)


def climb(books: Books, *notes: str) -> None:
    """From the report to the last step."""
    for event in (Event.CLEANED, Event.PROGRAMMED, Event.SYNCHRONISED):
        books.advance(event, notes)


def test_the_intent_keeps_the_base_and_our_own_figures(stand: Stand) -> None:
    stand.sell("r1")
    stand.sell("r2")
    intent = stand.books.intend("Marek", stand.printer.now)
    row = closings.unfinished(stand.db)
    assert row == intent
    assert (row.step, row.operator, row.base, row.token) == (
        "INTENT",
        "Marek",
        stand.printer.now,
        3,
    )
    assert row.local_gr == (0, 0, 698, 0, 0, 0, 0)


def test_a_report_is_a_document_with_both_figures(stand: Stand) -> None:
    stand.sell()
    stand.books.intend("Marek", stand.printer.now)
    row = stand.books.reported([stand.report()], stand.printer.now)
    assert (row.step, row.report_no) == ("REPORTED", 1)
    (document,) = stand.documents("report")
    assert document["printer_gr"] == document["local_gr"] == [0, 0, 349, 0, 0, 0, 0]
    assert (document["report_no"], document["receipts"]) == (1, 1)
    assert (document["printer_no"], document["operator"]) == (UNIQUE_NO, "Marek")
    assert document["route"] == "terminal"
    assert (document["first_seq"], document["last_seq"]) == (1, 1)
    assert stand.documents("event") == []
    assert settings.expected_counters(stand.db) == stand.printer.now


def test_a_difference_is_told_and_nothing_is_corrected(stand: Stand) -> None:
    stand.sell()
    stand.count()
    stand.books.intend("Marek", stand.printer.now)
    stand.books.reported([stand.report()], stand.printer.now)
    (document,) = stand.documents("report")
    assert (document["printer_gr"][2], document["local_gr"][2]) == (698, 349)
    (event,) = stand.documents("event")
    assert event["name"] == "report_differs"
    assert event["detail"] == {
        "report_no": 1,
        "printer_gr": document["printer_gr"],
        "local_gr": document["local_gr"],
        "disputed": [],
    }
    kept = settings.Difference(1, tuple(document["printer_gr"]), tuple(document["local_gr"]))
    assert settings.difference(stand.db) == kept
    assert receipts.day_totals(stand.db, 1) == (1, (0, 0, 349, 0, 0, 0, 0))


def test_reports_tile_the_chain_of_documents(stand: Stand) -> None:
    spans = []
    for number in range(1, 4):
        stand.sell(f"r{number}")
        stand.books.intend("Marek", stand.printer.now)
        stand.books.reported([stand.report()], stand.printer.now)
        climb(stand.books)
        stand.books.finish(())
        document = stand.documents("report")[-1]
        spans.append((document["first_seq"], document["last_seq"]))
    # Report and head of a day stand behind it: the next one begins with that head.
    assert spans == [(1, 1), (3, 4), (6, 7)]


def test_reports_that_others_made_meanwhile_are_kept_apart(stand: Stand) -> None:
    stand.sell()
    stand.books.intend("Marek", stand.printer.now)
    ours, other = stand.report(), stand.report()
    row = stand.books.reported([ours, other], stand.printer.now)
    assert row.report_no == 1
    routes = [(d["report_no"], d["route"]) for d in stand.documents("report")]
    assert routes == [(1, "terminal"), (2, "external")]


def test_an_external_report_is_believed_from_its_own_commit_on(stand: Stand) -> None:
    stand.sell()
    report = stand.report()
    stand.books.import_report(report, stand.printer.now)
    (document,) = stand.documents("report")
    assert (document["route"], document["operator"]) == ("external", "")
    assert document["local_gr"][2] == 349
    expected = settings.expected_counters(stand.db)
    assert (expected.reports, expected.receipts, expected.totals_gr) == (1, 0, NO_TOTALS)
    assert stand.told == [ReportImported(1, report.made_at, 349, 349)]
    stand.books.import_report(report, stand.printer.now)
    assert len(stand.told) == 1


def test_a_report_that_was_not_made_ends_its_intent(stand: Stand) -> None:
    stand.sell()
    stand.books.intend("Marek", stand.printer.now)
    stand.books.not_made("refused")
    assert closings.unfinished(stand.db) is None
    (event,) = stand.documents("event")
    assert (event["name"], event["operator"], event["detail"]) == (
        "report_not_made",
        "Marek",
        {"why": "refused"},
    )
    assert stand.documents("report") == []


def test_rates_of_the_office_in_the_order_of_the_letters(stand: Stand) -> None:
    assert stand.books.rates_wanted() is None
    stand.rates = {"C": 500, "A": 2300, "E": EXEMPT}
    wanted = (2300, INACTIVE, 500, INACTIVE, EXEMPT, INACTIVE, INACTIVE)
    assert stand.books.rates_wanted() == wanted


def test_new_rates_are_an_event_and_the_same_are_none(stand: Stand) -> None:
    stand.books.rates_programmed(RATES, None)
    stand.books.rates_programmed(RATES, None)
    (event,) = stand.documents("event")
    assert (event["name"], event["detail"]) == ("rates_programmed", {"rates": list(RATES)})
    assert settings.printer_rates(stand.db) == RATES


def test_a_header_is_wanted_until_it_was_programmed(stand: Stand) -> None:
    assert stand.books.header_wanted() is None
    stand.shop = SHOP
    header = stand.books.header_wanted()
    assert header == Header("Lipa sp. z o.o.", "Sklep", "Polna 1", "00-001", "Warszawa")
    stand.books.header_programmed(header)
    assert stand.books.header_wanted() is None
    assert [event["name"] for event in stand.documents("event")] == ["header_programmed"]


def test_the_end_keeps_what_is_pending_and_gives_the_report(stand: Stand) -> None:
    stand.sell()
    stand.books.intend("Marek", stand.printer.now)
    stand.books.reported([stand.report()], stand.printer.now)
    climb(stand.books, "one")
    assert closings.unfinished(stand.db).notes == ("one",)
    closed = stand.books.finish(("one", "two"))
    report = closed.report
    assert (closed.notes, closed.difference) == (("one", "two"), None)
    assert (report.report_no, sum(report.printer_gr), report.receipts) == (1, 349, 1)
    assert closings.unfinished(stand.db) is None
    row = stand.db.execute("SELECT step, notes, ended_at FROM closing").fetchone()
    assert row == ("DONE", '["one","two"]', NOW)


def test_books_without_a_closing_are_our_own_mistake(stand: Stand) -> None:
    with pytest.raises(AssertionError, match="no closing"):
        stand.books.finish(())


def test_a_difference_is_kept_until_somebody_has_seen_it(stand: Stand) -> None:
    stand.sell()
    stand.count()
    stand.books.import_report(stand.report(), stand.printer.now)
    assert settings.difference(stand.db).report_no == 1
    stand.books.confirm_difference("Marek")
    stand.books.confirm_difference("Marek")
    assert settings.difference(stand.db) is None
    names = [event["name"] for event in stand.documents("event")]
    assert names == ["report_differs", "report_difference_confirmed"]


def test_receipts_in_dispute_are_named_with_the_difference(stand: Stand) -> None:
    ledger = Ledger(stand.context)
    ledger.store(None, PAID)
    printing, _ = ledger.begin(PAID, stand.printer.now)
    stand.count()
    ledger.accept(printing, stand.printer.now, "Ewa")
    stand.books.import_report(stand.report(), stand.printer.now)
    differs = next(it for it in stand.documents("event") if it["name"] == "report_differs")
    assert differs["detail"]["disputed"] == [PAID.rid]
    assert receipts.disputed(stand.db, 2) == []


def test_what_happens_to_clock_and_memory_is_an_event(stand: Stand) -> None:
    before, after = datetime(2026, 11, 22, 9, 58), datetime(2026, 11, 22, 10, 0)
    stand.books.clock_set(before, after)
    stand.books.memory_ends(9)
    assert [(it["name"], it["detail"]) for it in stand.documents("event")] == [
        ("printer_clock_set", {"before": before.isoformat(), "after": after.isoformat()}),
        ("memory_ends", {"reports_left": 9}),
    ]
