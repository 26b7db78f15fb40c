from __future__ import annotations

import pytest

from backoffice import persons, receive, transactions
from backoffice.errors import NotFound
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing
from backoffice.transactions import Place, Sums, Wanted
from terminal.sync import wire
from tests.backoffice.test_register_rules import entry_on

NIP = "1234563218"


@pytest.fixture
def kept(engine, till, clock, books):
    """Two receipts, an invoice of a buyer, a rejected receipt, a bill, a return."""
    mine = books()
    card = [wire.PaymentDoc("karta", "Karta", "card", 2000)]
    first = mine.receipt(1, 1000, closed_at="2026-03-01T09:00:00+01:00")
    invoice = mine.receipt(
        1, 3000, document="invoice", invoice_no=7, nip=NIP, buyer_name="Jan",
        closed_at="2026-03-03T09:00:00+01:00",
    )  # fmt: skip
    invoice, told = wire.apart(invoice, "salt")
    bill = wire.BillDoc(
        "b1", "K1", "lipa", "2026-03-04T10:00:00+01:00", "2026-03-04T10:00:00+01:00", "1", 5, 400,
        mine.receipt(1, 400).lines, [wire.PaymentDoc("talon", "Talon", "voucher", 400)],
    )  # fmt: skip
    for document in (
        first,
        mine.receipt(2, 2000, payments=card, closed_at="2026-03-02T09:00:00+01:00", operator="2"),
        invoice,
        mine.receipt(3, 500, total_gr=900, closed_at="2026-03-03T10:00:00+01:00"),
        bill,
        entry_on(books, first, at="2026-03-05T10:00:00+01:00"),
    ):
        mine.add(document)
    mine.entries[2] = with_person(mine.entries[2], told)
    receive.receive(engine, till, wire.JournalPush(1, mine.entries), clock())
    return {"first": first, "invoice": invoice}


def with_person(entry, told):
    return wire.Entry(entry.seq, entry.rid, entry.prev, entry.hash, entry.body, told)


def found(engine, **asked):
    with reading(engine) as database:
        page = transactions.page(database, Wanted(**asked), Place())
        sums = transactions.sums(database, Wanted(**asked))
    assert sums.documents == len(page.rows)
    return [(row.document, row.number) for row in page.rows]


def test_everything_is_listed_the_newest_first(engine, kept):
    assert found(engine) == [
        ("return", 1), ("bill", 5), ("receipt", 3), ("invoice", 7), ("receipt", 2), ("receipt", 1),
    ]  # fmt: skip
    assert found(of_company(engine, "stranger")) == []


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"first_day": "2026-03-02", "last_day": "2026-03-03"}, [3, 7, 2]),
        ({"shops": frozenset({"dab"})}, []),
        ({"shops": frozenset({"lipa"}), "document": "receipt"}, [3, 2, 1]),
        ({"document": "invoice"}, [7]),
        ({"document": "return"}, [1]),
        ({"terminal": "K2"}, []),
        ({"operator": "2"}, [2]),
        ({"kind": "card"}, [2]),
        ({"kind": "car"}, []),
        ({"kind": "voucher"}, [5]),
        ({"least_gr": 1000, "most_gr": 2000}, [1, 2, 1]),
        ({"number": 0}, []),
        ({"number": 5}, [5]),
        ({"nip": NIP}, [7]),
        ({"nip": "9999999999"}, []),
        ({"nip": '"},%'}, []),
        ({"goods": "ŚWIEŻE", "document": "invoice"}, [7]),
        # The name has a real percent sign, which stands for itself.
        ({"goods": "3,2%", "document": "bill"}, [5]),
        ({"goods": "_leko świeże 3"}, []),
        ({"verdict": "rejected"}, [3]),
        ({"verdict": "accepted", "document": "receipt"}, [2, 1]),
    ],
)
def test_each_filter_narrows(engine, kept, asked, numbers):
    assert [number for _, number in found(engine, **asked)] == numbers


def test_a_buyer_who_was_erased_is_found_no_more(engine, kept, clock):
    clock.push(days=366 * 8)
    with writing(engine) as database:
        persons.erase(database, {"nip": NIP}, clock())
    assert found(engine, nip=NIP) == []


def test_only_what_was_accepted_is_summed_and_returns_apart(engine, kept):
    with reading(engine) as database:
        assert transactions.sums(database, Wanted()) == Sums(6, 3, 6000, 1, 1000, 1, 400)
        assert transactions.sums(database, Wanted(verdict="rejected")) == Sums(1, 0, 0, 0, 0, 0, 0)


def test_pages_join_without_a_gap_also_at_equal_times(engine, till, clock, books):
    mine = books()
    for number in range(1, 8):
        mine.add(mine.receipt(number))
    receive.receive(engine, till, wire.JournalPush(1, mine.entries), clock())
    seen, after = [], Place()
    with reading(engine) as database:
        while after is not None:
            page = transactions.page(database, Wanted(), after, 3)
            seen += [row.rid for row in page.rows]
            after = page.older
        assert seen == [row.rid for row in transactions.every(database, Wanted())]
    assert sorted(seen) == sorted(entry.rid for entry in mine.entries)


def test_each_row_leads_to_its_page(engine, kept):
    with reading(engine) as database:
        rows = transactions.page(database, Wanted(), Place()).rows
        ways = transactions.addresses(database, rows)
        assert transactions.addresses(database, []) == {}
    assert set(ways) == {row.rid for row in rows}
    back = next(row for row in rows if row.part == "back")
    assert ways[back.rid].startswith("/registers/entries/")
    assert ways[kept["first"].rid].startswith("/receipts/")


def test_one_document_is_found_by_its_id_in_its_own_company(engine, kept):
    with reading(engine) as database:
        row = transactions.one(database, kept["first"].rid)
        assert (row.number, row.body) == (1, wire.canonical(kept["first"]))
    with reading(of_company(engine, "stranger")) as database, pytest.raises(NotFound):
        transactions.one(database, kept["first"].rid)
