"""While a new version is being tried nothing is sold, and everybody sees why."""

from __future__ import annotations

import pytest

from terminal.update.phase import Phase, UpdateChanged, UpdateState
from tests.ui.conftest import running
from ui.screens.selling import Selling
from ui.screens.trial import NewVersion

TRIED = UpdateState(Phase.TRIAL, "1.5.0")


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (Phase.TRIAL, "the previous version comes back by itself"),
        (Phase.WAITING, "waits for the fiscal printer's answer"),
    ],
)
async def test_before_and_after_the_login_and_until_it_is_confirmed(till, phase, words):
    till.updates.state = UpdateState(phase, "1.5.0")
    async with running(till) as screen:
        await screen.until("Identifier", "Version 1.5.0 is being tried.", words)
        screen.keys("1", "enter", *"1234", "enter")
        await screen.until("A new version of the program", words)
        screen.keys("esc", "enter").scan("5900000000001")
        await screen.until("Answer first")
        assert isinstance(screen.app.desk.page, NewVersion)
        till.engine.tell(UpdateChanged(UpdateState()))
        await screen.true(lambda: isinstance(screen.app.desk.page, Selling))
    assert not till.calls


async def test_the_menu_stays_open(till):
    till.updates.state = TRIED
    async with running(till) as screen:
        await screen.until("Identifier")
        screen.keys("1", "enter", *"1234", "enter")
        await screen.until("A new version of the program")
        screen.keys("f10", "7", "1")
        await screen.until("Fiscal printer")


async def test_a_version_that_was_given_up_is_said_at_the_next_login(till):
    till.updates.state = UpdateState(rolled_back="1.5.0: its screen did not come up")
    async with running(till) as screen:
        await screen.until("Version 1.5.0 does not work", "Nothing need be done")
        await screen.until("its screen did not come up")
