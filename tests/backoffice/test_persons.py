from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select

from backoffice import persons, publish, receive
from backoffice.store.engine import reading, writing
from backoffice.store.tables import data_row, journal_entry
from terminal.sync import wire

INVOICE = {"document": "invoice", "invoice_no": 1, "nip": "5260250274", "buyer_name": "Lipa sp. j."}


def add(journal, document):
    bare, told = wire.apart(document, "ab" * 16)
    journal.add(bare)
    journal.entries[-1] = replace(journal.entries[-1], person=told)
    return document


def push(engine, till, clock, journal):
    return receive.receive(engine, till, wire.JournalPush(1, [*journal.entries]), clock())


def erase(engine, clock, **words):
    with writing(engine) as database:
        return persons.erase(database, words, clock())


def page(engine, till):
    with reading(engine) as database:
        return receive.page(database, till, 0, 100).entries


@pytest.fixture
def journal(engine, till, clock, books):
    made = books()
    add(made, made.receipt(1, 100, customer="Jan Nowak"))
    add(made, made.receipt(2, 100, **INVOICE))
    add(made, made.receipt(3, 100, nip="5260250274"))
    made.add(made.receipt(4, 100))
    push(engine, till, clock, made)
    return made


def test_a_document_is_judged_whole_and_given_back_whole(engine, till, clock, journal):
    assert [one.is_accepted for one in push(engine, till, clock, journal).verdicts] == [True] * 4
    assert page(engine, till) == journal.entries
    with reading(engine) as database:
        bodies = database.scalars(select(journal_entry.c.body)).all()
        stored = msgspec.json.decode(journal.entries[0].body, type=wire.ReceiptDoc)
        assert persons.whole(database, stored).customer == "Jan Nowak"
    assert not [body for body in bodies if "Nowak" in body or "Lipa sp" in body]


def test_whoever_asks_is_forgotten_and_the_chain_stays(engine, till, clock, journal):
    assert erase(engine, clock, name="jan nowak") == persons.Erased(1, 0, 0, "")
    assert erase(engine, clock, name="Jan Nowak") == persons.Erased(0, 0, 0, "")
    told = page(engine, till)
    assert [entry.person != "" for entry in told] == [False, True, True, False]
    head = wire.GENESIS
    for entry in told:
        assert wire.chain_hash(head, entry.body) == entry.hash
        head = entry.hash
    # The till may send it once more; what was erased does not come back.
    push(engine, till, clock, journal)
    assert page(engine, till)[0].person == ""


def test_the_law_keeps_invoices_and_tax_numbers_for_six_years(engine, till, clock, journal):
    assert erase(engine, clock, nip="5260250274") == persons.Erased(0, 0, 2, "2032-12-31")
    clock.push(days=365 * 7)
    assert erase(engine, clock, nip="5260250274") == persons.Erased(2, 0, 0, "")


def test_nobody_is_nobody(engine, clock, journal):
    assert erase(engine, clock, name="", nip="") == persons.Erased(0, 0, 0, "")


def test_the_customers_row_goes_too(engine, till, clock, books):
    with writing(engine) as database:
        publish.put(database, "customers", "lipa", [{"id": "c1", "name": "Ewa Kos", "nip": ""}])
    assert erase(engine, clock, name="Ewa Kos").customers == 1
    with reading(engine) as database:
        chosen = select(data_row.c.body, data_row.c.is_removed).where(data_row.c.id == "c1")
        assert tuple(database.execute(chosen).one()) == ("{}", True)


def test_an_erased_document_that_is_sent_anew_is_no_fault(engine, till, clock, books):
    journal = books()
    add(journal, journal.receipt(1, 100, **INVOICE))
    journal.entries[0] = replace(journal.entries[0], person="")
    told = wire.CustomerDoc("c9", till, "lipa", "2026-03-01T12:00:00+01:00", "1", "Ewa Kos")
    add(journal, told)
    journal.entries[1] = replace(journal.entries[1], person="")
    assert [one.is_accepted for one in push(engine, till, clock, journal).verdicts] == [True] * 2


def test_a_customer_who_was_removed_is_forgotten_as_well(engine, clock):
    with writing(engine) as database:
        publish.put(database, "customers", "lipa", [{"id": "r-1", "name": "Ewa Kot"}])
        publish.remove(database, "customers", "lipa", "r-1")
        assert persons.erase(database, {"name": "Ewa Kot"}, clock()).customers == 1
        assert persons.erase(database, {"name": "Ewa Kot"}, clock()).customers == 0
        bodies = database.scalars(select(data_row.c.body)).all()
    assert not [body for body in bodies if "Kot" in body]
