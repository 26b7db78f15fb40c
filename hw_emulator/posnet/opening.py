"""Opening a document: what keeps a printer from selling, and trinit.

Source: protocol.md §9, §10.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.books import IN_BLOCK_RECEIPT, IN_INVOICE, IN_PACKAGING, IN_RECEIPT
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.conditions import SALE_BLOCKS, Condition, refuse_first
from hw_emulator.posnet.printing import fit, holding
from hw_emulator.posnet.receipt_layout import FISCAL_TITLE
from hw_emulator.posnet.registry import Prints, State, command
from hw_emulator.posnet.transaction import LINES_MAX, Transaction
from hw_emulator.posnet.values import AMOUNT_MAX, INACTIVE, TOTALIZER_MAX

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args


def check_sale(device: Device) -> None:
    """Refuse a sale that cannot be; raises Refused with the first reason."""
    books = device.books
    if not books.header:
        raise Refused(Code.NO_HEADER)
    if all(rate == INACTIVE for rate in books.rates_bp):
        raise Refused(Code.NO_ACTIVE_VAT)
    held = holding(device)
    if books.reports and device.clock() < datetime.fromisoformat(books.reports[-1]["at"]):
        held.add(Condition.CLOCK_BEFORE_MEMORY)
    refuse_first(SALE_BLOCKS, held)
    if device.profile.needs_daily_report and _is_of_another_day(device):
        raise Refused(Code.REPORT_MISSING)
    _check_day(books, device.profile.receipts_max)


def _is_of_another_day(device: Device) -> bool:
    first = device.books.day.first_sale
    return bool(first) and datetime.fromisoformat(first).date() != device.clock().date()


def _check_day(books: Books, receipts_max: int) -> None:
    # The largest possible document must still fit into the totals of the day.
    day = books.day
    fullest = max(*day.totals_gr, *day.invoice_totals_gr)
    documents = day.receipts + day.cancelled
    if fullest + AMOUNT_MAX > TOTALIZER_MAX or documents >= receipts_max:
        raise Refused(Code.DAILY_TOTALS_FULL)


def state_of(transaction: Transaction) -> State:
    """Column of the state table while ``transaction`` is open."""
    if transaction.kind == IN_INVOICE:
        return State.INVOICE
    if transaction.kind == IN_PACKAGING:
        return State.PACK
    return State.PAYMENT if transaction.is_in_payment else State.LINES


def begin(device: Device, transaction: Transaction, head: list[str]) -> None:
    """Open a document: it is in the memory before its head is on paper."""
    transaction.reference = device.footer.system_no
    device.memory.append(
        "open",
        {
            "at": device.moment(),
            "document": transaction.kind,
            "reference": transaction.reference,
            "text": fit(device, head),
        },
    )
    device.transaction = transaction
    device.print(head)


def note_progress(device: Device, lines: list[str] | None = None) -> None:
    """Print ``lines`` and keep the running totals, for ``strns`` and in case of a power cut."""
    transaction = device.open_transaction()
    device.memory.append(
        "progress",
        {
            "totals_gr": list(transaction.totals_gr),
            "packs_gr": [transaction.packs.out_gr, transaction.packs.in_gr],
            "payments_gr": transaction.tender.paid_gr,
            "change_gr": transaction.tender.change_gr,
            "reference": transaction.reference,
            "text": fit(device, lines or ()),
        },
        durable=False,
    )
    if lines:
        device.print(lines)


@command("trinit", table="bm:b", row="open", prints=Prints.WHEN_ONLINE)
def trinit(device: Device, args: Args) -> None:
    """Open a receipt."""
    check_sale(device)
    is_block = args.flag("bm")
    transaction = Transaction(
        kind=IN_BLOCK_RECEIPT if is_block else IN_RECEIPT,
        lines_max=device.profile.block_lines_max if is_block else LINES_MAX,
        is_block=is_block,
    )
    begin(device, transaction, layout.head(device.books, FISCAL_TITLE))
