"""A receipt carried out: every check a printer makes line by line, then the fiscal memory.

A check that fails leaves a cancelled receipt on paper, as it does when the lines come one by one.
Source: docs/novitus.md, "Receipt".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hw_emulator.novitus import layout
from hw_emulator.novitus.codes import Code, Failed
from hw_emulator.posnet.arithmetic import line_value
from hw_emulator.posnet.goods import identity
from hw_emulator.posnet.values import INACTIVE

if TYPE_CHECKING:
    from hw_emulator.novitus.device import Device
    from hw_emulator.posnet.books import Record

_RECEIPT = 16  # the kind of document in the books
# Names of tenders → the numbers under which the fiscal memory keeps payments.
_TENDERS = {
    "cash": 0,
    "card": 2,
    "cheque": 3,
    "coupon": 4,
    "credit": 5,
    "other": 6,
    "voucher": 7,
    "transfer": 8,
    "account": 6,
    "mobile": 6,
}


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    vat: int
    price_gr: int
    quantity: Decimal
    value_gr: int
    change_gr: int

    @property
    def final_gr(self) -> int:
        return self.value_gr + self.change_gr


def grosze(text: str) -> int:
    """Amount of the wire in grosze."""
    return int(decimal(text) * 100)


def decimal(text: str) -> Decimal:
    """Decimal of the wire, which may lack digits before its point or after it, or all of them."""
    return Decimal(text if text.strip(".") else "0")


def print_receipt(device: Device, document: dict[str, Any]) -> None:
    """Print one receipt; raises ``Failed``, with a cancelled receipt once it was begun."""
    books = device.books
    if books.is_fiscal and len(books.reports) >= device.reports_max:
        raise Failed(Code.MEMORY_FULL)
    device.memory.append("open", {"at": device.moment(), "document": _RECEIPT})
    reference = document.get("system_info", {}).get("system_number", {}).get("value", "")
    text = layout.head(books, layout.RECEIPT_TITLE)
    try:
        lines = [_line(device, item["article"]) for item in document["items"]]
        totals = _totals(lines)
        paid, change_gr = _payments(document, sum(totals))
    except Failed:
        cancel(device, "command", text)
        raise
    text += [shown for line in lines for shown in _shown(line)]
    text += [layout.RULE, *layout.tax_lines(totals, books.rates_bp), layout.RULE]
    for _, value_gr, name in paid:
        text += layout.pair(name or "GOTÓWKA", f"{layout.money(value_gr)} PLN")
    if change_gr:
        text += layout.pair("RESZTA GOTÓWKA", f"{layout.money(change_gr)} PLN")
    if nip := document.get("buyer", {}).get("nip", ""):
        text.append(f"NIP NABYWCY: {nip}")
    _finish(device, document, lines, totals, (paid, change_gr, reference, nip), text)


def _finish(
    device: Device,
    document: dict[str, Any],
    lines: list[_Line],
    totals: list[int],
    end: tuple[list[Any], int, str, str],
    text: list[str],
) -> None:
    books, at = device.books, device.moment()
    paid, change_gr, reference, nip = end
    number = device.number + 1
    body: Record = {
        "at": at,
        "number": number,
        "header_no": books.header_no + 1,
        "report_no": books.next_report_no,
        "reference": reference,
        "nip": nip,
        "totals_gr": totals,
        "lines": [_kept(line) for line in lines],
        "payments": paid,
        "payments_gr": sum(value_gr for _, value_gr, _ in paid),
        "change_gr": change_gr,
        "cash_gr": sum(value for tender, value, _ in paid if tender == 0) - change_gr,
        "footer_pending": False,
    }
    signature = layout.sign(books.signature, body)
    info = document.get("system_info", {})
    who = f"{number:05d} #{info.get('cash_number', '001')} {info.get('cashier_name', 'KIEROWNIK')}"
    if reference:
        text += layout.pair("Nr sys.", reference)
    text += layout.foot(books, who, at, signature)
    text += [shown for each in document.get("printout_lines", []) for shown in plain_line(each)]
    device.memory.append("receipt", {**body, "signature": signature, "text": text})
    device.paper.write(text)


def cancel(device: Device, by: str, text: list[str] | None = None) -> None:
    """Cancel the receipt that was begun; ``by`` is "command" or "power"."""
    books, at = device.books, device.moment()
    number = device.number + int(device.counts_cancelled)
    body: Record = {
        "at": at,
        "number": number,
        "header_no": books.header_no + 1,
        "report_no": books.next_report_no,
        "reference": "",
        "value_gr": 0,
        "by": by,
    }
    shown = [*(text or layout.head(books)), layout.centred(layout.CANCELLED_TITLE)]
    shown += layout.foot(books, f"{number:05d}", at)
    device.memory.append("cancelled", {**body, "text": shown})
    device.paper.write(shown)


def _line(device: Device, article: dict[str, Any]) -> _Line:
    vat = "ABCDEFG".find(article["ptu"])
    if vat < 0 or device.books.rates_bp[vat] == INACTIVE:
        raise Failed(Code.GOODS_RATE)
    if not identity(article["name"]):
        raise Failed(Code.GOODS_NAME)
    price_gr, value_gr = grosze(article["price"]), grosze(article["value"])
    quantity = decimal(article["quantity"])
    if quantity <= 0:
        raise Failed(Code.QUANTITY)
    if price_gr <= 0:
        raise Failed(Code.PRICE)
    if value_gr <= 0 or line_value(price_gr, quantity) != value_gr:
        raise Failed(Code.VALUE)
    change_gr = _change(article.get("discount_markup"))
    if value_gr + change_gr < 0:
        raise Failed(Code.DISCOUNT)
    return _Line(article["name"], vat, price_gr, quantity, value_gr, change_gr)


def _change(discount: dict[str, Any] | None) -> int:
    if not discount:
        return 0
    if discount["type"] not in {"value_discount", "value_markup"} or not grosze(discount["value"]):
        # How percents are rounded is written nowhere.
        raise Failed(Code.DISCOUNT)
    amount_gr = grosze(discount["value"])
    return amount_gr if discount["type"] == "value_markup" else -amount_gr


def _totals(lines: list[_Line]) -> list[int]:
    totals = [0] * 7
    for line in lines:
        totals[line.vat] += line.final_gr
    return totals


def _payments(document: dict[str, Any], total_gr: int) -> tuple[list[Any], int]:
    summary = document["summary"]
    if "discount_markup" in summary:
        raise Failed(Code.DISCOUNT)
    if total_gr <= 0 or grosze(summary["total"]) != total_gr:
        raise Failed(Code.TOTAL)
    paid = []
    for each in document.get("payments", []):
        ((tender, values),) = each.items()
        paid.append([_TENDERS[tender], grosze(values["value"]), values.get("name", "")])
    pay_in_gr, change_gr = grosze(summary["pay_in"]), grosze(summary.get("change", ""))
    if paid and sum(value_gr for _, value_gr, _ in paid) != pay_in_gr:
        raise Failed(Code.PAYMENT)
    if pay_in_gr - change_gr != total_gr:
        raise Failed(Code.PAYMENT)
    return paid or [[0, pay_in_gr, ""]], change_gr


def _shown(line: _Line) -> list[str]:
    count = f"{line.quantity.normalize():f}".replace(".", ",")
    letter = layout.LETTERS[line.vat]
    right = f"{count} x{layout.money(line.price_gr)} {layout.money(line.value_gr):>8}{letter}"
    text = layout.pair(line.name[: layout.WIDTH], right)
    if line.change_gr:
        word = "Rabat" if line.change_gr < 0 else "Narzut"
        text += layout.pair(f"  {word}", f"{layout.money(line.change_gr)}{letter}")
    return text


def _kept(line: _Line) -> Record:
    return {
        "name": line.name,
        "vat": layout.LETTERS[line.vat],
        "price_gr": line.price_gr,
        "quantity": str(line.quantity),
        "value_gr": line.final_gr,
        "discount_gr": -line.change_gr,
        "is_storno": False,
    }


def plain_line(line: dict[str, Any]) -> list[str]:
    """A line of the part that is not fiscal, as text."""
    ((kind, values),) = line.items()
    if kind == "textline":
        text = str(values["text"])[: layout.WIDTH]
        return [layout.centred(text) if values.get("center") else text]
    if kind == "special_line":
        return [layout.RULE if values["type"] == "underline" else ""]
    return [layout.centred(f"||| {values['text']} |||")]
