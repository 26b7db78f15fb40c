"""Putting documents on paper and into protected memory.

Every numbered printout goes into the memory as the text it is printed with, signed over the
signature of the one before. Source: protocol.md §12, §19.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.books import IN_INVOICE
from hw_emulator.posnet.conditions import DOCUMENT_BLOCKS, Condition, refuse_first
from hw_emulator.posnet.footer import Footer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hw_emulator.posnet.books import Record
    from hw_emulator.posnet.device import Device

_SIGNATURE_DIGITS = 40


def fit(device: Device, lines: Iterable[str]) -> list[str]:
    """Plain lines on the paper of ``device``."""
    return layout.fitted(lines, device.width)


def print_lines(device: Device, lines: list[str]) -> None:
    """Print a part of the open document: now or, in block mode, at its end."""
    shown = fit(device, lines)
    transaction = device.transaction
    if transaction:
        transaction.printout.extend(shown)
    if not (transaction and transaction.is_block):
        device.paper.write(shown)


def holding(device: Device) -> set[Condition]:
    """Conditions set from outside, and those that hold by themselves."""
    books, profile = device.books, device.profile
    found = set(device.conditions)
    if books.is_fiscal and not device.reports_left:
        found.add(Condition.REPORTS_USED_UP)
    if books.ram_resets >= profile.ram_resets_max:
        found.add(Condition.RAM_RESETS_USED_UP)
    if books.header_no >= profile.documents_max:
        found.add(Condition.PROTECTED_MEMORY_FULL)
    return found


def check_room(device: Device) -> None:
    """Refuse a document that would find no place in the memory."""
    refuse_first(DOCUMENT_BLOCKS, holding(device))


def print_document(
    device: Device, title: str, lines: list[str], *, kind: str, more: Record
) -> None:
    """Print, number, sign and keep a whole document that is no receipt; ``more`` is for the books.

    Raises Refused when the memory has no room.
    """
    check_room(device)
    at, books = device.moment(), device.books
    body: Record = {"at": at, "title": title, "header_no": books.header_no + 1, **more}
    signature = sign(books.signature, {**body, "lines": [str(line) for line in lines]})
    text = [
        *layout.head(books, title, is_fiscal=False),
        *lines,
        layout.centred(layout.NONFISCAL_TITLE),
        *take_foot(device, at, signature=signature, is_fiscal=False),
    ]
    shown = fit(device, text)
    device.memory.append(kind, {**body, "signature": signature, "text": shown})
    device.paper.write(shown)


def print_readout(device: Device, title: str, lines: list[str]) -> None:
    """Print what was read out of the fiscal memory: such a report has no number of its own."""
    text = [
        *layout.head(device.books, title, header_no=0),
        *lines,
        *take_foot(device, device.moment()),
    ]
    device.paper.write(fit(device, text))


def take_foot(
    device: Device,
    at: str,
    number: str = "",
    signature: str = "",
    *,
    buyer: str = "",
    is_fiscal: bool = True,
) -> list[str]:
    """Foot of this printout; what was meant for one printout only is used up."""
    books = device.books
    once, device.footer = device.footer, Footer()
    info = once.info or books.footer_info
    lines = layout.marked_up(info) if info else []
    if once.system_no:
        lines += layout.pair("Nr sys.", once.system_no)
    if once.barcode:
        lines.append(layout.centred(f"||| {once.barcode} |||"))
    desk, cashier = once.desk or books.desk, once.cashier or books.cashier
    who = " ".join(part for part in (number, "#" + desk, cashier) if part)
    foot = layout.foot(books, who, at, signature, buyer=buyer, is_fiscal=is_fiscal)
    return [*lines, *foot]


def sign(previous: str, body: Record) -> str:
    """Signature of a document in the chain."""
    text = previous + json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_SIGNATURE_DIGITS].upper()


def show_number(kind: int, number: int) -> str:
    """Number of a document as its foot shows it: receipts with five digits, invoices with seven."""
    if not number:
        return ""
    return f"{number:07d}" if kind == IN_INVOICE else f"{number:05d}"
