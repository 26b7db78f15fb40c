from __future__ import annotations

import msgspec

from backoffice.sale_rows import Filed, sale_rows
from backoffice.store.tables import sale, sale_payment, sold_line
from terminal.sync import wire
from tests.backoffice.test_register_rules import correction_of, entry_on

GOOD = Filed("K1", 1, 3, "rid", is_accepted=True, received_at="2026-03-05T08:00:00.000+00:00")
BAD = Filed("K1", 1, 3, "rid", is_accepted=False, received_at=GOOD.received_at)


def rows(document, filed=GOOD, **more):
    found = {table: [] for table in (sale, sold_line, sale_payment)}
    for table, row in sale_rows(filed, document, **more):
        assert set(row) | {"company"} == set(table.c.keys())
        found[table].append(row)
    return found.values()


def test_a_receipt_counts_on_its_day_with_lines_and_payments(books):
    sold = books().receipt(7, 1000, operator_id="u1")
    (head,), (line,), (payment,) = rows(sold, categories={("lipa", "16"): "nabial"})
    assert (head["part"], head["day"], head["hour"]) == ("sold", "2026-03-01", 12)
    assert (head["operator"], head["number"], head["total_gr"]) == ("u1", 7, 1000)
    assert (line["product"], line["category"], line["gross_gr"]) == ("16", "nabial", 1000)
    assert (payment["method"], payment["amount_gr"]) == ("gotowka", 1000)


def test_a_line_is_worth_what_was_paid_for_it(books):
    whole = books().receipt(1, 1000)
    cheaper = msgspec.structs.replace(
        whole, discount_gr=100, total_gr=900, split=[wire.VatSplit("C", 500, 900, 43)]
    )
    _, (line,), _ = rows(cheaper)
    assert line["gross_gr"] == 900


def test_voided_lines_are_not_sold(books):
    sold = books().receipt()
    line = msgspec.structs.replace(sold.lines[0], is_void=True)
    _, lines, _ = rows(msgspec.structs.replace(sold, lines=[line, *sold.lines]))
    assert len(lines) == 1


def test_what_was_rejected_is_listed_and_does_not_count(books):
    (head,), lines, payments = rows(books().receipt(), BAD)
    assert (head["is_accepted"], lines, payments) == (False, [], [])


def test_a_bill_is_listed_and_counts_with_its_receipt(books):
    sold = books().receipt()
    bill = wire.BillDoc(
        "b", "K1", "lipa", sold.opened_at, sold.closed_at, "1", 4, 1000, sold.lines, sold.payments
    )
    (head,), lines, payments = rows(bill)
    assert (head["part"], head["document"], head["number"]) == ("bill", "bill", 4)
    assert (head["kinds"], lines, payments) == (" cash ", [], [])


def test_a_return_has_rows_of_its_own(books):
    back = entry_on(books, books().receipt())
    (head,), (line,), (payment,) = rows(back)
    assert (head["part"], head["document"]) == ("back", "return")
    assert line["gross_gr"] == payment["amount_gr"] == head["total_gr"] == back.total_gr > 0


def test_a_corrected_payment_counts_once_and_as_it_really_was(books):
    sold = books().receipt()
    right = correction_of(sold)
    voucher = wire.RefundDoc("bon", "Bon", "bon", 1000)
    late = msgspec.structs.replace(right, after=voucher)
    (head,), _, (payment,) = rows(sold, corrections=[right, late])
    assert (payment["method"], payment["amount_gr"]) == (right.after.method, 1000)
    assert head["payments"] == right.after.name


def test_a_time_that_nobody_can_read_is_that_of_its_coming(books):
    for told in ("rano", "", "2026-W09-7T12:00:00", "0001"):
        (head,), *_ = rows(books().receipt(closed_at=told))
        assert (head["at"], head["day"], head["hour"]) == (GOOD.received_at, "2026-03-05", 8)


def test_hostile_words_and_numbers_fit_their_columns(books):
    sold = books().receipt(shop="s" * 99, operator="o" * 99)
    line = msgspec.structs.replace(
        sold.lines[0], product="p" * 99, name="n" * 999, vat="V" * 99, qty_milli=10**30
    )
    odd = msgspec.structs.replace(sold, lines=[line])
    for table, several in zip((sale, sold_line, sale_payment), rows(odd), strict=True):
        for row in several:
            for name, value in row.items():
                if isinstance(value, str) and name != "goods":
                    assert len(value) <= table.c[name].type.length
                elif isinstance(value, int):
                    assert abs(value) <= wire.NUMBER_MAX


def test_goods_are_found_whatever_their_letters(books):
    (head,), *_ = rows(books().receipt())
    assert head["goods"] == "mleko świeże 3,2% 1 l"


def test_other_documents_sell_nothing(books):
    assert not list(sale_rows(GOOD, books().cash()))
    assert not list(sale_rows(GOOD, None))
