"""Commands that end a receipt: trend, its footer, and cancelling.

Source: protocol.md §9, §10.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.registry import Prints, State, command

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.transaction import Line, Payment, Transaction
    from hw_emulator.posnet.values import Args

FOOTER_LINES_MAX = 60
_FOOTER_IDS = 42


@command("trend", table="to:a op:a om:a fp:a re:a fe:b", row="closing", prints=Prints.ALWAYS)
def trend(device: Device, args: Args) -> None:
    """Close the receipt: it is in fiscal memory before this returns."""
    transaction = device.open_transaction()
    paid, change = _check_end(transaction, args)
    books, at = device.books, device.moment()
    number = books.receipt_no + 1
    body = {
        "at": at,
        "number": number,
        "header_no": books.header_no + 1,
        "report_no": books.next_report_no,
        "reference": transaction.reference,
        "nip": transaction.nip,
        "totals_gr": list(transaction.totals_gr),
        "lines": [_line_record(line) for line in transaction.lines],
        "payments": [[p.kind, p.value_gr, p.name] for p in paid],
        "payments_gr": sum(p.value_gr for p in paid),
        "change_gr": change,
        "footer_pending": not args.flag("fe", default=True),
    }
    signature = _sign(books.signature, body)
    text = layout.closing(transaction, books.rates_bp, paid, change)
    if transaction.nip:
        text.append(f"{transaction.nip_caption} {transaction.nip}")
    device.memory.append("receipt", {**body, "signature": signature})
    text += device.take_foot(at, f"{number:05d}", signature)
    if books.last.footer_pending:
        text.pop()
    device.transaction = None
    device.paper.write([*transaction.printout, *text])


def _check_end(transaction: Transaction, args: Args) -> tuple[list[Payment], int]:
    if not transaction.lines:
        raise Refused(Code.NO_ITEMS)
    total = transaction.total_gr
    if args.number("to", total) != total:
        raise Refused(Code.TOTAL_CHECK)
    if total <= 0:
        raise Refused(Code.TOTAL_ZERO)
    if args.number("op"):
        raise Refused(Code.PACK_OUT_CHECK)
    if args.number("om"):
        raise Refused(Code.PACK_IN_CHECK)
    sums = {transaction.paid_gr} if transaction.payments else {0, total}
    if args.has("fp") and args.number("fp") not in sums:
        raise Refused(Code.PAYMENTS_CHECK)
    declared = transaction.declared_change_gr
    changes = {declared} if declared else {0, max(0, transaction.paid_gr - total)}
    if args.has("re") and args.number("re") not in changes:
        raise Refused(Code.CHANGE_CHECK)
    return transaction.settle()


def _line_record(line: Line) -> dict[str, object]:
    return {
        "name": line.name,
        "vat": layout.LETTERS[line.vat],
        "price_gr": line.price_gr,
        "quantity": str(line.quantity),
        "value_gr": line.final_gr,
        "discount_gr": -line.change_gr,
        "is_storno": line.is_storno,
    }


def _sign(previous: str, body: dict[str, object]) -> str:
    text = previous + json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:40].upper()


@command("trftrln", table="id!i na:s56 sw:b sh:b", row="footer", prints=Prints.ALWAYS)
def trftrln(device: Device, args: Args) -> None:
    """Print an extra footer line."""
    if args.number("id") > _FOOTER_IDS:
        raise Refused(Code.FOOTER_LINE_NUMBER)
    if device.footer_lines >= FOOTER_LINES_MAX:
        raise Refused(Code.FOOTER_LINES_MAX)
    device.footer_lines += 1
    device.memory.append("footer_line", {"text": args.text("na")})
    device.paper.write([args.text("na")[: layout.WIDTH]])


@command("trftrend", row="footer", prints=Prints.ALWAYS)
def trftrend(device: Device, _args: Args) -> None:
    """Finish the footer."""
    end_footer(device)


def end_footer(device: Device) -> None:
    """Let the receipt go: its fiscal part was finished before."""
    device.memory.append("footer_end", {"at": device.moment()})
    device.footer_lines = 0
    device.paper.write([""])


@command("prncancel", "trcancel", prints=Prints.WHEN_OPEN)
def prncancel(device: Device, _args: Args) -> None:
    """Cancel what is open; fine when nothing is."""
    if device.owner not in {0, device.interface}:
        raise Refused(Code.BUSY)
    cancel_all(device)


@command("hardprncancel", prints=Prints.WHEN_OPEN)
def hardprncancel(device: Device, _args: Args) -> None:
    """Cancel what is open, whichever interface opened it."""
    device.held_by = 0
    cancel_all(device)


def cancel_all(device: Device) -> None:
    """Cancel the receipt, finish its footer or drop the form, whichever is open."""
    if device.state is State.FORM:
        device.drop_form()
    elif device.state is State.FOOTER:
        end_footer(device)
    elif device.state is not State.IDLE:
        cancel(device, "command")


def cancel(device: Device, by: str) -> None:
    """Cancel the open receipt; ``by`` is "command" or "power"."""
    books, at = device.books, device.moment()
    number = books.receipt_no + 1
    transaction = device.transaction
    body = {
        "at": at,
        "number": number,
        "header_no": books.header_no + 1,
        "report_no": books.next_report_no,
        "reference": transaction.reference if transaction else "",
        "value_gr": sum(books.last.totals_gr),
        "by": by,
    }
    text = [*(transaction.printout if transaction else []), layout.RULE]
    text.append(layout.centred(layout.CANCELLED_TITLE))
    text += device.take_foot(at, f"{number:05d}")
    device.memory.append("cancelled", body)
    device.transaction = None
    if books.prints_cancelled or not (transaction and transaction.is_block):
        device.paper.write(text)
