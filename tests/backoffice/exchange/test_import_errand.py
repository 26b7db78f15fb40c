"""A program with every fault, an office that is killed after it sent, tills that go on.

Whatever the order of it, everything is over there once, field by field, and then nothing moves.
"""

from __future__ import annotations

import hashlib
import random

import msgspec
import pytest

from backoffice.exchange import unsent
from backoffice.exchange.imports import Imports
from backoffice.field import contents
from backoffice.jobs.work import FIRST, Fate, NotNowError
from backoffice.moments import now
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from tests.backoffice.exchange.field_rows import (
    customer,
    file,
    job,
    line,
    note,
    order,
    product,
    put,
    run,
    visit,
)


@pytest.fixture
def office(sending):
    return sending


IMPORTS = Imports()
FAULTS = ("", "", "down", "lost", "twice", "forgets", "strange", "differs")
CONTENT = b"umowa"
SHA = hashlib.sha256(CONTENT).hexdigest()


class Tills:
    """Write and change rows at random; ``rows`` is what there is in the end."""

    def __init__(self, engine, dice):
        self.engine, self.dice = engine, dice
        self.rows = {}
        self.fresh = 0
        put(engine, product())

    def go_on(self):
        for _ in range(self.dice.randrange(1, 6)):
            row = self.dice.choice((self._new, self._changed))()
            if row is not None:
                self.rows[row.id] = row
                put(self.engine, row)

    def _some(self, kind, which=lambda _row: True):
        found = [it for it in self.rows.values() if isinstance(it, kind) and which(it)]
        return self.dice.choice(found) if found else None

    def _new(self):
        self.fresh += 1
        partner = self._some(wire.Customer)
        if partner is None or self.dice.random() < 0.3:
            return customer(f"k{self.fresh}")
        new = self.dice.choice((self._order, self._quote, self._visit, self._note, self._file))
        return new(partner.id)

    def _quote(self, partner):
        return order(f"q{self.fresh}", partner, kind="OS")

    def _order(self, partner):
        quote = self._some(wire.SalesDocument, lambda it: it.type == "OS" and it.state == "open")
        if quote is None:
            return order(f"o{self.fresh}", partner, [line(percent_bp=333), line(qty_milli=155)])
        made = order(f"o{self.fresh}", partner, from_quote=quote.id)
        self.rows[made.id] = made
        put(self.engine, made)
        return msgspec.structs.replace(quote, state="realised")

    def _visit(self, partner):
        return visit(f"v{self.fresh}", partner)

    def _note(self, partner):
        about = self._some((wire.SalesDocument, wire.Visit), lambda it: it.state != "cancelled")
        if about is None:
            return note(f"n{self.fresh}", partner)
        word = "visit" if isinstance(about, wire.Visit) else "sales_document"
        return note(f"n{self.fresh}", about.id, word)

    def _file(self, partner):
        return file(f"f{self.fresh}", partner, sha256=SHA, size=len(CONTENT))

    def _changed(self):
        row = self._some((wire.Customer, wire.SalesDocument, wire.Visit))
        match row:
            case wire.Customer():
                # Few names: some are changed back.
                return msgspec.structs.replace(row, name=self.dice.choice(("Ewa", "Ola", "Jan")))
            case wire.SalesDocument(state="open") if not self._is_named(row.id):
                return msgspec.structs.replace(row, state="cancelled")
            case wire.Visit(state="planned") if not self._is_named(row.id):
                return msgspec.structs.replace(row, state="done", note="Zgoda")
        return None

    def _is_named(self, row_id):
        return any(
            row_id in (getattr(it, "of", ""), getattr(it, "from_quote", ""))
            for it in self.rows.values()
        )


def errands(office, dice, program):
    """A job that is killed, asks again, or is given up somewhere."""
    cursor, asked = FIRST, job(is_whole=dice.random() < 0.2)
    while cursor is not None:
        program.faults = [dice.choice(FAULTS) for _ in range(3)]
        try:
            fetched = IMPORTS.fetch(office, asked, cursor)
        except NotNowError:
            if dice.random() < 0.5:
                return
            continue
        fate = dice.random()
        if fate < 0.2:
            return  # killed for good before it was noted
        if fate < 0.4:
            continue  # killed, and begun again
        with writing(office.engine) as database:
            cursor = IMPORTS.apply(database, asked, cursor, fetched).next


