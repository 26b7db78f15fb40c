"""What becomes of printed receipts in the fake till: reckoned as the real one does."""

from __future__ import annotations

import uuid
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.paper import receipts as paper
from terminal.paper.shown import Shown, shown
from terminal.sale.documents import receipt_document
from terminal.sale.entries import (
    Case,
    Offer,
    Signed,
    Wish,
    correction_document,
    entry_document,
    offer,
)
from terminal.sync.wire import CorrectionDoc, PaymentMethod, ReturnDoc

if TYPE_CHECKING:
    from concurrent.futures import Future

    from terminal.sale.receipt import Receipt
    from tests.ui.fake_till import FakeTill

METHODS = [PaymentMethod("cash", "Gotówka", "cash", 1), PaymentMethod("card", "Karta", "card", 2)]
WHO = SimpleNamespace(terminal="T1", shop="lipa", stamp=lambda: "2026-11-22T13:00:00.000+01:00")


def case_of(receipt: Receipt) -> Case:
    """A receipt as it was printed, with number 2."""
    ruling = SimpleNamespace(receipt_no=2, report_no=1, after=None)
    at = "2026-11-22T12:02:00+01:00"
    return Case(receipt_document(WHO, receipt, ruling, "ABC 2101000001", at))


class FakeReturns:
    """Reckons as the real one does; what is found is what the test put there."""

    def __init__(self, till: FakeTill) -> None:
        self.till = till
        self.is_sure = True
        self.foreign: dict[str, Case] = {}

    def find(self, code: str) -> Future[Case]:
        return self.till.engine.call(self._find, code)

    def _find(self, code: str) -> Case:
        if code not in self.foreign:
            raise Rejected(Code.NO_SUCH_RECEIPT, number=code)
        return self.foreign[code]

    def seek(self, rid: str) -> Future[Case]:
        return self.till.engine.call(
            lambda: replace(self.till.shelf.case(rid), is_sure=self.is_sure)
        )

    def offer(self, case: Case, wish: Wish) -> Offer:
        return offer(case, wish, METHODS)

    def enter(self, case: Case, wish: Wish, way_no: int = 0) -> ReturnDoc:
        self.till.calls.append(("enter", wish, way_no))
        chosen = self.offer(case, wish)
        number = len(self.till.shelf.entered) + 1
        by = Signed(str(uuid.uuid4()), number, self.till.operator)
        entry = entry_document(WHO, by, case, wish, chosen, chosen.ways[way_no])
        self.till.shelf.entered.append(entry)
        return entry

    def correct(self, case: Case, method_id: str) -> CorrectionDoc:
        self.till.calls.append(("correct", method_id))
        method = next(one for one in METHODS if one.id == method_id)
        return correction_document(WHO, Signed("c1", 1, self.till.operator), case, method)

    def copy(self, rid: str) -> Shown:
        self.till.calls.append(("copy", rid))
        return shown(paper.copy(case_of(self.till.shelf.receipts[rid]).receipt, None, 1))

    def protocol(self, entry: ReturnDoc) -> Shown:
        return shown(paper.protocol(entry, None))
