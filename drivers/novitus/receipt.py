"""A receipt → the JSON document that prints it. No I/O, no decisions about failures.

Three things NoviAPI cannot say are said differently: a storno is taken out of the line it repeats,
the discount of the whole receipt is shared among the lines, and the words a printer puts before a
footer line are left to the till. Raises ``Refused`` for what cannot be carried at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drivers.errors import Why
from drivers.fiscal import VAT_LETTERS, Item, TenderKind
from drivers.novitus.codes import refuse
from drivers.novitus.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drivers.fiscal import Discount, FiscalReceipt, Tender
    from drivers.novitus.frame import Document

KIND = "receipt"
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


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it will stand; ``change_gr`` is what its discounts take off or put on."""

    item: Item
    qty_milli: int
    value_gr: int
    change_gr: int

    @property
    def final_gr(self) -> int:
        return self.value_gr + self.change_gr


def receipt_document(receipt: FiscalReceipt) -> Document:
    """The document with its root."""
    if receipt.invoice:
        refuse("invoices are not supported", KIND)
    lines = _shared(_live_lines(receipt.items), receipt.discount)
    if sum(line.final_gr for line in lines) != receipt.total_gr:
        refuse("the lines do not come to the total", KIND, Why.TOTALS)
    if not 0 < len(lines) <= ITEMS_MAX:
        refuse(f"a receipt has 1 to {ITEMS_MAX} lines", KIND)
    name = receipt.discount.name if receipt.discount else ""
    document: Document = {"items": [{"article": _article(line, name)} for line in lines]}
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


def _live_lines(items: tuple[Item, ...]) -> list[_Line]:
    lines: list[_Line] = []
    for item in items:
        line = _Line(item, item.qty_milli, item.value_gr, _change(item.discount))
        if item.is_storno:
            _take_out(lines, line)
        else:
            lines.append(line)
    return lines


def _take_out(lines: list[_Line], storno: _Line) -> None:
    """Take ``storno`` out of the last line that holds it."""
    taken = storno.item
    for index in range(len(lines) - 1, -1, -1):
        line, sold = lines[index], lines[index].item
        if (sold.name, sold.vat, sold.price_gr) != (taken.name, taken.vat, taken.price_gr):
            continue
        left = _Line(
            sold,
            line.qty_milli - storno.qty_milli,
            line.value_gr - storno.value_gr,
            line.change_gr - storno.change_gr,
        )
        if (left.qty_milli, left.value_gr, left.change_gr) == (0, 0, 0):
            del lines[index]
            return
        # The printer multiplies again: what is left must be a line it would compute itself.
        if left.qty_milli > 0 and left.value_gr == _half_up(sold.price_gr * left.qty_milli, 1000):
            lines[index] = left
            return
    refuse("no line of the receipt holds what the storno takes back", KIND, item=taken.name)


def _shared(lines: list[_Line], discount: Discount | None) -> list[_Line]:
    """``lines`` with the receipt's discount shared among VAT letters, then among their lines."""
    if not discount:
        return lines
    totals = [
        sum(line.final_gr for line in lines if line.item.vat == letter) for letter in VAT_LETTERS
    ]
    after = dict(zip(VAT_LETTERS, _spread(totals, _change(discount)), strict=True))
    found = list(lines)
    for letter in VAT_LETTERS:
        places = [index for index, line in enumerate(lines) if line.item.vat == letter]
        finals = [lines[index].final_gr for index in places]
        shares = _spread(finals, after[letter] - sum(finals))
        for index, share in zip(places, shares, strict=True):
            line = lines[index]
            found[index] = replace(line, change_gr=line.change_gr + share - line.final_gr)
    return found


def _spread(parts_gr: list[int], delta_gr: int) -> list[int]:
    """Parts after ``delta_gr`` was shared among them in proportion, rests carried in order."""
    before = sum(parts_gr)
    if not before:
        return parts_gr
    if before + delta_gr < 0:
        refuse("the discount is more than the receipt", KIND, Why.TOTALS)
    carried = 0
    shared = []
    for part in parts_gr:
        quotient, rest = divmod(part * (before + delta_gr), before)
        carried += rest
        if carried >= before:
            quotient += 1
            carried -= before
        shared.append(quotient)
    return shared


def _article(line: _Line, discount_name: str) -> Document:
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
        named = (item.discount.name if item.discount else "") or discount_name
        if shown := plain(named, 20):
            article["discount_markup"]["name"] = shown
    if described := plain(f"{item.description} {item.pkwiu}", 111):
        article["description"] = described
    elif code := plain(item.code, 60):
        article["code"] = {"print_as": "text", "value": code}
    return article


def _payment(tender: Tender) -> Document:
    amount: Document = {"value": money(tender.amount_gr)}
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
        refuse(f"at most {room} footer lines fit", KIND)
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


def _change(discount: Discount | None) -> int:
    if not discount:
        return 0
    return discount.amount_gr if discount.is_markup else -discount.amount_gr


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


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