def expected(row, theirs):
    """The fields of a row as they must be over there."""
    body = msgspec.to_builtins(row)
    about = {"visit": "activities", "sales_document": "documents", "customer": "partners"}
    if "customer" in body:
        body["customer"] = theirs["partners", row.customer]
    if body.get("from_quote"):
        body["from_quote"] = theirs["documents", row.from_quote]
    if "of" in body:
        body["of"] = theirs[about[row.about], row.of]
    return body


OBJECTS = {
    wire.Customer: "partners",
    wire.SalesDocument: "documents",
    wire.Visit: "activities",
    wire.Attachment: "attachments",
}


@pytest.mark.parametrize("seed", range(4))
def test_everything_is_over_there_once_whatever_happens(office, engine, program, seed, monkeypatch):
    monkeypatch.setattr("backoffice.exchange.import_batches.ROWS_MAX", 4)
    dice = random.Random(seed)
    with writing(engine) as database:
        contents.keep(database, SHA, len(CONTENT), [CONTENT], now())
    tills = Tills(engine, dice)
    for _ in range(25):
        tills.go_on()
        errands(office, dice, program)
    program.faults = []
    run(office, IMPORTS, job())
    for row in tills.rows.values():
        key = OBJECTS[type(row)], row.id
        if getattr(row, "state", "") == "cancelled" and key not in program.kept:
            continue  # nobody ever sent it
        sent = {**program.kept[key]}
        del sent["their_id"]
        assert sent == expected(row, program.theirs)
    assert {row_id for _name, row_id in program.kept} <= set(tills.rows)
    assert len(tills.rows) > 15
    calls = len(program.calls)
    assert run(office, IMPORTS, job()) == []
    assert {it.fate for it in run(office, IMPORTS, job(is_whole=True))} == {Fate.SAME}
    assert len(program.calls) == calls


def test_what_had_no_clear_answer_goes_again_under_the_same_key(office, engine, program):
    put(engine, customer("k1"), customer("k2"))
    program.faults = ["differs"]
    outcomes = run(office, IMPORTS, job())
    assert [(it.id, it.fate) for it in outcomes] == [("k1", Fate.WAITING), ("k2", Fate.DONE)]
    assert "two answers" in outcomes[0].reason
    with reading(engine) as database:
        (kept,) = unsent.notes(database, "main", "customers", "lipa", ["k1", "k2"]).values()
    assert kept.state is unsent.State.SENDING
    assert [it.fate for it in run(office, IMPORTS, job())] == [Fate.DONE]
    assert program.changes == 2
    assert len(program.keys) == 2


def test_a_step_says_in_the_log_what_was_wrong_with_the_answers(office, engine, program):
    put(engine, customer("k1"), customer("k2"))
    program.faults = ["strange"]
    fetched = IMPORTS.fetch(office, job(), FIRST)
    assert any("k1" in it for it in fetched.said)
    assert any("nobody" in it for it in fetched.said)
    assert all("k2" not in it for it in fetched.said)


def test_a_program_that_is_down_stops_the_step_and_loses_nothing(office, engine, program):
    put(engine, customer("k1"))
    program.faults = ["down", "lost", ""]
    assert [it.fate for it in run(office, IMPORTS, job(), tries=3)] == [Fate.DONE]
    assert program.changes == 1


def test_an_order_takes_its_quote_along(office, engine, program, monkeypatch):
    """The quote changed when the order was made of it: its turn would come a page later."""
    monkeypatch.setattr("backoffice.exchange.import_batches.ROWS_MAX", 2)
    put(engine, customer("k1"), product(), order("o1", from_quote="q1"))
    put(engine, order("o2"), order("o3"), order("q1", kind="OS", state="realised"))
    outcomes = run(office, IMPORTS, job())
    assert {it.fate for it in outcomes if it.id == "o1"} == {Fate.DONE}
    assert [it.fate for it in outcomes if it.id == "q1"] == [Fate.DONE, Fate.SAME]
    assert program.kept["documents", "o1"]["from_quote"] == program.theirs["documents", "q1"]


