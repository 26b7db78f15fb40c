from __future__ import annotations

import pytest

from terminal.paper.state import FINISHED, MAKES_PAPER, NEXT, State, step

ALLOWED = {
    (State.WAITING, "send"): State.PRINTING,
    (State.WAITING, "drop"): State.DROPPED,
    (State.PRINTING, "printed"): State.PRINTED,
    (State.PRINTING, "not_sent"): State.WAITING,
    (State.PRINTING, "doubt"): State.UNSURE,
    (State.PRINTING, "refuse"): State.DROPPED,
    (State.UNSURE, "again"): State.WAITING,
    (State.UNSURE, "seen"): State.PRINTED,
    (State.UNSURE, "drop"): State.DROPPED,
    (State.PRINTED, "copy"): State.WAITING,
}
EVENTS = sorted({event for _, event in ALLOWED})


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", [*EVENTS, "nonsense"])
def test_every_pair(state, event):
    assert step(state, event) == ALLOWED.get((state, event))


def test_every_state_can_be_reached_and_finished_ones_are_left_only_for_a_copy():
    assert {after for events in NEXT.values() for after in events.values()} == set(State)
    assert {state for state in State if not set(NEXT[state]) - {"copy"}} == FINISHED


def test_whatever_leaves_paper_behind_begins_with_printing():
    assert {state for state, event in ALLOWED if event in MAKES_PAPER} == {State.PRINTING}
