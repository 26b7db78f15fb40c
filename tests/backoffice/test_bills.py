from __future__ import annotations

import msgspec
import pytest

from backoffice.bills import wrong_for_bill
from terminal.sale.documents import bill_document
from terminal.sale.receipt import Receipt
from tests.terminal.sale.sold import WHO, line, printed

MILK, CHEESE = line(price_gr=1000), line("Ser", 2990, 500)
RECEIPT = msgspec.structs.replace(printed(MILK, CHEESE), makes_good="b1")
BILL = bill_document(WHO, Receipt("b1", "", "u1", "Anna", lines=(CHEESE, MILK)), 7)


def test_the_lines_of_the_bill_in_any_order():
    assert list(wrong_for_bill(RECEIPT, BILL)) == []


def test_a_bill_that_nobody_told_of():
    assert list(wrong_for_bill(RECEIPT, None)) == ["unknown_bill: b1"]


@pytest.mark.parametrize("other", [(MILK,), (MILK, MILK, CHEESE), (MILK, line("Ser", 2990, 501))])
def test_other_lines_or_another_total(other):
    receipt = msgspec.structs.replace(printed(*other), makes_good="b1")
    codes = {reason.split(":")[0] for reason in wrong_for_bill(receipt, BILL)}
    assert "bill_lines" in codes
    assert ("bill_total" in codes) is (receipt.total_gr != BILL.total_gr)


def test_goods_of_the_same_price_are_not_the_same():
    receipt = msgspec.structs.replace(printed(line("Chleb", 1000), CHEESE), makes_good="b1")
    assert list(wrong_for_bill(receipt, BILL)) == ["bill_lines: not those of bill 7"]
