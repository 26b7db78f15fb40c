from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.judge import discounted, judge
from backoffice.tax import tax_gr
from terminal.sync import wire
from tests.backoffice.test_register_rules import correction_of, entry_on, taken


class History:
    """A history that is what the test says."""

    def __init__(self, last_report=0, last_receipt=0, newest_day=0, gross_gr=(0,) * 7) -> None:
        self._known = last_report, last_receipt, newest_day, list(gross_gr)
        self.invoices = set()
        self.bills = {}
        self.invoiced = [0] * 7

    def bill(self, rid):
        return self.bills.get(rid)

    def last_report_no(self, printer_no):
        return self._known[0]

    def last_receipt_no(self, printer_no, report_no):
        return self._known[1]

    def newest_day(self, printer_no):
        return self._known[2]

    def has_invoice(self, invoice_no):
        return invoice_no in self.invoices

    def gross_gr(self, first_epoch, first_seq, last_seq, *, invoices=False):
        return self.invoiced if invoices else self._known[3]

    def count(self, first_epoch, first_seq, last_seq):
        return 0

    def sold(self, rid):
        return None

    def entries(self, receipt):
        return []

    def corrections(self, receipt):
        return []

    def last_entry_no(self, book):
        return 0


def judged(books, document, history=None, rid=None, terminal="K1"):
    entry = books().entry(wire.canonical(document), rid=rid or document.rid)
    return judge(entry, terminal, history or History())


def codes(verdict):
    return [part.partition(":")[0] for part in verdict.reason.split("; ")]


def test_a_right_receipt_is_accepted_without_a_word(books):
    verdict = judged(books, books().receipt())
    assert (verdict.kind, verdict.is_accepted, verdict.reason) == ("receipt", True, "")


def half_off(books, **changes):
    """A line of 13,50 at C with 15 % off the receipt."""
    lines = [msgspec.structs.replace(books().receipt(gross_gr=1350).lines[0])]
    fields = {
        "lines": lines, "total_gr": 1148, "discount_gr": 202, "percent_bp": 1500,
        "payments": [wire.PaymentDoc("g", "Gotówka", "cash", 1148)],
        "split": [wire.VatSplit("C", 500, 1148, 55)],
        **changes,
    }  # fmt: skip
    return books().receipt(**fields)


@pytest.mark.parametrize("mode", ["value_first", "discount_first"])
def test_a_mark_up_is_put_on_each_letter_or_spread(books, mode):
    """12,5 % on 13,50 is 15,19 in either way; an amount is carried as the printer carries it."""
    dearer = {
        "total_gr": 1519, "discount_gr": -169,
        "payments": [wire.PaymentDoc("g", "Gotówka", "cash", 1519)],
        "split": [wire.VatSplit("C", 500, 1519, 72)],
    }  # fmt: skip
    assert (
        judged(books, half_off(books, **dearer, percent_bp=-1250, percent_mode=mode)).reason == ""
    )
    assert judged(books, half_off(books, **dearer, percent_bp=0)).reason == ""
    wrong = half_off(books, **dearer, percent_bp=-1260)
    assert codes(judged(books, wrong)) == ["split_letters"]
    assert discounted({"A": 100, "B": 200, "C": 300}, -7) == {"A": 101, "B": 202, "C": 304}


def test_a_percent_off_the_receipt_follows_the_printers_way(books):
    assert judged(books, half_off(books)).reason == ""
    other = {
        "total_gr": 1147, "discount_gr": 203,
        "payments": [wire.PaymentDoc("g", "Gotówka", "cash", 1147)],
        "split": [wire.VatSplit("C", 500, 1147, 55)],
    }  # fmt: skip
    assert codes(judged(books, half_off(books, **other))) == ["split_letters"]
    assert judged(books, half_off(books, **other, percent_mode="discount_first")).reason == ""
    assert codes(judged(books, half_off(books, percent_bp=-wire.NUMBER_MAX - 1))) == ["range"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"total_gr": 999}, ["lines_total", "split_total", "paid"]),
        ({"payments": [wire.PaymentDoc("k", "Karta", "card", 999)]}, ["paid"]),
        ({"payments": [wire.PaymentDoc("g", "Gotówka", "cash", 1500, 501)]}, ["paid"]),
        ({"split": [wire.VatSplit("C", 500, 1000, 47)]}, ["tax_C"]),
        ({"split": [wire.VatSplit("C", 500, 999, 48)]}, ["split_total"]),
        ({"split": [wire.VatSplit("B", 800, 1000, 74)]}, ["split_letters"]),
        ({"discount_gr": 1}, ["lines_total"]),
        ({"lines": []}, ["lines_total"]),
        ({"terminal": "K2"}, ["terminal"]),
    ],
)
def test_a_wrong_receipt_is_rejected_with_the_reason(books, change, code):
    verdict = judged(books, books().receipt(**change))
    assert not verdict.is_accepted
    assert codes(verdict) == code


