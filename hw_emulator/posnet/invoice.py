"""Opening a VAT invoice, printing it with its copies, and printing a copy later.

Source: protocol.md §9, §10, §17 (old generation), appendix A (trfvinit, fvprncopy).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet import invoice_layout
from hw_emulator.posnet.books import IN_INVOICE
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.invoice_data import COPIES_MAX, InvoiceData
from hw_emulator.posnet.opening import begin, check_sale
from hw_emulator.posnet.profile import NARROW, WIDE
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.settings import flag
from hw_emulator.posnet.transaction import INVOICE_LINES_MAX, Transaction

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

_TITLE_MAX = {NARROW: 23, WIDE: 39}
_OLD_BUYER_LINES = 3


@command("trfvinit", table="nm:s39 cc:i co:b ln:i fn:i", row="open")
def trfvinit(device: Device, args: Args) -> None:
    """Open an invoice; its number and its buyer come with commands of their own."""
    check_sale(device)
    width, fiscal_width = args.number("ln", NARROW), args.number("fn", NARROW)
    if not {width, fiscal_width} <= {NARROW, WIDE} or max(width, fiscal_width) > device.width:
        raise Refused(Code.INVOICE_FORMAT)
    title = args.text("nm")
    if len(title) > _TITLE_MAX[width]:
        raise BadField(Code.BAD_LENGTH, "nm")
    data = InvoiceData(
        title=title,
        copies=_copies(args),
        marks_copies=args.flag("co", default=True),
        width=width,
    )
    _begin(device, data)


@command(
    "trfvinit",
    table="nb!s15 ni:s20 na!s256 pd:s16 pt:s20 sc:s256 ss:s256 cc:i co:b cm:b ps:b",
    row="open",
    old=True,
)
def trfvinit_old(device: Device, args: Args) -> None:
    """Open an invoice of the old generation: number, buyer and payment in one command."""
    check_sale(device)
    data = InvoiceData(
        copies=_copies(args),
        marks_copies=args.flag("co", default=True),
        number=args.text("nb"),
        buyer="\n".join(args.text("na").split("\n")[:_OLD_BUYER_LINES]),
        buyer_nip=args.text("ni"),
        payment_until=args.text("pd"),
        payment_form=args.text("pt"),
        signers=(args.text("sc"), args.text("ss")) if args.flag("ps") else None,
    )
    data.check()
    _begin(device, data)


def _copies(args: Args) -> int:
    copies = args.number("cc")
    if copies > COPIES_MAX:
        raise Refused(Code.INVOICE_COPIES)
    return copies


def _begin(device: Device, data: InvoiceData) -> None:
    transaction = Transaction(
        kind=IN_INVOICE, lines_max=INVOICE_LINES_MAX, invoice=data, is_block=True
    )
    begin(device, transaction, [])


def printed_copies(
    device: Device, data: InvoiceData, head: list[str], body: list[str]
) -> list[list[str]]:
    """The original and as many copies as were asked for, each a whole printout."""
    marks = [invoice_layout.ORIGINAL, *[invoice_layout.COPY] * data.copies]
    if not flag(device.books, "fvcfg.co"):
        marks = [""] * len(marks)
    return [device.fit([*head, *invoice_layout.title(data, mark), *body]) for mark in marks]


@command("fvprncopy", row="idle", prints=Prints.ALWAYS)
def fvprncopy(device: Device, _args: Args) -> None:
    """Print a copy of the last invoice."""
    invoices = [d for d in device.memory.documents() if d.kind == "invoice"]
    if not invoices:
        raise Refused(Code.DOCUMENT_NOT_FOUND)
    original = invoice_layout.ORIGINAL
    lines = [
        line.replace(original, invoice_layout.COPY) if line.strip() == original else line
        for line in invoices[-1].lines
    ]
    device.paper.write(lines)
