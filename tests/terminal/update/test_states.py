"""Every state with every step, and every state of the day with every command."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from terminal.update.launcher import Boot
from terminal.update.states import (
    ALLOWED,
    TABLE,
    Command,
    Fiscal,
    NotAStep,
    State,
    Step,
    state_of,
    step,
)

PAGE = (Path(__file__).parents[3] / "docs" / "updates.md").read_text(encoding="utf-8")
# Written down once more, by hand: the table in the code must not change by mistake.
WANTED = {
    "EMPTY keep": "PREPARED",
    "PREPARED install": "INSTALLED",
    "PREPARED forget": "EMPTY",
    "PREPARED bar": "BAD",
    "INSTALLED arm": "TRIAL",
    "INSTALLED prune": "EMPTY",
    "INSTALLED bar": "BAD",
    "TRIAL confirm": "CONFIRMED",
    "TRIAL bar": "BAD",
    "CONFIRMED replace": "INSTALLED",
    "CONFIRMED bar": "BAD",
}


@pytest.mark.parametrize(("state", "taken"), [*product(State, Step)])
def test_every_pair(state: State, taken: Step) -> None:
    wanted = WANTED.get(f"{state} {taken}")
    if wanted is None:
        with pytest.raises(NotAStep, match=f"{taken} is not possible in {state}"):
            step(state, taken)
    else:
        assert step(state, taken) == wanted


def test_the_page_shows_both_tables() -> None:
    for pair, after in WANTED.items():
        assert f"| {' | '.join(pair.split())} | {after} |" in PAGE
    for day, commands in ALLOWED.items():
        told = ", ".join(command for command in Command if command in commands)
        assert f"| {day} | {told} |" in PAGE


def test_every_state_has_its_row() -> None:
    assert set(TABLE) == set(State)
    assert set(ALLOWED) == set(Fiscal)


def test_nothing_is_installed_armed_or_restarted_but_on_a_closed_day() -> None:
    for command in (Command.INSTALL, Command.ARM):
        assert {day for day in Fiscal if command in ALLOWED[day]} == {Fiscal.CLOSED}
    assert {day for day in Fiscal if Command.RESTART in ALLOWED[day]} == {
        Fiscal.CLOSED,
        Fiscal.TRIAL,
    }
    assert {day for day in Fiscal if Command.GO_BACK in ALLOWED[day]} == {
        Fiscal.CLOSED,
        Fiscal.TRIAL,
    }


def test_nothing_is_sold_while_a_version_is_tried_or_a_report_is_in_doubt() -> None:
    assert {day for day in Fiscal if Command.SELL in ALLOWED[day]} == {Fiscal.OPEN, Fiscal.CLOSED}


@pytest.mark.parametrize(
    ("boot", "sealed", "kept", "state"),
    [
        (Boot("a-1", "a-1"), False, False, State.EMPTY),
        (Boot("a-1", "a-1"), False, True, State.PREPARED),
        (Boot("a-1", "a-1"), True, False, State.INSTALLED),
        (Boot("b-1", "a-1"), True, False, State.TRIAL),
        (Boot("b-1", "b-1"), True, False, State.CONFIRMED),
        (Boot("a-1", "a-1", bad=("b",)), True, True, State.BAD),
        (Boot("b-1", "b-1", bad=("b",)), True, True, State.CONFIRMED),
    ],
)
def test_where_a_version_stands(boot: Boot, sealed: bool, kept: bool, state: State) -> None:
    assert state_of(boot, "b-1", "b", is_sealed=sealed, is_prepared=kept) is state
