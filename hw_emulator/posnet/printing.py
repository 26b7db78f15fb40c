"""Putting documents on paper and into protected memory.

Every numbered printout goes into the memory as the text it is printed with, signed over the
signature of the one before. Source: protocol.md §12, §19.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from hw_emulator import marks
from hw_emulator.posnet import layout
from hw_emulator.posnet.books import IN_INVOICE
from hw_emulator.posnet.codes2d import take_code
from hw_emulator.posnet.conditions import DOCUMENT_BLOCKS, Condition, refuse_first
from hw_emulator.posnet.footer import ABOVE, NO_FEED, NO_HEAD, Footer
from hw_emulator.posnet.image_store import placed_image
from hw_emulator.posnet.outside import outdated
from hw_emulator.posnet.settings import flag, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hw_emulator.posnet.books import Books, Record
    from hw_emulator.posnet.device import Device

_SIGNATURE_DIGITS = 40


def fit(device: Device, lines: Iterable[str]) -> list[str]:
    """Plain lines on the paper of ``device``."""
    return layout.fitted(lines, device.width)


def fit_receipt(device: Device, lines: Iterable[str]) -> list[str]:
    """Lines of a receipt, without its separators if they are switched off."""
    is_bare = flag(device.books, "billseparator.bl")
    return fit(device, (line for line in lines if not (is_bare and line is layout.RULE)))


def print_lines(device: Device, lines: list[str]) -> None:
    """Print a part of the open document: now or, in block mode, at its end."""
    shown = fit_receipt(device, lines)
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
    return found | outdated(device)


def check_room(device: Device) -> None:
    """Refuse a document that would find no place in the memory."""
    refuse_first(DOCUMENT_BLOCKS, holding(device))


def print_document(
    device: Device,
    title: str,
    lines: list[str],
    *,
    kind: str,
    more: Record,
    copy: list[str] | None = None,
    is_special: bool = False,
    is_fiscal: bool = False,
) -> None:
    """Print, number, sign and keep a whole document that is no receipt; ``more`` is for the books.

    ``copy`` is kept in place of ``lines``. Documents that are special, or not fiscal, are only kept
    when they are set not to be printed. Raises Refused when the memory has no room.
    """
    check_room(device)
    at, books = device.moment(), device.books
    body: Record = {"at": at, "title": title, "header_no": books.header_no + 1, **more}
    signature = sign(books.signature, {**body, "lines": [str(line) for line in lines]})
    is_headless = device.ram.is_headless and not is_fiscal
    head = [] if is_headless else fit(device, layout.head(books, title, is_fiscal=is_fiscal))
    end = [] if is_fiscal else layout.nonfiscal_end(books)
    foot = take_foot(device, at, signature=signature, is_fiscal=is_fiscal)
    tail = fit(device, [*end, *foot])
    device.ram.is_headless = is_headless and device.ram.ends_open
    kept = [*head, *fit(device, lines if copy is None else copy), *tail]
    device.memory.append(kind, {**body, "signature": signature, "text": kept})
    if _is_printed(books, kind, is_special=is_special):
        device.paper.write([*head, *fit(device, lines), *tail])


def _is_printed(books: Books, kind: str, *, is_special: bool) -> bool:
    if is_special and not number(books, "prnspecialcfg.sp"):
        return False
    return kind != "nonfiscal" or bool(number(books, "prncfg.nf"))


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
    serial: str = "",
    signature: str = "",
    *,
    buyer: str = "",
    is_fiscal: bool = True,
) -> list[str]:
    """Foot of this printout; what was meant for one printout only is used up."""
    books = device.books
    once, device.footer = device.footer, Footer()
    device.ram.ends_open, device.ram.is_headless = once.end == NO_HEAD, False
    info = once.info or books.footer_info
    lines = layout.marked_up(info) if info else []
    if once.system_no:
        lines += layout.pair("Nr sys.", once.system_no)
    lines += _codes(device, once)
    desk, cashier = once.desk or books.desk, once.cashier or books.cashier
    who = " ".join(part for part in (serial, "#" + desk, cashier) if part)
    foot = layout.foot(books, who, at, signature, buyer=buyer, is_fiscal=is_fiscal)
    if signature and flag(books, "signatureprintcfg.pc"):
        foot.insert(-1, marks.qr(signature, level="L", pixels=2))
    foot[-1:-1] = placed_image(books, "footer")
    return [*lines, *(foot[:-1] if once.end >= NO_FEED else foot)]


def _codes(device: Device, once: Footer) -> list[str]:
    code = take_code(device) if once.code_place else ""
    barcode = marks.barcode("EAN128", once.barcode) if once.barcode else ""
    codes = (code, barcode) if once.code_place == ABOVE else (barcode, code)
    return [line for line in codes if line]


def sign(previous: str, body: Record) -> str:
    """Signature of a document in the chain."""
    text = previous + json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_SIGNATURE_DIGITS].upper()


def show_number(kind: int, number: int) -> str:
    """Number of a document as its foot shows it: receipts with five digits, invoices with seven."""
    if not number:
        return ""
    return f"{number:07d}" if kind == IN_INVOICE else f"{number:05d}"
