"""Printed receipts for tests of what comes back: any lines, any discount, as a till counts."""

from __future__ import annotations

import uuid
from types import SimpleNamespace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from terminal.sale import verbs as sale
from terminal.sale.documents import receipt_document
from terminal.sale.line import Line
from terminal.sale.receipt import Payment, Receipt, State
from terminal.sync.wire import ReturnDoc

if TYPE_CHECKING:
    from terminal.sync.wire import ReceiptDoc, TakenLine

WHO = SimpleNamespace(terminal="T1", shop="lipa", stamp=lambda: "2026-11-23T10:00:00.000+01:00")
RATES = {"A": 2300, "B": 800, "C": 500, "E": 10_000}
RID = "0f3e2d1c-5b6a-4978-8796-a5b4c3d2e1f0"


def line(name="Mleko", price_gr=349, qty_milli=1000, vat="C", precision=0, **more) -> Line:
    made = {"product": name, "plu": "1", "barcode": "5900000000015", "unit": "szt."}
    made |= {"list_price_gr": price_gr, "price_gr": price_gr, "qty_milli": qty_milli}
    return Line(name=name, precision=precision, vat=vat, rate_bp=RATES[vat], **(made | more))


def printed(*lines: Line, cash_gr=0, card_gr=0, off_gr=0, percent_bp=0, rid=RID) -> ReceiptDoc:
    """A receipt with these lines, paid in cash unless told."""
    receipt = Receipt(rid, "2026-11-22T12:00:00+01:00", "u1", "Anna", lines=lines)
    if off_gr or percent_bp:
        receipt = sale.discount_receipt(
            receipt, amount_gr=off_gr or None, percent_bp=percent_bp or None
        )
    paid = [Payment("card", "Karta", "card", card_gr)] if card_gr else []
    cash = cash_gr or receipt.total_gr - card_gr
    paid += [Payment("cash", "Gotówka", "cash", cash)] if cash else []
    made = Receipt(
        *(receipt.rid, receipt.opened_at, "u1", "Anna", State.FISCAL, lines, tuple(paid)),
        *(receipt.discount_gr, "", receipt.percent_bp, receipt.percent_mode),
    )
    ruling = SimpleNamespace(receipt_no=7, report_no=3, after=None)
    return receipt_document(WHO, made, ruling, "ABC 2101000001", "2026-11-22T12:01:00+01:00")


def entry_of(receipt: ReceiptDoc, *taken: TakenLine, entry="return", refunds=()) -> ReturnDoc:
    """An earlier entry that took these lines."""
    who = {"terminal": "T1", "shop": "lipa", "at": "2026-11-22T13:00:00+01:00"}
    sold = {"receipt": receipt.rid, "sold_by": "T1", "sold_at": receipt.closed_at}
    numbers = {"printer_no": receipt.printer_no, "receipt_no": receipt.receipt_no, "number": 1}
    return ReturnDoc(
        rid=str(uuid.uuid4()),
        operator="Anna",
        entry=entry,
        lines=list(taken),
        split=[],
        total_gr=sum(one.gross_gr for one in taken),
        refunds=list(refunds),
        reason="zwrot",
        **who,
        **sold,
        **numbers,
    )


@st.composite
def receipts(draw) -> ReceiptDoc:
    """One to six lines in several letters, pieces and weights, with or without a discount."""
    lines = []
    for no in range(draw(st.integers(1, 6))):
        precision = draw(st.sampled_from([0, 3]))
        qty = draw(st.integers(1, 9)) * 1000 if precision == 0 else draw(st.integers(1, 5000))
        price = draw(st.integers(1, 5000))
        vat = draw(st.sampled_from(sorted(RATES)))
        made = line(f"Towar {no}", price, qty, vat, precision)
        if made.value_gr > 0:
            lines.append(made)
    if not lines:
        lines.append(line())
    total = sum(one.gross_gr for one in lines)
    off = draw(st.integers(0, total - 1)) if draw(st.booleans()) else 0
    return printed(*lines, off_gr=off)


__all__ = ["RID", "entry_of", "line", "printed", "receipts"]
