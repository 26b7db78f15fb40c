"""A receipt → the JSON document that prints it. No I/O, no decisions about failures.

What the lines are is told by ``lines``; the words a printer puts before a footer line are left to
the till. Raises ``Refused`` for what cannot be carried at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.errors import Why
from drivers.fiscal import CurrencyTender, TenderKind
from drivers.novitus.codes import refuse
from drivers.novitus.lines import KIND, lines_of
from drivers.novitus.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drivers.fiscal import FiscalReceipt, Tender
    from drivers.novitus.frame import Document
    from drivers.novitus.lines import Line

ITEMS_MAX = 255
LINES_MAX = 50
WIDTH = 42
_AMOUNT_MAX = 10**11
_TENDERS = {
    TenderKind.CARD: "card",
    TenderKind.CHEQUE: "cheque",
    TenderKind.BON: "coupon",
    TenderKind.CREDIT: "credit",
    TenderKind.OTHER: "other",
    TenderKind.VOUCHER: "voucher",
    TenderKind.TRANSFER: "transfer",
}


def receipt_document(receipt: FiscalReceipt) -> Document:
    """The document with its root."""
    if receipt.invoice:
        refuse("invoices are not supported", KIND)
    lines = lines_of(receipt.items, receipt.discount)
    if sum(line.final_gr for line in lines) != receipt.total_gr:
        refuse("the lines do not come to the total", KIND, Why.TOTALS)
    if not 0 < len(lines) <= ITEMS_MAX:
        why = Why.RECEIPT_FULL if lines else Why.EMPTY
        refuse(f"a receipt has 1 to {ITEMS_MAX} lines", KIND, why)
    document: Document = {"items": [{"article": _article(line)} for line in lines]}
    if payments := [_payment(each) for each in receipt.tenders if not each.is_change]:
        document["payments"] = payments
    document["summary"] = _summary(receipt)
    for key, value in (
        ("printout_lines", list(_printout_lines(receipt))),
        ("buyer", _buyer(receipt)),
        ("system_info", _system_info(receipt)),
    ):
        if value:
            document[key] = value
    return {"receipt": document}


def _article(line: Line) -> Document:
    item = line.item
    article: Document = {
        "name": plain(item.name, 60) or "?",
        "ptu": item.vat,
        "quantity": _decimal(line.qty_milli),
        "price": money(item.price_gr),
        "value": money(line.value_gr),
    }
    if unit := plain(item.unit, 4):
        article["unit"] = unit
    if line.change_gr:
        word = "value_discount" if line.change_gr < 0 else "value_markup"
        article["discount_markup"] = {"type": word, "value": money(abs(line.change_gr))}
        if shown := plain(line.change_name, 20):
            article["discount_markup"]["name"] = shown
    if described := plain(f"{item.description} {item.pkwiu}", 111):
        article["description"] = described
    elif code := plain(item.code, 60):
        article["code"] = {"print_as": "text", "value": code}
    return article


def _payment(tender: Tender | CurrencyTender) -> Document:
    amount: Document = {"value": money(tender.amount_gr)}
    if isinstance(tender, CurrencyTender):
        # What its own payment in currency does to the counters is written nowhere.
        amount["name"] = plain(f"{money(tender.foreign)} {tender.symbol}", 24)
        return {"other": amount}
    if tender.kind is TenderKind.CASH:
        return {"cash": amount}
    if name := plain(tender.name, 24):
        amount["name"] = name
    return {_TENDERS[tender.kind]: amount}


def _summary(receipt: FiscalReceipt) -> Document:
    paid_gr = sum(each.amount_gr for each in receipt.tenders if not each.is_change)
    change_gr = sum(each.amount_gr for each in receipt.tenders if each.is_change)
    summary = {"total": money(receipt.total_gr), "pay_in": money(paid_gr or receipt.total_gr)}
    return summary | ({"change": money(change_gr)} if change_gr else {})


def _printout_lines(receipt: FiscalReceipt) -> Iterator[Document]:
    room = LINES_MAX - bool(receipt.barcode) - bool(receipt.qr)
    if len(receipt.footer) > room:
        refuse(f"at most {room} footer lines fit", KIND, Why.TEXT)
    for line in receipt.footer:
        text: Document = {"text": plain(line.text, WIDTH) or " ", "masked": False}
        if line.is_wide:
            text["width"] = 2
        if line.is_high:
            text["height"] = 2
        yield {"textline": text}
    if barcode := plain(receipt.barcode, 30):
        yield {"barcode": {"text": barcode, "masked": False}}
    if receipt.qr:
        yield {"qrcode": {"text": plain(receipt.qr, 1852), "masked": False}}


def _buyer(receipt: FiscalReceipt) -> Document:
    buyer: Document = {}
    if nip := plain(receipt.nip, 16):
        buyer["nip"] = nip
    if buyer_id := plain(receipt.buyer_id, 100):
        buyer["e_document"] = {"transaction_id": buyer_id}
    return buyer


def _system_info(receipt: FiscalReceipt) -> Document:
    info: Document = {}
    if cashier := plain(receipt.cashier, 32):
        info["cashier_name"] = cashier
    if desk := plain(receipt.desk, 8):
        info["cash_number"] = desk
    if reference := plain(receipt.reference, 60):
        info["system_number"] = {"print_as": "text", "value": reference}
    return info


def money(value_gr: int) -> str:
    """Grosze as the wire has them: ``9.99``."""
    if not 0 <= value_gr < _AMOUNT_MAX:
        refuse(f"{value_gr} grosze is no amount", KIND, Why.TOTALS)
    return f"{value_gr // 100}.{value_gr % 100:02d}"


def _decimal(qty_milli: int) -> str:
    """Thousandths as the shortest decimal: 2500 → 2.5."""
    whole, part = divmod(qty_milli, 1000)
    digits = f"{part:03d}".rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)