def test_the_key_is_that_of_the_content_after_the_office_was_put_back(office, engine, program):
    put(engine, customer("k1"))
    run(office, IMPORTS, job())
    with writing(engine) as database:
        database.exec_driver_sql("DELETE FROM exchange_link")
        database.exec_driver_sql("DELETE FROM exchange_mark")
    put(engine, customer("k1", "Inna"), customer("k1"))
    assert [it.fate for it in run(office, IMPORTS, job())] == [Fate.DONE]
    assert program.changes == 1


def test_a_change_that_is_sent_twice_keeps_its_key(office, engine, program):
    put(engine, customer("k1", "Ewa"))
    run(office, IMPORTS, job())
    put(engine, customer("k1", "Ola"))
    program.faults = ["lost", "lost"]
    run(office, IMPORTS, job(), tries=3)
    assert program.changes == 2
    assert len(program.keys) == 2


def test_so_does_one_of_which_nobody_knows_whether_its_first_form_got_there(
    office, engine, program
):
    put(engine, customer("k1", "Ewa"))
    for name in ("Ola", "Ola"):
        program.faults = ["lost", "lost"]
        with pytest.raises(NotNowError):
            run(office, IMPORTS, job(), tries=2)
        put(engine, customer("k1", name))
    run(office, IMPORTS, job())
    assert program.kept["partners", "k1"]["name"] == "Ola"
    assert len(program.keys) == 2


def test_what_may_be_there_is_not_forgotten_when_it_cannot_go_as_it_is(office, engine, program):
    put(engine, customer("k1"), product(), order("o1"))
    program.faults = ["", "lost"]
    with pytest.raises(NotNowError):
        run(office, IMPORTS, job())
    put(engine, order("o1", total_gr=1))
    assert [it.fate for it in run(office, IMPORTS, job())] == [Fate.REFUSED]
    put(engine, order("o1", state="cancelled"))
    assert [it.fate for it in run(office, IMPORTS, job())] == [Fate.DONE]
    assert program.kept["documents", "o1"]["state"] == "cancelled"


def test_a_change_that_may_be_there_is_taken_back_there(office, engine, program):
    put(engine, customer("k1", "Ewa"))
    run(office, IMPORTS, job())
    put(engine, customer("k1", "Ola"))
    program.faults = ["lost"]
    with pytest.raises(NotNowError):
        run(office, IMPORTS, job())
    put(engine, customer("k1", "Ewa"))
    assert [it.fate for it in run(office, IMPORTS, job())] == [Fate.DONE]
    assert program.kept["partners", "k1"]["name"] == "Ewa"


def test_a_quote_that_waited_goes_with_the_order_that_was_made_of_it(
    office, engine, program, monkeypatch
):
    monkeypatch.setattr("backoffice.exchange.import_batches.ROWS_MAX", 2)
    put(engine, customer("k1"), product(), order("q1", kind="OS"))
    program.warns["q1"] = "no price list"
    run(office, IMPORTS, job())
    put(engine, order("o1", from_quote="q1"), order("o2"), order("q1", kind="OS", state="realised"))
    program.warns.clear()
    outcomes = run(office, IMPORTS, job())
    assert {it.fate for it in outcomes if it.id == "o1"} == {Fate.DONE}
    assert run(office, IMPORTS, job()) == []


def test_a_refused_quote_is_not_tried_for_each_order_of_it(office, engine, program):
    put(engine, customer("k1"), product(), order("q1", kind="OS"))
    program.refuses["q1"] = "too old"
    run(office, IMPORTS, job())
    put(engine, order("o1", from_quote="q1"))
    calls = len(program.calls)
    outcomes = run(office, IMPORTS, job())
    assert [(it.id, it.fate) for it in outcomes] == [("o1", Fate.WAITING)]
    assert "too old" in outcomes[0].reason
    assert len(program.calls) == calls
