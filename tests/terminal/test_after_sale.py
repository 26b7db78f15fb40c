from __future__ import annotations

from types import SimpleNamespace

import pytest

from terminal.after_sale import AfterSale
from terminal.events import BillMade, ReceiptPrinted
from terminal.sync.wire import PaymentMethod
from tests.terminal.sale.test_tender import BILL, OWED, pays

CASH = PaymentMethod("cash", "Gotówka", "cash", opens_drawer=True)
CARD = PaymentMethod("card", "Karta", "card")


@pytest.fixture
def parts():
    slips, kicks = [], []
    paper = SimpleNamespace(is_set_up=True, print=lambda *about: slips.append(about))
    gear = SimpleNamespace(drawer="drawer", kick=lambda: kicks.append(1))
    context = SimpleNamespace(terminal="T1", stamp=lambda: "2026-11-23T10:00:00.000+01:00")
    shelf = SimpleNamespace(payment_methods=lambda: [CASH, CARD], shop=lambda: None)
    after = AfterSale(context, shelf, paper, gear)
    return SimpleNamespace(after=after, slips=slips, kicks=kicks, paper=paper, gear=gear)


@pytest.mark.parametrize(("method", "opens"), [(CASH, 1), (CARD, 0)])
def test_money_that_lies_in_the_drawer_opens_it(parts, method, opens) -> None:
    sold = pays(OWED, method, OWED.total_gr)
    parts.after.hear(ReceiptPrinted(sold, 1, 0))
    assert len(parts.kicks) == opens
    parts.gear.drawer = None
    parts.after.hear(ReceiptPrinted(sold, 2, 0))
    assert len(parts.kicks) == opens


def test_a_bill_is_printed_where_there_is_paper(parts) -> None:
    made = BillMade(pays(OWED, BILL, OWED.total_gr), 7)
    parts.after.hear(made)
    ((kind, rid, slip),) = parts.slips
    assert (kind, rid, "7" in slip.title) == ("bill", OWED.rid, True)
    parts.paper.is_set_up = False
    parts.after.hear(made)
    assert len(parts.slips) == 1
