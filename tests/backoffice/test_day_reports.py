from __future__ import annotations

import pytest

from backoffice import day_figures, day_reports, receive
from backoffice.day_figures import Letter, added
from backoffice.day_reports import Wanted
from backoffice.errors import NotFound
from backoffice.store.company import of_company
from backoffice.store.engine import reading
from terminal.sync import wire

PRINTER = "ZBF 2301000001"


def push(engine, till, clock, journal):
    return receive.receive(engine, till, wire.JournalPush(1, journal.entries), clock())


def head(journal, report, entry, signature="ab"):
    return wire.DayHeadDoc(
        "h1", journal.terminal, journal.shop, report.at, "2", report.rid, report.report_no, 1,
        report.first_seq, entry.seq, entry.seq, entry.hash, "", signature,
    )  # fmt: skip


@pytest.fixture
def day(engine, till, clock, books):
    """Three receipts, the third rejected, an invoice, the report of the day, and its head."""
    mine = books()
    for number in (1, 2):
        mine.add(mine.receipt(number, 1000))
    mine.add(mine.receipt(3, 500, total_gr=400))
    mine.add(mine.receipt(1, 700, document="invoice", invoice_no=1, nip="1", buyer_name="J"))
    report = mine.report(
        1, 2500, rates_bp=[2300, 800, 500, 0, 10_000, 10_100, 10_100],
        tax_gr=[0, 0, 119, 0, 0, 0, 0],
        invoices=1, printer_invoice_gr=[0, 0, 700, 0, 0, 0, 0],
        local_invoice_gr=[0, 0, 700, 0, 0, 0, 0], running=wire.RunningTotal(3200, 0, 4),
    )  # fmt: skip
    entry = mine.add(report)
    mine.add(head(mine, report, entry))
    push(engine, till, clock, mine)


def only(engine):
    with reading(engine) as database:
        rows, _older = day_reports.page(database, Wanted(), 0)
        return rows[0], day_reports.report_of(database, rows[0].id)


def test_three_counts_stand_beside_each_other_by_letter(engine, day):
    _, found = only(engine)
    assert found.receipts == [Letter("C", 500, 2500, 2500, 2000, 119)]
    assert found.receipts[0].is_odd
    assert found.invoices == [Letter("C", 500, 700, 700, 700, None)]
    assert not found.invoices[0].is_odd
    assert (found.count.accepted, found.count.rejected) == (3, 1)
    assert found.document.running == wire.RunningTotal(3200, 0, 4)


def test_the_head_of_the_day_is_shown_with_what_is_thought_of_it(engine, day):
    _, found = only(engine)
    assert (found.head.signature, found.head.is_accepted) == ("ab", False)
    assert found.head.reason


def test_the_list_knows_what_the_office_holds(engine, day):
    row, _ = only(engine)
    with reading(engine) as database:
        assert day_figures.office_totals(database, [row]) == {("K1", PRINTER, 1): 2700}
        assert day_figures.office_totals(database, []) == {}
    assert (row.shop, row.printer_total_gr, row.local_total_gr) == ("lipa", 3200, 3200)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 1),
        ({"shops": frozenset({"lipa"})}, 1),
        ({"shops": frozenset({"dab"})}, 0),
        ({"first_day": "2026-03-01", "last_day": "2026-03-01"}, 1),
        ({"first_day": "2026-03-02"}, 0),
        ({"last_day": "2026-02-28"}, 0),
        ({"terminal": "K2"}, 0),
    ],
)
def test_each_filter_narrows(engine, day, asked, count):
    with reading(engine) as database:
        assert len(day_reports.page(database, Wanted(**asked), 0)[0]) == count
        assert len(list(day_reports.every(database, Wanted(**asked)))) == count


def test_a_report_without_receipts_here_is_all_difference(engine, till, clock, books):
    mine = books()
    mine.add(mine.report(1, 900))
    push(engine, till, clock, mine)
    _, found = only(engine)
    assert [(one.printer_gr, one.office_gr) for one in found.receipts] == [(900, 0)]
    assert found.head is None
    with reading(of_company(engine, "stranger")) as database:
        assert day_reports.page(database, Wanted(), 0) == ([], 0)
        with pytest.raises(NotFound):
            day_reports.report_of(database, found.row.id)


def test_pages_join(engine, till, clock, books):
    mine = books()
    for number in range(1, 6):
        mine.add(mine.report(number, 0))
    push(engine, till, clock, mine)
    numbers, before = [], 0
    with reading(engine) as database:
        while True:
            rows, before = day_reports.page(database, Wanted(), before, 2)
            numbers += [row.report_no for row in rows]
            if not before:
                break
    assert numbers == [5, 4, 3, 2, 1]


def test_a_month_says_which_numbers_are_missing(engine, till, clock, books):
    mine = books()
    days = {1: "2026-02-27", 4: "2026-03-01", 5: "2026-03-02", 9: "2026-03-31", 11: "2026-04-01"}
    for number, day in days.items():
        mine.add(mine.receipt(1, 100, report_no=number, closed_at=f"{day}T12:00:00+01:00"))
        mine.add(mine.report(number, 100, at=f"{day}T21:00:00+01:00", first=len(mine.entries)))
    push(engine, till, clock, mine)
    with reading(engine) as database:
        (march,) = day_reports.months(database, Wanted(), "2026-03")
        (february,) = day_reports.months(database, Wanted(), "2026-02")
        (april,) = day_reports.months(database, Wanted(), "2026-04")
        assert day_reports.months(database, Wanted(), "2026-01") == []
        assert day_reports.months(database, Wanted(shops=frozenset()), "2026-03") == []
    assert [one.document.report_no for one in march.reports] == [4, 5, 9]
    assert march.gaps == [(2, 3), (6, 8)]
    assert (march.printer_no, march.terminal, march.shop) == (PRINTER, "K1", "lipa")
    assert [(one.vat, one.printer_gr, one.office_gr) for one in march.receipts] == [("C", 300, 300)]
    assert (february.gaps, april.gaps) == ([], [(10, 10)])


def test_letters_are_added_as_far_as_they_have_a_rate_in_common():
    old, new = Letter("A", 2200, 1, 2, 3, 4), Letter("A", 2300, 10, 20, 30, 40)
    bare = Letter("C", 500, 1, 1, 1, None)
    assert added([[old], [new, bare], [bare]]) == [
        Letter("A", None, 11, 22, 33, 44), Letter("C", 500, 2, 2, 2, None),
    ]  # fmt: skip
