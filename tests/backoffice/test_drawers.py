from __future__ import annotations

import pytest

from backoffice import drawers, receive
from backoffice.drawers import Drawer, Wanted
from backoffice.store.company import of_company
from backoffice.store.engine import reading
from terminal.sync import wire
from tests.backoffice.test_judge_cash import closed
from tests.backoffice.test_shift_history import opening

DAY = "2026-03-01"


@pytest.fixture
def kept(engine, till, clock, books):
    """A shift that was closed, one that is open, one whose closing is wrong, and cash."""
    mine = books()
    mine.add(opening(mine))
    mine.add(mine.receipt(1, 349, shift="s1"))
    mine.add(mine.cash(amount_gr=500, shift="s1", reason="coins"))
    mine.add(closed(rid="d1", terminal=mine.terminal, reason="wrong_change", total_gr=349))
    mine.add(opening(mine, "s2"))
    mine.add(mine.cash(amount_gr=-300, reason="to_bank"))
    mine.add(opening(mine, "s3"))
    mine.add(closed(rid="d3", terminal=mine.terminal, shift="s3", expected_gr=1))
    receive.receive(engine, till, wire.JournalPush(1, mine.entries), clock())


def listed(engine, **asked):
    with reading(engine) as database:
        rows, older = drawers.shifts(database, Wanted(**asked), 0)
        assert [row.id for row in drawers.every_shift(database, Wanted(**asked))] == [
            row.id for row in rows
        ]
    assert older == 0
    return [(row.shift, bool(row.closed_at), row.is_accepted) for row in rows]


def test_each_shift_is_one_row_open_or_closed(engine, kept):
    assert listed(engine) == [("s3", True, False), ("s2", False, True), ("s1", True, True)]
    assert listed(of_company(engine, "stranger")) == []


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"shops": frozenset({"dab"})}, 0),
        ({"shops": frozenset({"lipa"}), "terminal": "K1"}, 3),
        ({"terminal": "K2"}, 0),
        ({"first_day": DAY, "last_day": DAY}, 3),
        ({"first_day": "2026-03-02"}, 0),
    ],
)
def test_each_filter_narrows(engine, kept, asked, count):
    assert len(listed(engine, **asked)) == count
    with reading(engine) as database:
        moves = drawers.moves(database, Wanted(**asked))
        assert len(moves) == len(list(drawers.every_move(database, Wanted(**asked))))
        assert len(moves) == (2 if count else 0)
        assert len(drawers.drawers(database, Wanted(**asked))) == bool(count)


def test_a_day_of_a_till_sums_what_was_accepted(engine, kept):
    with reading(engine) as database:
        (one,) = drawers.drawers(database, Wanted())
    assert one == Drawer(DAY, "K1", 1, 349, 20_849, 20_800, -49, 500, 300)


def test_pages_join(engine, kept):
    names, before = [], 0
    with reading(engine) as database:
        while True:
            rows, before = drawers.shifts(database, Wanted(), before, 1)
            names += [row.shift for row in rows]
            if not before:
                break
    assert names == ["s3", "s2", "s1"]
