from __future__ import annotations

from backoffice.exchange import marks, unsent
from backoffice.exchange.links import Link, digest, link
from backoffice.exchange.unsent import Note, State
from backoffice.jobs.work import Way
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from tests.backoffice.exchange.field_rows import customer, put

HERE = "main", "customers", "lipa"


def test_notes_are_of_one_shop_and_are_replaced(engine):
    first, later = Note(State.SENDING, "d1", "k1"), Note(State.REFUSED, "d2", "k2", "why")
    many = {str(no): first for no in range(1100)}
    with writing(engine) as database:
        unsent.note(database, *HERE, many)
        unsent.note(database, *HERE, {"7": later})
        unsent.note(database, "main", "customers", "dab", {"7": first})
        assert unsent.notes(database, *HERE, ["7", "8", "x"]) == {"7": later, "8": first}
        assert len(unsent.left(database, *HERE, "", 2000)) == 1099
        assert unsent.left(database, *HERE, "98", 2) == ["980", "981"]
        unsent.forget(database, *HERE, list(many))
        assert unsent.notes(database, *HERE, list(many)) == {}
        assert len(unsent.notes(database, "main", "customers", "dab", ["7"])) == 1


def test_a_mark_that_this_office_never_gave_starts_over(engine):
    put(engine, customer("k1"))
    with writing(engine) as database:
        for told, reached in (("1", 1), ("2", 0), ("", 0), ("never", 0)):
            marks.set_mark(database, "main", Way.IMPORT, "partners", told, "lipa")
            assert unsent.mark_of(database, "main", "partners", "lipa") == reached


def test_unsent_is_what_was_changed_here_and_is_not_there_yet(engine):
    rows = [customer(f"k{no}") for no in range(5)]
    put(engine, *rows)
    same = Link(digest(wire.canonical(rows[0])))
    with writing(engine) as database:
        # k1 is older than what another shop sent, k2 was refused, k3 never went, k4 is newer.
        known = {"k0": same, "k1": Link("x"), "k2": Link("x"), "k4": Link("x")}
        link(database, "main", "customers", known)
        marks.set_mark(database, "main", Way.IMPORT, "partners", "4", "lipa")
        unsent.note(database, *HERE, {"k2": Note(State.REFUSED, "y")})
    with reading(engine) as database:
        found = unsent.unsent(database, *HERE, [f"k{no}" for no in range(9)])
    assert found == {"k2", "k3", "k4"}


def test_what_was_left_behind_is_no_change_until_its_shop_changes_it(engine):
    old, new = customer("k1", "Ewa"), customer("k1", "Ewa Nowak")
    before = {"k1": Link(digest(wire.canonical(old)))}
    put(engine, old, customer("k0"))
    with writing(engine) as database:
        link(database, "main", "customers", {"k1": Link(digest(wire.canonical(new)))})
        assert unsent.unsent(database, *HERE, ["k1"]) == {"k1"}
        unsent.leave_behind(database, "main", "customers", ["dab", "lipa"], before)
        unsent.leave_behind(database, "main", "customers", ["lipa"], {})
        assert unsent.notes(database, *HERE, ["k0", "k1"])["k1"].state is State.BEHIND
        assert unsent.unsent(database, *HERE, ["k1"]) == set()
        assert unsent.left(database, *HERE, "", 9) == []
    put(engine, customer("k1", "Ewa Kot"))
    with writing(engine) as database:
        assert unsent.unsent(database, *HERE, ["k1"]) == {"k1"}
        unsent.note(database, *HERE, {"k1": Note(State.WAITING, "d", "k")})
        unsent.leave_behind(database, "main", "customers", ["lipa"], before)
        assert unsent.notes(database, *HERE, ["k1"])["k1"].state is State.WAITING
