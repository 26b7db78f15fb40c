from __future__ import annotations

import uuid

import pytest
from sqlalchemy import func, select

from backoffice import contacts, receive
from backoffice.contacts import Contact
from backoffice.errors import ChainConflict
from backoffice.moments import stamp
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import contact
from terminal.sync import wire


def history(engine, **asked):
    with reading(engine) as database:
        return [
            (it.terminal, it.since[11:16], it.kind, it.what, it.times, it.rows)
            for it in contacts.history(database, **asked).rows
        ]


def note(engine, clock, kind, terminal="K1", **more):
    with writing(engine) as database:
        contacts.note(database, terminal, kind, stamp(clock()), **more)


def test_contacts_are_counted_by_the_quarter_of_an_hour(engine, clock):
    clock.push(minutes=14, seconds=59)
    note(engine, clock, Contact.PULL, what="units", rows=2)
    note(engine, clock, Contact.PULL, what="units", rows=3)
    note(engine, clock, Contact.PULL, what="products", rows=1)
    clock.push(seconds=1)
    note(engine, clock, Contact.PULL, what="units", rows=4)
    assert history(engine) == [
        ("K1", "12:15", "pull", "units", 1, 4),
        ("K1", "12:00", "pull", "products", 1, 1),
        ("K1", "12:00", "pull", "units", 2, 5),
    ]
    with reading(engine) as database:
        assert database.scalar(select(func.max(contact.c.last_at))) == stamp(clock())


def test_what_a_till_sends_is_counted_with_what_does_not_count(engine, clock, till, books):
    journal = books(till)
    journal.add(journal.receipt())
    journal.add(journal.receipt(2, total_gr=1))
    receive.receive(engine, till, wire.JournalPush(1, journal.entries), clock())
    # Asking how far the office is moves nothing.
    receive.receive(engine, till, wire.JournalPush(1, []), clock())
    receive.receive(engine, till, wire.JournalPush(1, journal.entries), clock())
    assert history(engine) == [
        (till, "12:00", "push", "", 1, 2),
        (till, "12:00", "rejected", "", 1, 1),
    ]
    assert history(engine, only_trouble=True) == [(till, "12:00", "rejected", "", 1, 1)]


def test_a_contradiction_and_what_the_till_tells_of_itself_are_trouble(engine, clock, till, books):
    journal = books(till)
    for name, detail in (
        ("data_healed", {"set": "units"}),
        ("data_healed", {"set": ["no"]}),
        ("office_lost_documents", {"hw": 1}),
        ("login", {}),
    ):
        fields = {"rid": str(uuid.uuid4()), "terminal": till, "shop": "lipa", "operator": ""}
        at = "2026-03-01T22:00:00+01:00"
        journal.add(wire.EventDoc(**fields, at=at, name=name, detail=detail))
    receive.receive(engine, till, wire.JournalPush(1, journal.entries), clock())
    other = books(till)
    other.add(other.cash())
    with pytest.raises(ChainConflict):
        receive.receive(engine, till, wire.JournalPush(1, other.entries), clock())
    assert [it[2:5] for it in history(engine, only_trouble=True)] == [
        ("conflict", "", 1),
        ("healed", "", 1),
        ("healed", "units", 1),
        ("lost", "", 1),
    ]


def test_a_page_begins_where_the_last_one_ended(engine, clock):
    for _ in range(4):
        note(engine, clock, Contact.PUSH, rows=1)
        note(engine, clock, Contact.PULL, what="units", rows=1)
        note(engine, clock, Contact.BEAT)
        clock.push(minutes=15)
    before, pages = "", []
    while True:
        with reading(engine) as database:
            found = contacts.history(database, before=before, limit=3)
        pages.append([it.since[11:16] for it in found.rows])
        before = found.older
        if not before:
            break
    # A quarter is not torn in two.
    assert pages == [["12:45"] * 2, ["12:30"] * 2, ["12:15"] * 2, ["12:00"] * 2]


def test_only_the_tills_of_the_company_and_of_the_shops_asked_for(engine, clock):
    note(of_company(engine, "other"), clock, Contact.PUSH)
    note(engine, clock, Contact.PUSH)
    note(engine, clock, Contact.PUSH, "K2")
    assert [it[0] for it in history(engine)] == ["K1", "K2"]
    assert [it[0] for it in history(engine, terminals=["K2"])] == ["K2"]
    assert history(engine, terminals=[]) == []


def test_after_a_week_they_are_forgotten(engine, clock):
    note(engine, clock, Contact.PUSH)
    clock.push(days=6)
    note(engine, clock, Contact.PUSH)
    with writing(engine) as database:
        contacts.forget_old(database, clock())
        assert len(contacts.history(database).rows) == 2
    clock.push(days=2)
    with writing(engine) as database:
        contacts.forget_old(database, clock())
        assert len(contacts.history(database).rows) == 1


def test_when_a_till_was_heard_in_the_last_day(engine, clock):
    note(engine, clock, Contact.BEAT)
    note(engine, clock, Contact.BEAT, "K2")
    clock.push(hours=2)
    note(engine, clock, Contact.BEAT)
    note(engine, clock, Contact.PUSH)
    with reading(engine) as database:
        heard = contacts.last_day(database, "K1", clock())
    assert len(heard) == 96
    assert [ago for ago, is_heard in enumerate(reversed(heard)) if is_heard] == [0, 8]
    clock.push(hours=23)
    with reading(engine) as database:
        assert sum(contacts.last_day(database, "K1", clock())) == 1
