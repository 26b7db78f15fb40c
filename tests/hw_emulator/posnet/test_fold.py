"""Records of this and of older memories, and what they add up to."""

from __future__ import annotations

from hw_emulator.posnet.books import Books
from hw_emulator.posnet.fold import APPLY

AT = "2026-03-02T10:00:00+01:00"
BORN = {
    "kind": "born",
    "at": AT,
    "unique_no": "ABC 1",
    "is_fiscal": True,
    "nip": "1",
    "rates_bp": [2300] * 7,
    "header": "Sklep",
}


def books_of(*records: dict) -> Books:
    books = Books()
    for record in (BORN, *records):
        books.apply(record)
    return books


def test_records_of_the_first_version_still_count():
    line = {"name": "Kawa", "vat": "A", "is_storno": False}
    books = books_of(
        {"kind": "open", "at": AT, "document": 16},
        {"kind": "progress", "totals_gr": [100] * 7, "payments_gr": 0, "change_gr": 0},
        {
            "kind": "receipt",
            "at": AT,
            "header_no": 1,
            "totals_gr": [100, *[0] * 6],
            "lines": [line],
            "payments_gr": 100,
            "change_gr": 0,
            "footer_pending": False,
            "signature": "S1",
        },
        {"kind": "nonfiscal", "at": AT, "header_no": 2, "resets_shift": False},
        {"kind": "rates", "rates_bp": [2200] * 7},
        {"kind": "printout", "at": AT, "header_no": 3},
    )
    assert books.counts_daily
    assert (books.day.receipts, books.day.nonfiscal, books.header_no) == (1, 1, 3)
    assert (books.signature, books.cash_gr, books.vat_changes) == ("S1", 0, 1)
    assert books.last.text == []


def test_what_ram_forgets():
    settings = {"cashier": "Anna", "discount_first": True, "cash_gr": 7, "header": "Nowy"}
    reset = {"kind": "ram_reset", "at": AT}
    books = books_of({"kind": "setting", "values": settings}, reset)
    assert (books.cashier, books.discount_first, books.cash_gr) == ("KIEROWNIK", False, 0)
    assert (books.header, books.ram_resets, books.day.emergencies) == ("Nowy", 1, 1)
    assert books.shift.started_at == AT


def test_cash_never_overflows_nor_falls_below_nothing():
    moved = {"kind": "nonfiscal", "at": AT, "header_no": 1, "resets_shift": False}
    assert books_of({**moved, "cash_gr": -5}).cash_gr == 0
    full = {"kind": "setting", "values": {"cash_gr": 499_999_999_999}}
    assert books_of(full, {**moved, "cash_gr": 5}).cash_gr == 5


def test_every_kind_of_record_is_known_to_the_fold():
    assert {"born", "receipt", "invoice", "packaging", "report", "read_only"} <= set(APPLY)
