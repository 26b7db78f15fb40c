"""An update is installed in the day close, tried, confirmed, or given up."""

from __future__ import annotations

from terminal.update.phase import Phase
from terminal.update.updates import Updates


def test_a_till_that_is_not_installed_closes_its_day_at_once_and_sells() -> None:
    updates = Updates()
    assert updates.at_close().done()
    updates.let_sell()
    updates.install_now()
    updates.postpone()
    assert updates.state.phase is Phase.IDLE
