from __future__ import annotations

import csv
import io

import pytest

from backoffice import register
from backoffice.errors import NotFound
from backoffice.receive import receive
from backoffice.store.company import of_company
from backoffice.store.engine import reading
from terminal.sync import wire
from tests.backoffice.test_register_rules import correction_of, entry_on, taken


@pytest.fixture
def kept(engine, clock, till, books):
    """A receipt with two returns, the second of too much, a mistake elsewhere and a correction."""
    mine = books()
    first, second, third = (mine.receipt(number) for number in (1, 2, 3))
    for document in (
        *(first, second, third),
        entry_on(books, first, taken(name="=Mleko"), customer="@ktoś"),
        entry_on(books, first, number=2, rid="e2"),
        entry_on(books, second, rid="e3", entry="mistake", refunds=[], at="2026-04-01T09:00:00Z"),
        correction_of(third),
    ):
        mine.add(document)
    receive(engine, mine.terminal, wire.JournalPush(1, mine.entries), clock())
    return first


def sheet(database, month):
    text = register.as_csv(database, None, month)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))


def test_each_register_lists_its_own(engine, kept):
    with reading(engine) as database:
        rows, older = register.entries(database, None, "returns", 0)
        assert [(row.number, row.is_accepted) for row in rows] == [(2, False), (1, True)]
        assert older == 0
        assert [
            row.number for row in register.entries(database, None, "returns", rows[0].id)[0]
        ] == [1]
        assert [row.entry for row in register.entries(database, None, "mistakes", 0)[0]] == [
            "mistake"
        ]
        ((correction, *_), _older) = register.entries(database, None, "corrections", 0)
        assert (correction.goods, correction.total_gr) == ("Gotówka → Karta", 1000)
    with reading(of_company(engine, "stranger")) as database:
        assert register.entries(database, None, "returns", 0) == ([], 0)
        assert register.of_receipt(database, kept.rid) == []


def test_pages_join(engine, clock, till, books, monkeypatch):
    monkeypatch.setattr(register, "PAGE_ROWS", 2)
    mine = books()
    receipts = [mine.receipt(number) for number in range(1, 6)]
    for number, receipt in enumerate(receipts, start=1):
        mine.add(receipt)
        mine.add(entry_on(books, receipt, number=number, rid=f"e{number}"))
    receive(engine, mine.terminal, wire.JournalPush(1, mine.entries), clock())
    seen, before = [], 0
    with reading(engine) as database:
        while True:
            rows, before = register.entries(database, None, "returns", before)
            seen += [row.number for row in rows]
            if not before:
                break
    assert seen == [5, 4, 3, 2, 1]


def test_one_entry_leads_to_its_receipt_and_back(engine, kept):
    with reading(engine) as database:
        made = register.of_receipt(database, kept.rid)
        assert [document.number for _row, document in made] == [1, 2]
        row, document, sale = register.entry_of(database, made[0][0].id)
        assert (row.is_accepted, document.customer) == (True, "@ktoś")
        assert sale > 0
        with pytest.raises(NotFound):
            register.entry_of(database, 10**6)


def test_a_month_as_a_sheet(engine, kept):
    with reading(engine) as database:
        rows = sheet(database, "2026-03")
        (april,) = sheet(database, "2026-04")
        assert sheet(database, "2026-0_") == []
    assert [row["rejestr"] for row in rows] == ["corrections", "returns", "returns"]
    assert [row["przyjety"] for row in rows] == ["tak", "tak", "nie"]
    returned = rows[1]
    # No spreadsheet takes a name for a formula.
    assert returned["towary"] == "'=Mleko 1 szt."
    assert returned["nabywca"] == "'@ktoś"
    assert (returned["brutto"], returned["podatek"], returned["stawka"]) == ("10,00", "0,48", "C")
    assert (returned["data"], returned["data_sprzedazy"]) == ("2026-03-02", "2026-03-01")
    assert (returned["numer"], returned["paragon"]) == ("1/K1", "1")
    assert returned["zwrot_srodkow"] == "Gotówka 10,00"
    assert (april["rodzaj"], april["zwrot_srodkow"]) == ("mistake", "")
    assert rows[0]["zwrot_srodkow"] == "Gotówka → Karta"
