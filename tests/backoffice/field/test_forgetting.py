"""Whoever is forgotten is forgotten in visits, notes, files and what tills told, and only they."""

from __future__ import annotations

import hashlib

import msgspec
import pytest
from sqlalchemy import select

from backoffice import persons, publish
from backoffice.actor import administrator
from backoffice.editing import Editor
from backoffice.exchange import later, unsent
from backoffice.exchange.later import Later
from backoffice.exchange.unsent import Note, State
from backoffice.field import contents
from backoffice.store.engine import reading, writing
from backoffice.store.tables import audit, data_row, job_record, person
from terminal.sync import wire
from tests.backoffice.field.test_taking import AT, attachment, order, tell, visit, who

__all__ = ["tell"]
SECRET = "likes cherries"
FILE = b"a photograph of " + SECRET.encode()
SHA = hashlib.sha256(FILE).hexdigest()


@pytest.fixture
def known(engine, clock, tell):
    """A customer of whom much is known, under two names, and another one."""
    one = wire.CustomerDoc(**{**who("c-1"), "operator_id": ""}, name="Ewa Lis")
    tell(
        one,
        msgspec.structs.replace(one, rid="c-2", name="Ola"),
        wire.CustomerEditDoc(**who("e-1"), customer="c-1", name="Ewa Kot"),
        order(note=SECRET),
        visit("x-1", note=SECRET, subject=SECRET),
        visit("x-2", visit="v-2", customer="c-2", note="of another"),
        attachment(text=SECRET),
        attachment("a-2", about="visit", of="v-1", text=SECRET),
        attachment("a-3", of="c-2", text="of another"),
        attachment("a-4", sort="file", text="", name="p.jpg", size=len(FILE), sha256=SHA),
        attachment("a-5", about="sales_document", of="d-1", text=SECRET),
    )
    with writing(engine) as database:
        contents.keep(database, SHA, len(FILE), [FILE], clock())
        editor = Editor(database, administrator(), clock())
        editor.remove("attachments", "lipa", "a-2")


def told(engine):
    """Whatever the office still has outside the journal."""
    with reading(engine) as database:
        found = [
            *database.scalars(select(data_row.c.body)),
            *database.scalars(select(person.c.told)),
        ]
        for row in database.execute(select(audit.c.before, audit.c.after)):
            found += row
    return "\n".join(found)


def test_nothing_of_the_customer_is_left(engine, clock, known):
    assert SECRET in told(engine)
    with writing(engine) as database:
        erased = persons.erase(database, {"name": "Ewa Kot"}, clock())
    left = told(engine)
    assert [word for word in (SECRET, "Ewa", "Kot", "p.jpg") if word in left] == []
    assert left.count("of another") >= 2
    assert "Ola" in left
    assert (erased.customers, erased.documents) == (1, 2)
    with reading(engine) as database:
        assert contents.which(database, [SHA]) == set()
        (sold,) = publish.living(database, "sales_documents", "lipa", "", 9)
    row = msgspec.json.decode(sold)
    assert (row["number"], row["note"], row["issued_at"]) == ("ZS/1/K1", "", AT)


def test_a_file_that_another_row_names_stays(engine, clock, known):
    with writing(engine) as database:
        row = {"id": "b", "about": "customer", "of": "c-2", "kind": "file", "at": AT}
        rows = [{**row, "name": "p.jpg", "size": len(FILE), "sha256": SHA}]
        publish.put(database, "attachments", "lipa", rows)
        persons.erase(database, {"name": "Ewa Kot"}, clock())
        assert contents.which(database, [SHA]) == {SHA}


def test_what_the_other_program_sent_and_what_jobs_told_is_forgotten_too(engine, clock, known):
    told_of = "Ewa Kot has no such category"
    with writing(engine) as database:
        for name, row_id, row in (
            ("customers", "c-1", {"name": "Ewa Kot"}),
            ("customers", "c-9", {"name": "Ewa Kot"}),
            ("visits", "v-9", {"customer": "c-9", "note": SECRET}),
            ("attachments", "a-9", {"about": "visit", "of": "v-9", "text": SECRET}),
            ("customers", "c-2", {"name": "Ola"}),
        ):
            body = msgspec.json.encode({"id": row_id, **row}).decode()
            later.keep(database, "main", name, [Later(row_id, "lipa", body, "")])
        records = [
            {"job": "j", "no": no, "object": "partners", "id": row_id, "fate": "refused",
             "reason": told_of, "where": ""}
            for no, row_id in enumerate(("c-1", "c-2"))
        ]  # fmt: skip
        database.execute(job_record.insert(), records)
        note = Note(State.REFUSED, "0", "k", told_of)
        unsent.note(database, "main", "customers", "lipa", {"c-1": note})
        persons.erase(database, {"name": "Ewa Kot"}, clock())
        left = {
            name: later.waiting(database, name, "lipa")
            for name in ("customers", "visits", "attachments")
        }
        assert [row_id for rows in left.values() for row_id, _body in rows] == ["c-2"]
        reasons = dict(database.execute(select(job_record.c.id, job_record.c.reason)).all())
        assert reasons == {"c-1": "", "c-2": told_of}
        notes = unsent.notes(database, "main", "customers", "lipa", ["c-1"])
        assert notes["c-1"].reason == ""
