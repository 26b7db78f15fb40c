"""States of a slip and the way from one to the next. Pure.

                  ┌──not_sent──┐
                  ▼            │
    (new) ──▶ WAITING ──send─▶ PRINTING ──printed──▶ PRINTED
                ▲ ▲  │            │  │                │  ▲
                │ │  └─drop──┐    │  └─refuse─┐       │  │
                │ │          ▼    │           ▼       │  │
                │ │       DROPPED ◀──drop── UNSURE ◀──┼──┼── doubt (of PRINTING)
                │ └────────again────────────┘ └─seen──┼──┘
                └─────────────copy────────────────────┘

A slip whose printing was ever in doubt, or succeeded, has been on paper: whatever is printed of it
after that carries a mark. How often is counted beside the state and only grows.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a slip is."""

    WAITING = "WAITING"
    PRINTING = "PRINTING"
    UNSURE = "UNSURE"
    PRINTED = "PRINTED"
    DROPPED = "DROPPED"


NEXT: dict[State, dict[str, State]] = {
    State.WAITING: {"send": State.PRINTING, "drop": State.DROPPED},
    State.PRINTING: {
        "printed": State.PRINTED,
        "not_sent": State.WAITING,
        "doubt": State.UNSURE,
        "refuse": State.DROPPED,
    },
    State.UNSURE: {"again": State.WAITING, "seen": State.PRINTED, "drop": State.DROPPED},
    State.PRINTED: {"copy": State.WAITING},
    State.DROPPED: {},
}
# Events after which there may be a paper more in the world.
MAKES_PAPER = frozenset({"printed", "doubt"})
FINISHED = frozenset({State.PRINTED, State.DROPPED})


def step(state: State, event: str) -> State | None:
    """The state after ``event``; None when it is not possible in ``state``."""
    return NEXT[state].get(event)
