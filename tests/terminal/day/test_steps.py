"""The table of a day close: every step against every event, and no step without its work."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from terminal.day.steps import MAY_UPDATE, ROWS, TABLE, Event, Step, step

FOLLOWS = {
    (Step.INTENT, Event.MADE): Step.REPORTED,
    (Step.INTENT, Event.NOT_MADE): Step.NOT_MADE,
    (Step.REPORTED, Event.CLEANED): Step.CLEANED,
    (Step.CLEANED, Event.PROGRAMMED): Step.SETTINGS,
    (Step.SETTINGS, Event.SYNCHRONISED): Step.SYNCED,
    (Step.SYNCED, Event.UPDATED): Step.DONE,
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(Step, Event)))
def test_each_pair_is_known_or_refused(state: Step, event: Event) -> None:
    if (state, event) in FOLLOWS:
        assert step(state, event) is FOLLOWS[state, event]
    else:
        with pytest.raises(AssertionError, match=f"{state} cannot be {event}"):
            step(state, event)


def test_the_page_shows_the_table() -> None:
    page = (Path(__file__).parents[3] / "docs" / "day-close.md").read_text(encoding="utf-8")
    for row in TABLE:
        follows = ", ".join(f"{event}: `{to}`" for event, to in row.follows.items())
        assert f"| `{row.step}` | {row.does} | {follows} |".replace("  |", " |") in page


def test_each_step_has_one_row() -> None:
    assert [row.step for row in TABLE] == list(Step)


@pytest.mark.parametrize("state", [Step.DONE, Step.NOT_MADE])
def test_nothing_follows_the_end(state: Step) -> None:
    assert ROWS[state].follows == {}


def test_after_the_report_every_way_leads_to_the_end() -> None:
    reached = Step.REPORTED
    way = [reached]
    while ROWS[reached].follows:
        (reached,) = ROWS[reached].follows.values()
        way.append(reached)
    assert way[-2:] == [MAY_UPDATE, Step.DONE]
