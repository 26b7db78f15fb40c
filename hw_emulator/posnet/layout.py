"""How printouts look: 40 columns of text. Pure; decides nothing about money.

Source: protocol.md §19; the words are the Polish ones a fiscal printer prints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.arithmetic import vat_of
from hw_emulator.posnet.values import EXEMPT, INACTIVE, show_rate

if TYPE_CHECKING:
    from decimal import Decimal

    from hw_emulator.posnet.books import Books
    from hw_emulator.posnet.transaction import Line, Payment, Transaction

WIDTH = 40
LETTERS = "ABCDEFG"
RULE = "-" * WIDTH
FISCAL_TITLE, NONFISCAL_TITLE = "PARAGON FISKALNY", "N I E F I S K A L N Y"
CANCELLED_TITLE = "TRANSAKCJA ANULOWANA"
PAYMENT_NAMES = {
    0: "GOTÓWKA",
    2: "KARTA",
    3: "CZEK",
    4: "BON",
    5: "KREDYT",
    6: "INNA",
    7: "VOUCHER",
    8: "PRZELEW",
}


def money(value_gr: int) -> str:
    """Grosze as ``9,99``."""
    sign = "-" if value_gr < 0 else ""
    return f"{sign}{abs(value_gr) // 100},{abs(value_gr) % 100:02d}"


def centred(text: str) -> str:
    """One line in the middle of the paper."""
    return text[:WIDTH].center(WIDTH).rstrip()


def pair(left: str, right: str) -> list[str]:
    """Text on the left, value on the right; two lines when one is too narrow."""
    gap = WIDTH - len(left) - len(right)
    if gap > 0:
        return [left + " " * gap + right]
    return [left[:WIDTH], right.rjust(WIDTH)]


def marked_up(text: str) -> list[str]:
    """Lines of a text with ``&`` markup: tags are dropped, ``&c`` centres its line."""
    return [_plain(line) for line in text.split("\n")]


def _plain(line: str) -> str:
    shown: list[str] = []
    is_centred = False
    marks = iter(line)
    for mark in marks:
        if mark != "&":
            shown.append(mark)
            continue
        tag = next(marks, "")
        if tag == "&":
            shown.append("&")
        is_centred = is_centred or tag in {"c", "H"}
    text = "".join(shown).rstrip()
    return centred(text) if is_centred else text[:WIDTH]


def head(books: Books, title: str, *, is_fiscal: bool = True) -> list[str]:
    """Programmed header, tax number and number of the printout, title.

    What is not fiscal, or comes from a printer that is not, says so first.
    """
    titles = [title] if is_fiscal and books.is_fiscal else [NONFISCAL_TITLE, _unfiscal(title)]
    return [
        *marked_up(books.header),
        *pair(f"NIP {books.nip}", f"nr:{books.header_no + 1}"),
        *(centred(line) for line in titles if line),
    ]


def _unfiscal(title: str) -> str:
    return " ".join(word for word in title.split() if word != "FISKALNY")


def foot(books: Books, who: str, at: str, signature: str = "") -> list[str]:
    """Number, cash desk and cashier, time, signature and unique number of a printout."""
    when = at[:16].replace("T", " ")
    logo = "{PL} " if books.is_fiscal and signature else ""
    lines = pair(who[: WIDTH - len(when) - 1], when)
    if signature:
        lines.append(signature)
    return [*lines, centred(logo + books.unique_no), ""]


def sale(line: Line, unit: str, description: str) -> list[str]:
    """A sold line, with its discount and, before a storno, the word for it."""
    sign = -1 if line.is_storno else 1
    count = _count(line.quantity) + (f" {unit} " if unit else " ")
    right = f"{count}x{money(line.price_gr)} {money(sign * line.value_gr):>8}{LETTERS[line.vat]}"
    lines = ["#STORNO#"] if line.is_storno else []
    lines += pair(line.name[:WIDTH], right)
    if description:
        lines.append(f"  {description}"[:WIDTH])
    return lines


def adjustment(name: str, percent: int | None, change_gr: int, letter: str = "") -> list[str]:
    """A discount or mark-up with its amount."""
    word = "OPUST" if change_gr < 0 else "NARZUT"
    rate = f" {percent // 100},{percent % 100:02d} %" if percent is not None else ""
    label = " ".join(part for part in (word, name) if part) + rate
    return pair(label, money(change_gr) + letter)


def _count(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}".replace(".", ",")


def tax_lines(totals_gr: list[int], rates_bp: list[int]) -> list[str]:
    """Sale and tax per rate, the sum of taxes and the sum of the receipt."""
    lines: list[str] = []
    taxes = 0
    for letter, total, rate in zip(LETTERS, totals_gr, rates_bp, strict=True):
        if not total:
            continue
        word = "ZWOLNIONA" if rate == EXEMPT else "OPODATKOWANA"
        lines += pair(f"SPRZEDAŻ {word} {letter}", money(total))
        if rate < EXEMPT:
            taxes += vat_of(total, rate)
            lines += pair(f"PTU {letter} {show_rate(rate)} %", money(vat_of(total, rate)))
    return [
        *lines,
        *pair("SUMA PTU", money(taxes)),
        *pair("SUMA PLN", money(sum(totals_gr))),
    ]


def closing(
    transaction: Transaction, rates_bp: list[int], payments: list[Payment], change_gr: int
) -> list[str]:
    """Everything between the last line and the footer of a receipt."""
    lines = [RULE]
    if transaction.discounts_gr:
        word = "OPUSTY" if transaction.discounts_gr < 0 else "NARZUTY"
        lines += pair(f"{word} ŁĄCZNIE", money(transaction.discounts_gr))
    lines += tax_lines(transaction.totals_gr, rates_bp)
    lines += [RULE, "ROZLICZENIE PŁATNOŚCI"]
    for payment in payments:
        lines += pair(payment_name(payment), f"{money(payment.value_gr)} PLN")
    declared = [payment for payment in transaction.payments if payment.is_change]
    for payment in declared:
        lines += pair(f"RESZTA {payment_name(payment)}", f"{money(payment.value_gr)} PLN")
    if change_gr and not declared:
        lines += pair("RESZTA GOTÓWKA", f"{money(change_gr)} PLN")
    return [*lines, RULE]


def payment_name(payment: Payment) -> str:
    """Form of payment as printed; the name of cash is not."""
    return payment.name if payment.name and payment.kind else PAYMENT_NAMES[payment.kind]


def rate_table(rates_bp: list[int]) -> list[str]:
    """The programmed VAT rates."""
    words = {EXEMPT: "zwolniona", INACTIVE: "---"}
    lines: list[str] = []
    for letter, rate in zip(LETTERS, rates_bp, strict=True):
        lines += pair(f"PTU {letter}", words.get(rate, f"{show_rate(rate)} %"))
    return lines
