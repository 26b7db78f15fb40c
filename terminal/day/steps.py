"""The steps of a day close as data: what each does, on which thread, and what follows it. Pure.

    INTENT ──▶ REPORTED ──▶ CLEANED ──▶ SETTINGS ──▶ SYNCED ──▶ DONE
       └─────▶ NOT_MADE

A step is committed before its work begins, so its name is what the journal holds when the till is
cut off in the middle of it, and where the next till goes on. The report itself is sent between
INTENT and its commit, and never again from there: the printer's counter says whether it was made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Step(StrEnum):
    """How far a day close has come."""

    INTENT = "INTENT"
    REPORTED = "REPORTED"
    CLEANED = "CLEANED"
    SETTINGS = "SETTINGS"
    SYNCED = "SYNCED"
    DONE = "DONE"
    NOT_MADE = "NOT_MADE"


class Event(StrEnum):
    """What ends a step."""

    MADE = "made"
    NOT_MADE = "not_made"
    CLEANED = "cleaned"
    PROGRAMMED = "programmed"
    SYNCHRONISED = "synchronised"
    UPDATED = "updated"


class Place(StrEnum):
    """The thread on which a step's work begins."""

    PRINTER = "printer"
    ENGINE = "engine"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; a step without work is the end."""

    step: Step
    does: str
    place: Place = Place.ENGINE
    follows: dict[Event, Step] = field(default_factory=dict)


TABLE = (
    Row(
        Step.INTENT,
        "asks the printer's counter whether the report was made, as long as it takes",
        Place.PRINTER,
        {Event.MADE: Step.REPORTED, Event.NOT_MADE: Step.NOT_MADE},
    ),
    Row(
        Step.REPORTED,
        "ends the shifts that are still open, drops the parked receipts that were given up",
        Place.ENGINE,
        {Event.CLEANED: Step.CLEANED},
    ),
    Row(
        Step.CLEANED,
        "programs the VAT rates, header and clock that waited for zero totals",
        Place.PRINTER,
        {Event.PROGRAMMED: Step.SETTINGS},
    ),
    Row(
        Step.SETTINGS,
        "sends documents, fetches data; what does not work is noted and done later",
        Place.ENGINE,
        {Event.SYNCHRONISED: Step.SYNCED},
    ),
    Row(
        Step.SYNCED,
        "installs a prepared update, which may start the till anew",
        Place.ENGINE,
        {Event.UPDATED: Step.DONE},
    ),
    Row(Step.DONE, "nothing: the day is closed"),
    Row(Step.NOT_MADE, "nothing: the day is as open as before"),
)
ROWS = {row.step: row for row in TABLE}
# The fiscal part, the settings and the office are done with: an update may be installed.
MAY_UPDATE = Step.SYNCED


def step(state: Step, event: Event) -> Step:
    """The step after ``event``; what is not in the table is our own mistake."""
    try:
        return ROWS[state].follows[event]
    except KeyError:
        msg = f"a day close at {state} cannot be {event}"
        raise AssertionError(msg) from None
