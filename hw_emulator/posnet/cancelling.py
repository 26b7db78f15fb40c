"""Cancelling what is open, by command or because the power was cut.

Source: protocol.md §9, §10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet import layout, printing, receipt_layout
from hw_emulator.posnet.books import IN_INVOICE, IN_PACKAGING, IN_RECEIPT
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.footer import end_footer
from hw_emulator.posnet.invoice_layout import INVOICE_TITLE
from hw_emulator.posnet.registry import Prints, State, command

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books, Record
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

# Kind of record by kind of document; a receipt is the rest.
_KINDS = {IN_INVOICE: "cancelled_invoice", IN_PACKAGING: "cancelled_packaging"}


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
    """Cancel the document, finish its footer or drop the form, whichever is open."""
    if device.state is State.FORM:
        device.drop_form()
    elif device.state is State.FOOTER:
        end_footer(device)
    elif device.state is not State.IDLE:
        cancel(device, "command")


def cancel(device: Device, by: str) -> None:
    """Cancel the open document; ``by`` is "command" or "power"."""
    books, transaction = device.books, device.transaction
    last = books.last
    is_fiscal = last.kind != IN_PACKAGING
    body: Record = {
        "at": device.moment(),
        "number": books.next_number(last.kind),
        "header_no": books.header_no + 1,
        "report_no": books.next_report_no,
        "reference": transaction.reference if transaction else last.reference,
        "value_gr": sum(last.totals_gr),
        "by": by,
    }
    signature = printing.sign(books.signature, body)
    number = printing.show_number(last.kind, body["number"])
    tail = device.fit(
        [
            *_head(books, last.kind),
            layout.centred(receipt_layout.CANCELLED_TITLE),
            *printing.take_foot(device, body["at"], number, signature, is_fiscal=is_fiscal),
        ]
    )
    text = [*last.text, *tail]
    is_online = last.kind == IN_RECEIPT
    kind = _KINDS.get(last.kind, "cancelled")
    device.memory.append(kind, {**body, "signature": signature, "text": text})
    device.transaction = None
    if is_online or books.prints_cancelled:
        device.paper.write(tail if is_online else text)


def _head(books: Books, kind: int) -> list[str]:
    # A receipt had its head when it was opened; the others are printed in one piece.
    if kind == IN_INVOICE:
        return layout.head(books, INVOICE_TITLE)
    if kind == IN_PACKAGING:
        return layout.head(books, "", is_fiscal=False)
    return []
