"""The life of a slot as a table, and when which command may be given. Pure.

Both tables are normative; docs/architecture.md shows them, and tests walk every pair.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from terminal.update.launcher import Boot


class State(StrEnum):
    """Where a version stands on this device."""

    EMPTY = "EMPTY"
    PREPARED = "PREPARED"  # its proven bundle is kept
    INSTALLED = "INSTALLED"  # its slot is whole, and another one runs
    TRIAL = "TRIAL"
    CONFIRMED = "CONFIRMED"
    BAD = "BAD"


class Step(StrEnum):
    """What happens to a version."""

    KEEP = "keep"
    FORGET = "forget"
    INSTALL = "install"
    ARM = "arm"
    CONFIRM = "confirm"
    REPLACE = "replace"  # another one was confirmed
    BAR = "bar"
    PRUNE = "prune"


TABLE: dict[State, dict[Step, State]] = {
    State.EMPTY: {Step.KEEP: State.PREPARED},
    State.PREPARED: {
        Step.INSTALL: State.INSTALLED,
        Step.FORGET: State.EMPTY,
        Step.BAR: State.BAD,
    },
    State.INSTALLED: {Step.ARM: State.TRIAL, Step.PRUNE: State.EMPTY, Step.BAR: State.BAD},
    State.TRIAL: {Step.CONFIRM: State.CONFIRMED, Step.BAR: State.BAD},
    State.CONFIRMED: {Step.REPLACE: State.INSTALLED, Step.BAR: State.BAD},
    State.BAD: {},
}


class NotAStep(Exception):
    """The table knows no such step from there: a mistake of the program, never of people."""


def step(state: State, taken: Step) -> State:
    """The state after ``taken``; raises ``NotAStep`` for what is not in the table."""
    after = TABLE[state].get(taken)
    if after is None:
        msg = f"{taken} is not possible in {state}"
        raise NotAStep(msg)
    return after


def state_of(boot: Boot, slot: str, version: str, *, is_sealed: bool, is_prepared: bool) -> State:
    """Where ``version`` in ``slot`` stands, from what is on the disk."""
    if slot == boot.good:
        return State.CONFIRMED
    if version in boot.bad:
        return State.BAD
    if slot == boot.active:
        return State.TRIAL
    if is_sealed:
        return State.INSTALLED
    return State.PREPARED if is_prepared else State.EMPTY


class Fiscal(StrEnum):
    """What the fiscal day lets an update do."""

    OPEN = "OPEN"  # something was sold since the last daily report, or nobody knows
    CLOSING = "CLOSING"  # whether the report was made is in doubt
    CLOSED = "CLOSED"
    TRIAL = "TRIAL"  # closed as well, and the new version is not confirmed yet


class Command(StrEnum):
    """What somebody or something wants."""

    KEEP = "keep"
    INSTALL = "install"
    ARM = "arm"
    RESTART = "restart"
    SELL = "sell"
    CONFIRM = "confirm"
    GO_BACK = "go back"


ALLOWED: dict[Fiscal, frozenset[Command]] = {
    Fiscal.OPEN: frozenset({Command.KEEP, Command.SELL}),
    Fiscal.CLOSING: frozenset({Command.KEEP}),
    Fiscal.CLOSED: frozenset(
        {
            Command.KEEP,
            Command.SELL,
            Command.INSTALL,
            Command.ARM,
            Command.RESTART,
            Command.GO_BACK,
        }
    ),
    # Restarting is how a trial begins and how it is given up.
    Fiscal.TRIAL: frozenset({Command.CONFIRM, Command.RESTART, Command.GO_BACK}),
}
