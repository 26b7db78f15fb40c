from __future__ import annotations

import uuid

import pytest

from backoffice import receive, sign_ins
from backoffice.store.engine import reading
from terminal.sync import wire

NOON = "2026-03-01T12:00:00.000+00:00"


@pytest.fixture
def tell(engine, till, books, clock):
    """Sends events of a till; gives what the office knows then of sign-ins."""
    journal = books(till)

    def send(name, at, **detail):
        fields = {"rid": str(uuid.uuid4()), "terminal": till, "shop": "lipa", "operator": "Anna"}
        journal.add(wire.EventDoc(**fields, at=at, name=name, detail=detail))
        receive.receive(engine, till, wire.JournalPush(1, journal.entries[-1:]), clock())
        with reading(engine) as database:
            return sign_ins.last(database)

    return send


def test_the_last_sign_in_of_each_operator_is_kept(tell):
    assert tell("login", "2026-03-01T08:00:00+01:00", user="1") == {
        ("lipa", "1"): "2026-03-01T07:00:00.000+00:00"
    }
    assert tell("lock", "2026-03-01T08:05:00+01:00", user="1")["lipa", "1"].startswith(
        "2026-03-01T07:00"
    )
    told = tell("login", "2026-03-01T09:00:00+01:00", user="2")
    assert sorted(told) == [("lipa", "1"), ("lipa", "2")]
    assert tell("login", "2026-03-01T09:30:00+01:00", user="1")["lipa", "1"].startswith(
        "2026-03-01T08:30"
    )


def test_one_that_comes_late_from_another_till_changes_nothing(tell):
    tell("login", "2026-03-01T09:00:00+01:00", user="1")
    late = tell("login", "2026-02-27T09:00:00+01:00", user="1")
    assert late["lipa", "1"].startswith("2026-03-01")


@pytest.mark.parametrize("at", ["2999-01-01T00:00:00+01:00", "yesterday", "2026-03-01T08:00:00"])
def test_a_clock_that_is_ahead_or_tells_nothing_counts_as_when_it_was_received(tell, at):
    assert tell("login", at, user="1") == {("lipa", "1"): NOON}


@pytest.mark.parametrize("user", ["", None, 7, ["1"]])
def test_a_sign_in_of_nobody_is_not_kept(tell, user):
    assert tell("login", "2026-03-01T08:00:00+01:00", user=user) == {}


def test_words_that_are_too_long_are_cut(tell):
    ((_, operator),) = tell("login", "2026-03-01T08:00:00+01:00", user="x" * 300)
    assert operator == "x" * 64
