from __future__ import annotations

from types import SimpleNamespace

import pytest

from terminal.after_sale import AfterSale
from terminal.events import ReceiptPrinted
from terminal.sync.wire import PaymentMethod
from tests.terminal.sale.test_tender import OWED, pays

CASH = PaymentMethod("cash", "Gotówka", "cash", opens_drawer=True)
CARD = PaymentMethod("card", "Karta", "card")


@pytest.fixture
def parts():
    kicks = []
    gear = SimpleNamespace(drawer="drawer", kick=lambda: kicks.append(1))
    shelf = SimpleNamespace(payment_methods=lambda: [CASH, CARD])
    return SimpleNamespace(after=AfterSale(shelf, gear), kicks=kicks, gear=gear)


@pytest.mark.parametrize(("method", "opens"), [(CASH, 1), (CARD, 0)])
def test_money_that_lies_in_the_drawer_opens_it(parts, method, opens) -> None:
    sold = pays(OWED, method, OWED.total_gr)
    parts.after.hear(ReceiptPrinted(sold, 1, 0))
    assert len(parts.kicks) == opens
    parts.gear.drawer = None
    parts.after.hear(ReceiptPrinted(sold, 2, 0))
    assert len(parts.kicks) == opens
