from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
import pytest

from backoffice import register_rules
from backoffice.register_rules import paid_gr
from terminal.sync import wire

CARD = wire.RefundDoc("karta", "Karta", "card", 0)
CASH = wire.RefundDoc("gotowka", "Gotówka", "cash", 0)
replace = msgspec.structs.replace


@dataclass
class Sales:
    """What the test knows of the company's sales."""

    receipt: wire.ReceiptDoc | None = None
    made: list = field(default_factory=list)
    corrected: list = field(default_factory=list)
    last: int = 0

    def sold(self, rid):
        return self.receipt if self.receipt and self.receipt.rid == rid else None

    def entries(self, receipt):
        return self.made

    def corrections(self, receipt):
        return self.corrected

    def last_entry_no(self, book):
        return self.last


def taken(no=0, qty_milli=1000, gross_gr=1000, **changes):
    fields = {"name": "Mleko", "unit": "szt.", "vat": "C", "rate_bp": 500, **changes}
    return wire.TakenLine(no=no, qty_milli=qty_milli, gross_gr=gross_gr, **fields)


def entry_on(books, receipt, *lines, refunds=None, **changes):
    """A right entry on these lines, paid back in cash."""
    lines = lines or (taken(),)
    total = sum(line.gross_gr for line in lines)
    tax = (2 * total * 500 + 10500) // 21000
    fields = {
        "rid": "e1", "terminal": "K1", "shop": "lipa", "at": "2026-03-02T10:00:00+01:00",
        "operator": "1", "entry": "return", "number": 1, "receipt": receipt.rid, "sold_by": "K1",
        "sold_at": receipt.closed_at, "printer_no": receipt.printer_no,
        "receipt_no": receipt.receipt_no, "lines": list(lines),
        "split": [wire.VatSplit("C", 500, total, tax)], "total_gr": total,
        "refunds": [replace(CASH, amount_gr=total)] if refunds is None else refunds,
        "reason": "uszkodzone", **changes,
    }  # fmt: skip
    return wire.ReturnDoc(**fields)


def codes(entry, sales):
    return [part.partition(":")[0] for part in register_rules.wrong_entry(entry, sales)]


@pytest.fixture
def receipt(books):
    return books().receipt()


def test_a_right_return_has_nothing_wrong(books, receipt):
    assert codes(entry_on(books, receipt), Sales(receipt)) == []


def test_a_receipt_that_nobody_printed(books, receipt):
    assert codes(entry_on(books, receipt), Sales()) == ["unknown_receipt"]
    other = entry_on(books, receipt, receipt_no=receipt.receipt_no + 1)
    assert codes(other, Sales(receipt)) == ["other_receipt"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (taken(no=1), ["no_line"]),
        (taken(no=-1), ["no_line"]),
        (taken(qty_milli=1001), ["more_than_sold"]),
        (taken(gross_gr=1001), ["more_than_paid"]),
        # Half of it is worth half, and a grosz that the pieces before may have left.
        (taken(qty_milli=500, gross_gr=501), []),
        (taken(qty_milli=500, gross_gr=502), ["more_than_paid"]),
    ],
)
def test_a_line_gives_back_what_was_sold_and_paid(books, receipt, line, wanted):
    assert codes(entry_on(books, receipt, line), Sales(receipt)) == wanted


def test_another_rate_than_it_was_sold_at(books, receipt):
    line = taken(vat="C", rate_bp=800)
    assert "other_line" in codes(entry_on(books, receipt, line), Sales(receipt))


def test_what_came_back_at_any_till_counts(books, receipt):
    first = entry_on(books, receipt, taken(qty_milli=600, gross_gr=600), terminal="K2")
    sales = Sales(receipt, [first])
    assert codes(entry_on(books, receipt, taken(qty_milli=400, gross_gr=400)), sales) == []
    second = entry_on(books, receipt, taken(qty_milli=401, gross_gr=400))
    assert codes(second, sales) == ["more_than_sold"]


def test_the_same_line_twice_in_one_entry_is_counted_together(books, receipt):
    twice = entry_on(books, receipt, taken(), taken())
    assert codes(twice, Sales(receipt)) == ["more_than_sold", "more_than_paid"]


