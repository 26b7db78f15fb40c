from __future__ import annotations

import sqlite3

import msgspec
import pytest
from msgspec.structs import replace

from terminal.sale.receipt import Receipt, State
from terminal.store import local_customers, outbox, persons, receipts, register
from terminal.store.db import checkpoint, write
from terminal.sync.wire import Customer, ReceiptDoc
from tests.terminal.audit.journals import journal

BUYER = {"nip": "5260250274", "buyer_name": "Lipa sp. z o.o.", "buyer_address": "Polna 1"}
AT = "2027-03-01T21:00:00+01:00"


@pytest.fixture
def made(tmp_path):
    with journal(tmp_path) as one:
        yield one


def everything(db):
    found = []
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        found += [str(row) for row in db.execute(f"SELECT * FROM {name}")]  # noqa: S608
    return "\n".join(found)


def erase(made, before="2027-01-01", today="2027-03-01"):
    with write(made.db):
        return persons.erase_old(made.db, before, today, AT)


def test_the_chain_holds_a_salted_hash_and_the_document_is_whole_for_who_reads_it(made):
    one, other = made.receipt(customer="Jan Nowak"), made.receipt(customer="Jan Nowak")
    bodies = [body for (body,) in made.db.execute("SELECT body FROM document")]
    assert not [body for body in bodies if "Nowak" in body]
    digests = [msgspec.json.decode(body, type=ReceiptDoc).person for body in bodies]
    assert len(set(digests)) == 2  # of the same name: the salt differs
    assert register.printed(made.db, one.rid).customer == "Jan Nowak"
    sent = outbox.pending(made.db, 10, 10**6).entries
    assert ["Jan Nowak" in entry.person for entry in sent] == [True, True]
    assert other.rid == sent[1].rid


def test_it_is_erased_when_the_office_has_it_and_time_has_come(made):
    made.receipt(customer="Jan Nowak")
    made.customer("Ewa Kos")
    assert erase(made) == 0  # not delivered yet
    made.seal()
    assert erase(made, before="2026-11-20") == 0
    assert erase(made) == 2
    assert "Nowak" not in everything(made.db)
    assert "Kos" not in everything(made.db)
    assert erase(made) == 0
    assert made.db.execute("SELECT DISTINCT told FROM person").fetchall() == [("",)]


def test_ninety_days_after_the_sale_a_till_forgets(made):
    made.receipt(customer="Jan Nowak")
    made.seal()
    with write(made.db):
        assert persons.forget_old(made.db, "2027-02-18T21:00:00.000+01:00") == 0
        assert persons.forget_old(made.db, "2027-02-19T21:00:00.000+01:00") == 1


def test_no_page_of_the_file_remembers(made, tmp_path):
    made.receipt(customer="Jan Nowak")
    made.seal()
    erase(made)
    checkpoint(made.db)
    assert not [path.name for path in tmp_path.glob("journal.db*") if b"Nowak" in path.read_bytes()]


def test_what_the_law_wants_is_kept_until_its_day(made):
    made.receipt(document="invoice", invoice_no=1, **BUYER)
    made.receipt(nip="5260250274")
    made.seal()
    assert erase(made) == 0
    assert erase(made, before="2032-12-31", today="2032-12-31") == 0
    assert erase(made, before="2033-01-01", today="2033-01-01") == 2
    assert "Lipa sp" not in everything(made.db)


def test_the_receipts_own_row_forgets_too_and_nothing_else_of_it_changes(made):
    sold = made.receipt(customer="Jan Nowak")
    row = Receipt(sold.rid, sold.opened_at, "u1", "Anna", State.OPEN, customer="Jan Nowak")
    with write(made.db):
        receipts.save(made.db, None, row)
        receipts.drop(made.db, sold.rid, at=AT, seq=1)
        local_customers.add(made.db, Customer("c1", "Jan Nowak"), "c1")
    made.seal()
    with pytest.raises(sqlite3.IntegrityError, match="never changed"), write(made.db):
        made.db.execute("UPDATE receipt SET customer = 'Ewa Kos'")
    before = made.db.execute("SELECT * FROM receipt").fetchone()
    assert erase(made) == 1
    after = made.db.execute("SELECT * FROM receipt").fetchone()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [("Jan Nowak", "")]


def test_each_column_of_a_finished_receipt_is_guarded(made):
    columns = {row[1] for row in made.db.execute("PRAGMA table_info(receipt)")}
    guarded = ""
    for name in ("finished_receipt_is_fixed", "finished_receipt_forgets_only"):
        asked = "SELECT sql FROM sqlite_master WHERE name = ?"
        guarded += made.db.execute(asked, (name,)).fetchone()[0].partition("WHEN")[0]
    assert columns <= set(guarded.replace(",", " ").split())


def test_nobody_forgets_that_there_was_something(made):
    made.receipt(customer="Jan Nowak")
    for sql in (
        "DELETE FROM person",
        "UPDATE person SET told = 'x'",
        "UPDATE person SET rid = 'x'",
    ):
        with pytest.raises(sqlite3.IntegrityError), write(made.db):
            made.db.execute(sql)


def test_a_text_that_was_changed_is_not_believed(made):
    sold = made.receipt(customer="Jan Nowak")
    stored = msgspec.json.decode(outbox.body_of(made.db, sold.rid), type=ReceiptDoc)
    told = made.db.execute("SELECT told FROM person").fetchone()[0]
    assert persons.whole(stored, told).customer == "Jan Nowak"
    for wrong in (told.replace("Jan", "Ewa"), "", "{", "[]"):
        assert persons.whole(stored, wrong) == stored
    assert persons.whole(replace(stored, person=""), told).customer == ""
