"""Every fault there is: its name, what it does, what its VALUE means. Brings none about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable


class Kind(StrEnum):
    """What can go wrong; the value is its name in a spec."""

    # A command on its way to the device.
    DROP = "drop"
    CUT_REQUEST = "cut-request"
    GARBLE_REQUEST = "garble-request"
    NOISE_REQUEST = "noise-request"
    REPEAT_COMMAND = "repeat-command"
    DEAD_REQUEST = "dead-request"
    UNPLUG_REQUEST = "unplug-request"
    # An answer on its way back.
    LOSE = "lose"
    CUT = "cut"
    GARBLE = "garble"
    NOISE = "noise"
    NOISE_IN = "noise-in"
    NOISE_AFTER = "noise-after"
    LATE = "late"
    SHIFT = "shift"
    SWAP = "swap"
    DOUBLE = "double"
    DEAD = "dead"
    UNPLUG = "unplug"
    SLOW_LINE = "slow-line"
    # The device itself.
    SLOW = "slow"
    REFUSE = "refuse"
    FRAME_ERROR = "frame-error"
    NO_PAPER = "no-paper"
    NO_PAPER_AFTER = "no-paper-after"
    COVER = "cover"
    COVER_AFTER = "cover-after"
    HOT = "hot"
    HOT_AFTER = "hot-after"
    POWER_DIP = "power-dip"
    POWER_DIP_AFTER = "power-dip-after"
    CUTTER = "cutter"
    CUTTER_AFTER = "cutter-after"
    DIE_BEFORE = "die-before"
    DIE_AFTER = "die-after"
    REBOOT = "reboot"
    REBOOT_AFTER = "reboot-after"
    RAM_RESET = "ram-reset"
    RAM_RESET_AFTER = "ram-reset-after"
    CLOCK = "clock"
    OWN_REPORT = "own-report"
    HOLD = "hold"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class About:
    """One kind, for people and for the dice.

    ``value`` says what VALUE means (empty: it takes none), ``needs`` that it must be there.
    ``draw`` chooses one for the dice; without it only a rule can bring this fault about.
    ``is_of_line`` marks what every device has, for it happens on the line.
    """

    does: str
    value: str = ""
    needs: bool = False
    draw: Callable[[random.Random], float | None] | None = None
    is_of_line: bool = False


def _none(_dice: random.Random) -> None:
    """Nothing to choose, or it is chosen when the length of the answer is known."""


def _seconds(most: float) -> Callable[[random.Random], float]:
    return lambda dice: round(dice.uniform(0.05, most), 2)


def _bytes(dice: random.Random) -> float:
    return dice.randint(1, 16)


def _hours(dice: random.Random) -> float:
    return dice.choice((-7200, -61, 61, 360, 10_800, 86_400))


_BYTE, _BIT, _NOISE = "BYTE (any)", "BYTE.BIT (any)", "how many bytes (8)"
_WAIT, _AWAY = "SECONDS until it is put right (0: by hand)", "SECONDS it is away (1)"
_DEAD = "BYTE[/SECONDS] (any byte, 2 s)"


def _line(
    does: str,
    value: str = "",
    draw: Callable[[random.Random], float | None] | None = _none,
    *,
    needs: bool = False,
) -> About:
    return About(does, value, needs, draw, is_of_line=True)


def _trouble(does: str) -> About:
    return About(does, _WAIT, draw=_seconds(2))


KINDS: dict[Kind, About] = {
    Kind.DROP: _line("the command is lost on its way"),
    Kind.CUT_REQUEST: _line("only the first BYTE bytes of the command arrive", _BYTE),
    Kind.GARBLE_REQUEST: _line("one bit of the command is wrong", _BIT),
    Kind.NOISE_REQUEST: _line("noise arrives before the command", _NOISE, _bytes),
    Kind.REPEAT_COMMAND: _line("the command arrives twice"),
    Kind.DEAD_REQUEST: _line("the line is dead from BYTE of the command on", _DEAD),
    Kind.UNPLUG_REQUEST: _line("the line breaks before BYTE of the command", _BYTE),
    Kind.LOSE: _line("executed, the answer is lost"),
    Kind.CUT: _line("executed, the answer ends before BYTE", _BYTE),
    Kind.GARBLE: _line("executed, one bit of the answer is wrong", _BIT),
    Kind.NOISE: _line("executed, noise comes before the answer", _NOISE, _bytes),
    Kind.NOISE_IN: _line("executed, noise comes in the middle of the answer", _NOISE, _bytes),
    Kind.NOISE_AFTER: _line("executed, noise comes after the answer", _NOISE, _bytes),
    Kind.LATE: _line(
        "executed, the answer comes later, out of step", "SECONDS", _seconds(3), needs=True
    ),
    Kind.SHIFT: _line("executed, the answer comes together with the next one"),
    Kind.SWAP: _line("executed, the answer comes after the next one"),
    Kind.DOUBLE: _line("executed, the answer comes twice"),
    Kind.DEAD: _line("executed, the line is dead from BYTE of the answer on", _DEAD),
    Kind.UNPLUG: _line("executed, the line breaks before BYTE of the answer", _BYTE),
    Kind.SLOW_LINE: _line("the line is slow from now on", "BAUD (0: no limit)", None, needs=True),
    Kind.SLOW: About(
        "the device takes its time, later commands wait", "SECONDS", needs=True, draw=_seconds(2)
    ),
    Kind.REFUSE: About("not executed, refused", "error number", needs=True),
    Kind.FRAME_ERROR: About("not executed, the frame is found wrong", "error number", needs=True),
    Kind.NO_PAPER: _trouble("paper ends just before the command"),
    Kind.NO_PAPER_AFTER: _trouble("executed, paper ends before the answer"),
    Kind.COVER: _trouble("the cover is opened just before the command"),
    Kind.COVER_AFTER: _trouble("executed, the cover is opened before the answer"),
    Kind.HOT: _trouble("the mechanism overheats just before the command"),
    Kind.HOT_AFTER: _trouble("executed, the mechanism overheats before the answer"),
    Kind.POWER_DIP: _trouble("the mechanism has a power dip just before the command"),
    Kind.POWER_DIP_AFTER: _trouble("executed, a power dip comes before the answer"),
    Kind.CUTTER: _trouble("the cutter jams just before the command"),
    Kind.CUTTER_AFTER: _trouble("executed, the cutter jams before the answer"),
    Kind.DIE_BEFORE: About("the process dies instead of executing"),
    Kind.DIE_AFTER: About("executed, the process dies before the answer"),
    Kind.REBOOT: About("the device loses power instead of executing", _AWAY, draw=_seconds(1)),
    Kind.REBOOT_AFTER: About(
        "executed, the device loses power before the answer", _AWAY, draw=_seconds(1)
    ),
    Kind.RAM_RESET: About("as reboot, and its RAM is lost", _AWAY),
    Kind.RAM_RESET_AFTER: About("as reboot-after, and its RAM is lost", _AWAY),
    Kind.CLOCK: About(
        "the clock jumps just before the command", "SECONDS", needs=True, draw=_hours
    ),
    Kind.OWN_REPORT: About("a daily report of its own comes just before the command", draw=_none),
    Kind.HOLD: About(
        "the other interface holds the transaction just before the command",
        "SECONDS (0: until it is let go by hand)",
        draw=_seconds(2),
    ),
    Kind.KEY: About(
        "not executed before somebody presses ok at the device; cancel gives it up",
        "SECONDS until ok is pressed (0: by hand)",
    ),
}
LINE_KINDS = frozenset(kind for kind, about in KINDS.items() if about.is_of_line)


def listed(kinds: frozenset[Kind] = frozenset(KINDS)) -> str:
    """Kinds for people, one a line."""
    lines = [
        f"  {kind.value:<17}{about.does}" + (f"; VALUE: {about.value}" if about.value else "")
        for kind, about in KINDS.items()
        if kind in kinds
    ]
    return "\n".join(lines)
