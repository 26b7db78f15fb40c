"""Steps of the exchange with the office: each in its turn, and none can fail the day."""

from __future__ import annotations

import sqlite3
from concurrent.futures import Future
from types import SimpleNamespace

import pytest

from terminal.day import exchange
from terminal.day.exchange import Exchange
from terminal.errors import Code, SyncError
from terminal.events import ClosingStep, Pulled
from terminal.i18n import use_language

AWAY = SyncError(Code.NO_NETWORK)


class Engine:
    """Does at once what it is called for."""

    def call(self, do, *args):
        do(*args)


def future(result: object) -> Future:
    done: Future = Future()
    if isinstance(result, Exception):
        done.set_exception(result)
    else:
        done.set_result(result)
    return done


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):
    use_language("en")
    rejected = [0, 0]
    monkeypatch.setattr(
        exchange.outbox, "unsent", lambda _: SimpleNamespace(rejected=rejected.pop(0))
    )

    def run(*steps, more: int = 0):
        rejected[1] = more
        told, ends = [], []
        context = SimpleNamespace(journal=sqlite3.Connection, engine=Engine(), tell=told.append)
        begun = tuple((name, lambda result=result: future(result)) for name, result in steps)
        one = Exchange(context, begun)
        one.run(ends.append)
        (notes,) = ends
        assert told == [ClosingStep(name) for name, _ in steps]
        return one.synced, notes

    return run


def test_every_step_is_taken_in_its_turn(run) -> None:
    assert run(("PUSH", 3), ("USERS", []), ("RELEASE", "")) == (("PUSH", "USERS", "RELEASE"), ())


def test_what_stopped_several_is_said_once_and_the_others_go_on(run) -> None:
    synced, notes = run(("PUSH", AWAY), ("USERS", AWAY), ("PRODUCTS", []))
    assert (synced, notes) == (("PRODUCTS",), (AWAY.sentence(),))


def test_a_fault_of_ours_is_a_note_too(run) -> None:
    assert run(("PUSH", OSError("odd"))) == ((), ("odd",))


def test_records_that_did_not_pass_are_counted(run) -> None:
    bad = Pulled("products", 1, 0, 0, refused=(("a", "name"),))
    synced, notes = run(("PUSH", 1), ("USERS", [bad]), ("PRODUCTS", [bad, bad]), more=2)
    assert synced == ("PUSH", "USERS", "PRODUCTS")
    assert [note.split(":")[0] for note in notes] == [
        "Rows of the back office that the till refused",
        "Rejected by the back office",
    ]
    assert ["3," in notes[0], "2," in notes[1]] == [True, True]
