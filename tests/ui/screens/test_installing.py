from __future__ import annotations

import pytest

from terminal.update.phase import Phase, UpdateState
from ui.screens.installing import TRIED, given_up_rows, update_legend, update_rows
from ui.widgets.row import plain


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_but_rest_has_its_words_and_only_the_countdown_has_keys(phase):
    state = UpdateState(phase, "1.5.0", seconds_left=30, step="Self-test")
    text = "\n".join(plain(line) for line in update_rows(80, state))
    assert ("1.5.0" in text) is (phase is not Phase.IDLE)
    assert (update_legend(state)[0][0] == "Enter") is (phase is Phase.COUNTDOWN)
    assert ("30 s" in text) is (phase in {Phase.COUNTDOWN, Phase.TRIAL})
    assert ("Self-test" in text) is (phase is Phase.INSTALLING)


def test_only_a_trial_stops_sales():
    assert {Phase.TRIAL, Phase.WAITING} == TRIED


def test_nothing_is_said_of_a_version_that_was_not_given_up():
    assert given_up_rows(80, UpdateState()) == []


def test_of_a_version_that_failed_the_calm_part_comes_before_the_reason():
    state = UpdateState(rolled_back="1.5.0: did not get ready: screen")
    said = [plain(line).strip() for line in given_up_rows(80, state)]
    assert said[0].startswith("Version 1.5.0 does not work on this till")
    assert "Nothing need be done" in " ".join(said[1:-1])
    assert said[-1] == "did not get ready: screen"