def test_void_lines_do_not_count(books):
    line = books().receipt().lines[0]
    void = msgspec.structs.replace(line, is_void=True)
    assert judged(books, books().receipt(lines=[line, void])).is_accepted


def test_a_discount_on_the_receipt_is_spread_as_the_printer_does(books):
    c, a = books().receipt().lines[0], books().receipt(gross_gr=2500).lines[0]
    lines = [msgspec.structs.replace(c, vat="B"), a]
    split = [wire.VatSplit("B", 800, 850, 63), wire.VatSplit("C", 500, 2125, 101)]
    change = {"discount_gr": 525, "lines": lines, "split": split, "total_gr": 2975}
    paid = [wire.PaymentDoc("k", "Karta", "card", 2975)]
    assert judged(books, books().receipt(payments=paid, **change)).reason == ""
    off = [wire.VatSplit("B", 800, 851, 63), wire.VatSplit("C", 500, 2124, 101)]
    change["split"] = off
    assert codes(judged(books, books().receipt(payments=paid, **change))) == ["split_letters"]


def test_the_entry_and_the_document_have_one_rid(books):
    assert codes(judged(books, books().cash(), rid="other")) == ["rid"]


@pytest.mark.parametrize(
    ("history", "code"),
    [
        (History(last_receipt=4), []),
        (History(last_receipt=5), ["receipt_no"]),
        (History(last_report=2), []),
        (History(last_report=3), ["report_no"]),
        (History(newest_day=3), ["report_no"]),
    ],
)
def test_numbers_of_receipts_and_days_only_grow(books, history, code):
    verdict = judged(books, books().receipt(5, report_no=2), history)
    assert codes(verdict) == (code or [""])


def test_a_report_follows_the_last_and_agrees_with_the_receipts(books):
    right = History(last_report=1, gross_gr=[0, 0, 1000, 0, 0, 0, 0])
    assert judged(books, books().report(2, 1000, last=5), right).reason == ""
    assert codes(judged(books, books().report(1, 1000, last=5), right)) == ["report_no"]
    assert codes(judged(books, books().report(2, 999, last=5), right)) == ["day_total"]


def test_a_printer_that_counts_otherwise_is_noted_but_accepted(books):
    history = History(gross_gr=[0, 0, 1000, 0, 0, 0, 0])
    report = books().report(1, 1000, last=5, printer_gr=[0, 0, 1100, 0, 0, 0, 0])
    verdict = judged(books, report, history)
    assert (verdict.is_accepted, verdict.reason) == (True, "printer_differs: 1100 != 1000")


@pytest.mark.parametrize(
    "change",
    [{"total_gr": -1}, {"receipt_no": 2**64}, {"report_no": 2**60}, {"total_gr": 2**53 + 1}],
)
def test_numbers_beyond_their_limits_are_not_listed(books, change):
    verdict = judged(books, books().receipt(**change))
    assert (verdict.document, verdict.is_accepted, codes(verdict)) == (None, False, ["range"])


@pytest.mark.parametrize("change", [{"printer_gr": [0] * 6}, {"local_gr": []}, {"receipts": -1}])
def test_a_report_has_seven_letters(books, change):
    assert codes(judged(books, books().report(**change))) == ["range"]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"kind":7}', '{"kind":"cash"}', "{}x"])
def test_what_cannot_be_read_is_rejected_and_kept(books, body):
    verdict = judge(books().entry(body), "K1", History())
    assert (verdict.document, verdict.is_accepted, codes(verdict)) == (None, False, ["unreadable"])


def test_a_kind_of_tomorrow_is_accepted_as_unknown(books):
    verdict = judge(books().entry('{"kind":"invoice"}'), "K1", History())
    assert (verdict.kind, verdict.is_accepted) == ("invoice", True)
    assert verdict.reason == "unknown_kind: invoice"


