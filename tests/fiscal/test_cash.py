"""Cash with the power going out at every touch of line and journal: booked once, or not at all."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest

from terminal import events
from terminal.day import cash
from tests.crash.power import Stand, cut_everywhere
from tests.fiscal.rig import MEMORY_DISK, events_named, open_shop


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(cash, "_RETRY_S", 0.02)


@pytest.fixture
def make_stand(origin):
    made = []

    def make():
        made.append(Stand(Path(tempfile.mkdtemp(prefix="cash-", dir=MEMORY_DISK)), origin))
        return made[-1]

    yield make
    for stand in made:
        if stand.folder.exists():
            stand.clear()


def move(alive, amount_gr=5_000):
    since = alive.heard.mark()
    alive.do(alive.till.move_cash, amount_gr, "drobne")
    return alive.await_one((events.CashMoved, events.Failed), since)


def told_gr(alive) -> list[int]:
    rows = alive.journal(
        "SELECT json_extract(body, '$.amount_gr') FROM document WHERE kind = 'cash' ORDER BY seq"
    )
    return [amount for (amount,) in rows]


@pytest.mark.parametrize("blackout", [False, True], ids=["till", "till and printer"])
def test_cut_anywhere_in_a_movement(make_stand, blackout):
    """An equal movement was made before: an amount alone proves nothing."""
    found = Counter()

    def afterwards(stand, alive):
        held_gr = stand.printer.device.books.cash_gr
        assert sum(told_gr(alive)) == held_gr
        assert alive.journal("SELECT count(*) FROM cash_move WHERE outcome IS NULL") == [(0,)]
        found[held_gr] += 1
        alive.login()
        assert isinstance(move(alive, -5_000), events.CashMoved)
        assert sum(told_gr(alive)) == held_gr - 5_000

    touches = cut_everywhere(make_stand, move, move, afterwards, blackout=blackout, pushes=False)
    assert touches > 20
    assert set(found) == {5_000, 10_000}


FAULTS = ("drop", "lose", "garble", "cut:6", "double", "shift")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("command", ["cash", "scashstate", "scnt"])
@pytest.mark.parametrize("nth", [1, 2])
def test_a_bad_line_books_once(stand, fault, command, nth):
    kind, _, value = fault.partition(":")
    alive = open_shop(stand)
    move(alive)
    stand.printer.faults.add(f"{kind}:{command}:{nth}" + (f":{value}" if value else ""))
    told = move(alive)
    assert sum(told_gr(alive)) == stand.printer.device.books.cash_gr
    if isinstance(told, events.Failed):
        assert len(events_named(alive, "cash_not_booked")) == 1
        assert isinstance(move(alive), events.CashMoved)
    assert stand.printer.device.books.cash_gr == 10_000
    assert told_gr(alive) == [5_000, 5_000]
    assert stand.wrong() == []


def test_more_than_there_is_is_refused_before_the_printer_hears_of_it(stand):
    """A printer that refuses to pay out more than it holds sets its cash to nothing."""
    alive = open_shop(stand)
    move(alive, 500)
    told = move(alive, -1_000)
    assert told.error.code == "E-33"
    assert events_named(alive, "cash_not_booked") == []
    assert told_gr(alive) == [500]
    assert stand.printer.device.books.cash_gr == 500
