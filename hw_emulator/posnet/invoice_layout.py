"""How a VAT invoice looks. Pure; decides nothing about money.

Source: the sample printout of trfvinit in POT-I-DEV-37.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.amount_in_words import in_words
from hw_emulator.posnet.arithmetic import vat_of
from hw_emulator.posnet.invoice_data import DATA, FOOTER, HEADER
from hw_emulator.posnet.layout import (
    CURRENCY,
    LETTERS,
    RULE,
    centred,
    marked_up,
    money,
    pair,
    right,
    show_rate_short,
    text,
)
from hw_emulator.posnet.receipt_layout import adjustment, show_count
from hw_emulator.posnet.values import EXEMPT, show_rate

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books
    from hw_emulator.posnet.invoice_data import InvoiceData
    from hw_emulator.posnet.transaction import Line, Transaction

INVOICE_TITLE = "FAKTURA"
ORIGINAL, COPY = "ORYGINAŁ", "KOPIA"
# Left, three amounts right: the columns of the VAT table.
_CELLS = (10, 10, 10, 10)


def invoice(books: Books, transaction: Transaction, data: InvoiceData) -> list[str]:
    """Everything between the header and the footer of an invoice."""
    return [
        *_number(data, HEADER),
        *_buyer(data, HEADER),
        *data.section(HEADER),
        *_seller(books),
        RULE,
        *_number(data, DATA),
        *_buyer(data, DATA),
        *data.section(DATA),
        *(piece for line in transaction.lines for piece in _line(line, books.rates_bp)),
        *transaction.printout,
        RULE,
        *_vat_table(transaction.totals_gr, books.rates_bp),
        RULE,
        *_due(transaction, data),
        *_number(data, FOOTER),
        *_buyer(data, FOOTER),
        *data.section(FOOTER),
    ]


def title(data: InvoiceData, mark: str) -> list[str]:
    """Name and number, and whether it is the original or a copy."""
    name = data.title or INVOICE_TITLE
    return [
        *text(f"{name} {data.number}"),
        *([centred(mark)] if mark and data.marks_copies else []),
    ]


def _number(data: InvoiceData, section: int) -> list[str]:
    return text(f"nr: {data.number}") if data.number_section == section else []


def _buyer(data: InvoiceData, section: int) -> list[str]:
    if data.buyer_section != section:
        return []
    lines = ["Nabywca:"]
    for part in (data.buyer, data.buyer_address):
        lines += [piece for line in part.split("\n") if line for piece in text(line)]
    return [*lines, f"NIP: {data.buyer_nip}"] if data.buyer_nip else lines


def _seller(books: Books) -> list[str]:
    return ["Sprzedawca:", *marked_up(books.header), centred(f"NIP: {books.nip}")]


def _line(line: Line, rates_bp: list[int]) -> list[str]:
    rate = rates_bp[line.vat]
    letter = LETTERS[line.vat]
    tax = vat_of(line.final_gr, rate)
    lines = text(line.name)
    if line.description:
        lines += text(f"  {line.description}")
    if line.class_no:
        lines += text(f"  PKWiU: {line.class_no}")
    if line.code:
        lines += text(f"  Kod: {line.code}")
    unit = f" {line.unit}" if line.unit else ""
    count = f"{show_count(line.quantity)}{unit} x {money(line.price_gr)}"
    lines += pair(f"  {count}", money(line.value_gr))
    if line.change_gr:
        lines += adjustment(line.change_name, line.percent, line.change_gr)
    share = f"{show_rate(rate)} %" if rate < EXEMPT else "zw."
    lines += pair(f"  PTU {letter} {share}", money(tax))
    return [*lines, *pair("  Wartość netto:", money(line.final_gr - tax))]


def _row(*cells: str) -> str:
    first, *amounts = cells
    shown = "".join(cell.rjust(size) for cell, size in zip(amounts, _CELLS[1:], strict=True))
    return right(first.ljust(_CELLS[0]) + shown)


def _vat_table(totals_gr: list[int], rates_bp: list[int]) -> list[str]:
    rows = [_row("VAT%", "w.netto", "w.VAT", "w.brutto"), RULE]
    tax_sum = 0
    for letter, total, rate in zip(LETTERS, totals_gr, rates_bp, strict=True):
        if total:
            tax = vat_of(total, rate)
            tax_sum += tax
            share = show_rate_short(rate)[:-1] if rate < EXEMPT else "zw."
            rows.append(_row(f"{letter} {share}", money(total - tax), money(tax), money(total)))
    total = sum(totals_gr)
    return [*rows, _row("RAZEM", money(total - tax_sum), money(tax_sum), money(total))]


def _due(transaction: Transaction, data: InvoiceData) -> list[str]:
    total = transaction.total_gr
    lines = pair(f"Do zapłaty {CURRENCY}", money(total))
    lines += ["Słownie:", *text(in_words(total, CURRENCY))]
    if data.payment_form:
        lines += pair("Forma płatności:", data.payment_form)
    if data.payment_until:
        lines += pair("Termin płatności:", data.payment_until)
    if data.signers:
        for word, name in zip(("odebrał", "wystawił"), data.signers, strict=True):
            lines += [*text(name), centred("." * 24), centred(f"fakturę {word}")]
    return lines
