"""How its printouts look, as plain lines of 42 characters. Pure; decides nothing about money."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from hw_emulator.posnet.arithmetic import vat_of
from hw_emulator.posnet.values import EXEMPT, INACTIVE

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books, Record

WIDTH = 42
LETTERS = "ABCDEFG"
RULE = "-" * WIDTH
RECEIPT_TITLE, CANCELLED_TITLE = "PARAGON FISKALNY", "PARAGON ANULOWANY"
REPORT_TITLE, NONFISCAL_TITLE = "RAPORT FISKALNY DOBOWY", "N I E F I S K A L N Y"


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
    return [left[:WIDTH], right[-WIDTH:].rjust(WIDTH)]


def head(books: Books, *titles: str) -> list[str]:
    """Programmed header, tax number, number of the printout, titles."""
    return [
        *(centred(line) for line in books.header.split("\n")),
        *pair(f"NIP {books.nip}", f"nr wydr. {books.header_no + 1}"),
        *([] if books.is_fiscal else [centred(NONFISCAL_TITLE)]),
        *(centred(title) for title in titles if title),
        RULE,
    ]


def foot(books: Books, who: str, at: str, signature: str = "") -> list[str]:
    """Who and when, signature and unique number."""
    when = at[:16].replace("T", " ")
    logo = "{PL} " if books.is_fiscal and signature else ""
    return [
        RULE,
        *pair(who, when),
        *([signature] if signature else []),
        centred(logo + books.unique_no),
        "",
    ]


def tax_lines(totals_gr: list[int], rates_bp: list[int]) -> list[str]:
    """Sale and tax per letter, and the sum."""
    lines: list[str] = []
    tax_sum = 0
    for letter, total, rate in zip(LETTERS, totals_gr, rates_bp, strict=True):
        if not total:
            continue
        lines += pair(
            f"Sprzedaż {'opod.' if rate < EXEMPT else 'zwoln.'} PTU {letter}", money(total)
        )
        if rate < EXEMPT:
            tax_sum += vat_of(total, rate)
            lines += pair(f"Kwota {letter} {money(rate)}%", money(vat_of(total, rate)))
    lines += pair("Podatek PTU", money(tax_sum))
    return [*lines, *pair("SUMA PLN", money(sum(totals_gr)))]


def rate_table(rates_bp: list[int]) -> list[str]:
    """All seven rates."""
    lines: list[str] = []
    for letter, rate in zip(LETTERS, rates_bp, strict=True):
        shown = f"{money(rate)} %" if rate < EXEMPT else "zwolniona" if rate < INACTIVE else "---"
        lines += pair(f"PTU {letter}", shown)
    return lines


def sign(previous: str, body: Record) -> str:
    """The number that ties a document to the one before it."""
    text = previous + json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:40].upper()
