"""Customers of a till become rows of the office, once each, whatever happens on the way."""

from __future__ import annotations

import msgspec

from backoffice import judge, publish
from backoffice.receive import receive
from backoffice.rejected import judge_again
from backoffice.store.engine import reading, writing
from terminal.sync import wire


def rows(engine, shop):
    with reading(engine) as database:
        return [
            msgspec.json.decode(row) for row in publish.living(database, "customers", shop, "", 9)
        ]


def told(name="Ewa Lis", nip="5260250274", rid="c-1", terminal="K1"):
    return wire.CustomerDoc(rid, terminal, "lipa", "2026-03-01T12:00:00+01:00", "1", name, nip)


def push(engine, till, clock, entries):
    return receive(engine, till, wire.JournalPush(1, list(entries)), clock())


def test_a_document_is_a_row_once_however_often_it_comes(engine, till, clock, books):
    journal = books()
    journal.add(told())
    for _ in range(3):
        answer = push(engine, till, clock, journal.entries)
    assert [one.is_accepted for one in answer.verdicts] == [True]
    (row,) = rows(engine, "lipa")
    assert (row["id"], row["name"], row["nip"]) == ("c-1", "Ewa Lis", "5260250274")
    with reading(engine) as database:
        assert publish.page(database, "customers", "lipa", 0, 9).to == 1


def test_what_the_office_did_since_stays(engine, till, clock, books):
    journal = books()
    with writing(engine) as database:
        publish.put(database, "customers", "lipa", [{"id": "c-1", "name": "Ewa z biura"}])
        publish.put(database, "customers", "lipa", [{"id": "c-2", "name": "Ola"}])
        publish.remove(database, "customers", "lipa", "c-2")
    journal.add(told())
    journal.add(told(rid="c-2", name="Ola", nip=""))
    push(engine, till, clock, journal.entries)
    assert [row["name"] for row in rows(engine, "lipa")] == ["Ewa z biura"]


def test_it_is_a_row_of_the_tills_own_shop(engine, till, clock, books):
    journal = books()
    journal.add(msgspec.structs.replace(told(), shop="elsewhere"))
    push(engine, till, clock, journal.entries)
    assert len(rows(engine, "lipa")) == 1
    assert rows(engine, "elsewhere") == []


def test_what_is_no_customer_is_rejected_and_stops_nothing(engine, till, clock, books):
    journal = books()
    journal.add(told(nip="5260250275"))
    journal.add(told(rid="c-2", name=""))
    journal.add(told(rid="c-3", nip="12"))
    journal.add(told(rid="c-4", nip=""))
    answer = push(engine, till, clock, journal.entries)
    assert [one.is_accepted for one in answer.verdicts] == [False, False, False, True]
    assert all(one.reason.startswith("customer: ") for one in answer.verdicts[:3])
    assert [row["id"] for row in rows(engine, "lipa")] == ["c-4"]


def test_a_newer_judge_may_take_what_an_older_one_rejected(engine, till, clock, books, monkeypatch):
    journal = books()
    journal.add(told())
    with monkeypatch.context() as older:
        older.setattr(judge, "_KINDS", frozenset({"receipt"}))
        older.setattr(judge, "_customer", lambda _document: iter(["customer: never heard of"]))
        push(engine, till, clock, journal.entries)
    assert rows(engine, "lipa") == []
    with writing(engine) as database:
        for _ in range(2):
            assert judge_again(database, till, 1, 1, clock()).is_accepted
    assert len(rows(engine, "lipa")) == 1
