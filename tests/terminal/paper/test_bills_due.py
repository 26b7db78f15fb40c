from __future__ import annotations

from dataclasses import replace

import pytest

from terminal.paper.bills_due import BillSlips
from terminal.sale.ledger import Ledger
from tests.terminal.sale.test_tender import BILL, OWED, pays


@pytest.fixture
def make(context):
    """Ends a receipt in a bill; gives its rid."""

    def end(rid: str) -> str:
        receipt = replace(OWED, rid=rid)
        Ledger(context).store(None, receipt)
        Ledger(context).bill(receipt, pays(receipt, BILL, receipt.total_gr))
        return rid

    return end


def due(slips):
    return [(rid, slip.title) for rid, slip in slips.due()]


def test_a_bill_is_due_once_also_when_the_till_was_cut_off_before_its_slip(context, make):
    slips = BillSlips(context, lambda: None)
    assert due(slips) == []
    make("r1")
    make("r2")
    cut_off = slips.due()
    assert next(cut_off)[0] == "r1"
    cut_off.close()
    again = BillSlips(context, lambda: None)
    assert due(again) == [("r1", "Bill 1"), ("r2", "Bill 2")]
    assert due(again) == []


def test_a_new_receipt_printer_does_not_begin_with_old_bills(context, make):
    make("r1")
    slips = BillSlips(context, lambda: None)
    assert due(slips) == []
    make("r2")
    assert due(slips) == [("r2", "Bill 2")]