def test_a_complaint_takes_money_only(books, receipt):
    line = taken(qty_milli=0, gross_gr=300)
    entry = entry_on(books, receipt, line, entry="complaint", refunds=[])
    assert codes(entry, Sales(receipt)) == []
    again = entry_on(books, receipt, taken(gross_gr=701))
    assert codes(again, Sales(receipt, [entry])) == ["more_than_paid"]


def test_a_return_without_money_is_none(books, receipt):
    assert codes(entry_on(books, receipt, refunds=[]), Sales(receipt)) == ["refunded"]
    mistake = entry_on(books, receipt, refunds=[], entry="mistake")
    assert codes(mistake, Sales(receipt)) == []


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"total_gr": 999}, ["entry_total", "refunded"]),
        ({"split": [wire.VatSplit("C", 500, 1000, 47)]}, ["tax_C"]),
        ({"split": [wire.VatSplit("B", 800, 1000, 74)]}, ["split_letters"]),
        ({"refunds": [replace(CASH, amount_gr=1001)]}, ["refunded"]),
    ],
)
def test_its_own_sums_agree(books, receipt, changes, wanted):
    assert codes(entry_on(books, receipt, **changes), Sales(receipt)) == wanted


def test_a_card_gets_back_what_it_paid(books, receipt):
    by_card = replace(receipt, payments=[wire.PaymentDoc("karta", "Karta", "card", 1000)])
    to_card = {"refunds": [replace(CARD, amount_gr=1000)]}
    assert codes(entry_on(books, receipt, **to_card), Sales(by_card)) == []
    assert codes(entry_on(books, receipt, **to_card), Sales(receipt)) == ["refund_method"]
    corrected = Sales(receipt, corrected=[correction_of(receipt)])
    assert codes(entry_on(books, receipt, **to_card), corrected) == []


def test_numbers_rise(books, receipt):
    assert codes(entry_on(books, receipt), Sales(receipt, last=1)) == ["entry_no"]


def correction_of(receipt, **changes):
    fields = {
        "rid": "c1", "terminal": "K1", "shop": "lipa", "at": "2026-03-02T10:00:00+01:00",
        "operator": "1", "number": 1, "receipt": receipt.rid, "sold_at": receipt.closed_at,
        "printer_no": receipt.printer_no, "receipt_no": receipt.receipt_no,
        "before": replace(CASH, amount_gr=1000), "after": replace(CARD, amount_gr=1000), **changes,
    }  # fmt: skip
    return wire.CorrectionDoc(**fields)


def wrong(made, sales):
    return [part.partition(":")[0] for part in register_rules.wrong_correction(made, sales)]


def test_a_correction_is_from_cash_whole_and_once(books, receipt):
    made = correction_of(receipt)
    assert wrong(made, Sales(receipt)) == []
    assert wrong(made, Sales()) == ["unknown_receipt"]
    assert wrong(made, Sales(receipt, corrected=[made])) == ["corrected_before"]
    assert wrong(made, Sales(receipt, [entry_on(books, receipt)])) == ["corrected_before"]
    assert wrong(made, Sales(receipt, last=1)) == ["entry_no"]
    by_card = replace(receipt, payments=[wire.PaymentDoc("karta", "Karta", "card", 1000)])
    assert wrong(made, Sales(by_card)) == ["not_cash"]
    to_cash = correction_of(receipt, after=replace(CASH, amount_gr=1000))
    assert wrong(to_cash, Sales(receipt)) == ["not_cash"]
    less = correction_of(receipt, after=replace(CARD, amount_gr=999))
    assert wrong(less, Sales(receipt)) == ["paid"]


def test_a_discount_on_the_receipt_is_shared_by_its_lines(books, receipt):
    lines = [replace(receipt.lines[0], gross_gr=gross) for gross in (333, 333, 334)]
    lines.insert(1, replace(lines[0], is_void=True))
    cheaper = replace(receipt, lines=lines, split=[wire.VatSplit("C", 500, 899, 43)])
    assert paid_gr(cheaper) == [299, 0, 299, 301]
    assert sum(paid_gr(cheaper)) == 899
