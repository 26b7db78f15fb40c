from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.people.lockout import NONE, WAIT_MAX_S, Failures, bounded, failed, wait_s

NOON = 1_800_000_000.0


@pytest.mark.parametrize(
    ("tries", "wait"),
    [
        (0, 0),
        (1, 0),
        (4, 0),
        (5, 30),
        (6, 60),
        (7, 120),
        (8, 240),
        (9, 480),
        (10, 900),
        (11, 900),
        (1000, 900),
    ],
)
def test_the_table_of_waits(tries: int, wait: float) -> None:
    state = NONE
    for _ in range(tries):
        state = failed(state, NOON)
    assert state.count == tries
    assert wait_s(state, NOON) == wait


def test_the_wait_runs_out() -> None:
    state = Failures(5, NOON + 30)
    assert wait_s(state, NOON + 29.5) == 0.5
    assert wait_s(state, NOON + 30) == 0
    assert wait_s(state, NOON + 9999) == 0
    assert failed(state, NOON + 31) == Failures(6, NOON + 91)


def test_a_clock_set_back_shortens_the_wait() -> None:
    state = Failures(5, NOON + 30)
    assert bounded(state, NOON - 86_400) == Failures(5, NOON - 86_400 + 30)
    assert bounded(state, NOON + 10) == state
    assert bounded(NONE, NOON) == NONE


@given(st.lists(st.floats(0, 10_000), max_size=30))
def test_waits_grow_and_stay_bounded(pauses: list[float]) -> None:
    state, now, last = NONE, NOON, 0.0
    for pause in pauses:
        now += pause
        state = failed(state, now)
        assert last <= wait_s(state, now) <= WAIT_MAX_S
        assert bounded(state, now) == state
        last = wait_s(state, now)
