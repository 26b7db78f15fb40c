from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from backoffice import errands, receive
from backoffice.errors import BadRequest, NotFound
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import errand
from terminal.sync import wire


@pytest.fixture
def ask(engine, till, clock):
    def asked(kind="lock", what="", terminal=till, by="Ewa"):
        with writing(engine) as database:
            return errands.ask(database, terminal, kind, what, by, clock())

    return asked


@pytest.fixture
def named(engine, till, clock):
    def told(terminal=till):
        with reading(engine) as database:
            return [it.id for it in errands.named(database, terminal, clock())]

    return told


@pytest.fixture
def listed(engine, till, clock):
    def told():
        with reading(engine) as database:
            return errands.of_terminal(database, till, clock())

    return told


@pytest.fixture
def tell(engine, till, books, clock):
    """Sends what the till tells of an errand."""
    journal = books(till)

    def send(*details):
        for detail in details:
            fields = {"rid": str(uuid.uuid4()), "terminal": till, "shop": "lipa", "operator": ""}
            at = "2026-03-01T13:00:00+01:00"
            journal.add(wire.EventDoc(**fields, at=at, name="errand", detail=detail))
        push = wire.JournalPush(1, journal.entries[-len(details) :])
        receive.receive(engine, till, push, clock())

    return send


def test_it_is_named_until_the_till_has_told_its_end(ask, named, listed, tell, clock):
    one = ask()
    assert named() == named() == [one]
    assert (listed()[0].state, listed()[0].asked_by) == ("waiting", "Ewa")
    tell({"errand": one, "state": "taken"})
    assert named() == [one]
    assert listed()[0].state == "taken"
    clock.push(seconds=5)
    tell({"errand": one, "state": "done", "why": ""})
    assert named() == []
    assert (listed()[0].state, listed()[0].told_at) == ("done", "2026-03-01T12:00:05.000+00:00")


def test_a_refusal_says_why_and_no_state_goes_back(ask, listed, tell):
    one = ask("reload", "units")
    tell({"errand": one, "state": "refused", "why": "E-60 " + "x" * 500})
    tell({"errand": one, "state": "taken"}, {"errand": one, "state": "done"})
    (known,) = listed()
    assert (known.state, known.why[:5], len(known.why)) == ("refused", "E-60 ", 200)


def test_the_same_is_not_asked_twice_at_a_time(ask, named, tell):
    one = ask("reload", "all")
    assert ask("reload", "all", by="Marek") == one
    other = ask("reload", "units")
    assert set(named()) == {one, other}
    tell({"errand": one, "state": "done"})
    assert ask("reload", "all") not in {one, other}


def test_a_day_later_it_is_named_no_more_and_can_be_asked_again(ask, named, listed, clock):
    one = ask()
    clock.push(hours=24)
    assert named() == []
    assert (listed()[0].state, listed()[0].is_open) == ("expired", False)
    assert ask() != one


def test_a_till_that_did_it_late_is_believed(ask, listed, tell, clock):
    one = ask()
    clock.push(hours=30)
    tell({"errand": one, "state": "done"})
    assert listed()[0].state == "done"


def test_nobody_is_told_of_what_another_till_was_asked(engine, ask, named, listed, tell, clock):
    one = ask()
    assert named("K2") == []
    stranger = of_company(engine, "other")
    with writing(stranger) as database:
        assert errands.named(database, "K1", clock()) == []
        event = wire.EventDoc(
            *("r", "K1", "lipa", "2026-03-01T13:00:00+01:00", "", "errand"),
            {"errand": one, "state": "done"},
        )
        errands.learn(database, "K1", event, "")
    with writing(engine) as database:
        errands.learn(database, "K2", event, "")
    assert listed()[0].state == "waiting"


@pytest.mark.parametrize(
    "detail",
    [{}, {"errand": 7, "state": "done"}, {"errand": "x", "state": 1}, {"state": "done"}],
)
def test_what_a_hostile_till_tells_changes_nothing(ask, listed, tell, detail):
    ask()
    tell(detail)
    assert listed()[0].state == "waiting"


@pytest.mark.parametrize(
    ("kind", "what"),
    [("dance", ""), ("reload", ""), ("reload", "secrets"), ("lock", "all"), ("", "")],
)
def test_what_no_till_does_is_not_asked(ask, kind, what):
    with pytest.raises(BadRequest):
        ask(kind, what)


def test_a_till_that_is_not_there_is_not_asked(engine, ask):
    with pytest.raises(NotFound):
        ask(terminal="K9")
    with reading(engine) as database:
        assert database.execute(select(errand)).all() == []
