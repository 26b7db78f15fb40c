"""What screens see of an update."""

from __future__ import annotations

from terminal.update.phase import Phase, UpdateState


def test_nothing_is_on_its_way_at_first() -> None:
    state = UpdateState()
    assert (state.phase, state.version, state.seconds_left) == (Phase.IDLE, "", 0)