@pytest.mark.parametrize(
    ("gross", "rate", "tax"),
    [(999, 800, 74), (1000, 2300, 187), (2975, 2300, 556), (150, 800, 11), (100, 2300, 19),
     (1000, 10_000, 0), (1000, 0, 0), (1000, 10_100, 0)],
)  # fmt: skip
def test_tax_is_that_of_the_printers_own_examples(gross, rate, tax):
    assert tax_gr(gross, rate) == tax


@given(
    st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(1, 10**7), min_size=1),
    st.data(),
)
def test_a_spread_discount_loses_nothing(gross, data):
    whole = sum(gross.values())
    discount = data.draw(st.integers(0, whole - 1))
    left = discounted(gross, discount)
    assert sum(left.values()) == whole - discount
    assert all(0 <= left.get(letter, 0) <= amount for letter, amount in gross.items())


def test_documents_of_an_older_till_are_judged_like_others(books):
    """What a till learned to tell later is not asked of those that do not know it."""
    new = {
        *("operator_id", "counters", "precision", "first_epoch", "first_at", "last_at"),
        *("printed_at", "cancelled_gr", "authorised_by"),
    }

    def as_before(value):
        if isinstance(value, dict):
            return {key: as_before(it) for key, it in value.items() if key not in new}
        return [as_before(it) for it in value] if isinstance(value, list) else value

    journal = books()
    for document in (journal.receipt(1, 100), journal.report(1)):
        body = msgspec.json.encode(as_before(msgspec.to_builtins(document))).decode()
        assert not any(f'"{name}"' in body for name in new)
        verdict = judge(journal.entry(body, rid=document.rid), "K1", History())
        assert (verdict.is_accepted, verdict.reason) == (True, "")


def test_entries_and_corrections_are_held_against_the_sale(books):
    receipt = books().receipt()
    entry = entry_on(books, receipt)
    assert codes(judged(books, entry)) == ["unknown_receipt"]
    assert codes(judged(books, correction_of(receipt))) == ["unknown_receipt"]
    negative = msgspec.structs.replace(entry, total_gr=-1)
    assert codes(judged(books, negative)) == ["range"]
    too_many = msgspec.structs.replace(entry, lines=[taken(qty_milli=2**53 + 1)])
    assert codes(judged(books, too_many)) == ["range"]


def invoice(books, **changes):
    fields = {
        "document": "invoice", "invoice_no": 3, "nip": "5260250274", "buyer_name": "Lipa",
        **changes,
    }  # fmt: skip
    return books().receipt(**fields)


def test_an_invoice_has_its_own_numbers(books):
    history = History(last_receipt=99)
    assert judged(books, invoice(books), history).reason == ""
    history.invoices.add(3)
    assert codes(judged(books, invoice(books), history)) == ["invoice_no"]
    assert codes(judged(books, invoice(books, buyer_name=""))) == ["buyer"]
    assert codes(judged(books, invoice(books, invoice_no=0))) == ["buyer"]
    assert codes(judged(books, invoice(books, document="receipt"))) == ["invoice_no"]


def test_the_invoices_of_a_day_are_summed_apart(books):
    history = History(last_report=1)
    history.invoiced = [0, 0, 500, 0, 0, 0, 0]
    right = msgspec.structs.replace(
        books().report(2, 0, last=5), local_invoice_gr=history.invoiced,
        printer_invoice_gr=history.invoiced, local_gr=[0] * 7,
    )  # fmt: skip
    assert judged(books, right, history).reason == ""
    left_out = msgspec.structs.replace(right, local_invoice_gr=[])
    assert codes(judged(books, left_out, history)) == ["invoice_total"]
    other = msgspec.structs.replace(right, printer_invoice_gr=[1, 0, 500, 0, 0, 0, 0])
    assert codes(judged(books, other, history)) == ["printer_differs"]
    short = msgspec.structs.replace(right, printer_invoice_gr=[1])
    assert codes(judged(books, short, history)) == ["range"]


def test_a_bill_is_judged_like_a_receipt_without_a_printer(books):
    sold = books().receipt(gross_gr=1000)
    bill = wire.BillDoc(
        "b1", "K1", "lipa", sold.opened_at, sold.closed_at, "Anna", 1, 1000, sold.lines,
        [wire.PaymentDoc("r", "Rachunek", "other", 1000)],
    )  # fmt: skip
    assert judged(books, bill).reason == ""
    assert codes(judged(books, msgspec.structs.replace(bill, total_gr=999))) == [
        "lines_total", "paid",
    ]  # fmt: skip
