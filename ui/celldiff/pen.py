"""Shortest ways of a terminal's pen: from look to look, from cell to cell. Pure; VT100 and later.

A look is the numbers of an SGR sequence, ``"1;37;44"``; ``""`` is the terminal's own.
"""

from __future__ import annotations

from functools import lru_cache

PLAIN = ""
ERASE_LINE = "\x1b[K"
_UNDERLINE, _REVERSE = "4", "7"


@lru_cache
def ground(look: str) -> str:
    """What of a look can be seen where there is no character."""
    return ";".join(code for code in look.split(";") if _is_ground(code))


@lru_cache
def turn(old: str | None, new: str) -> str:
    """The shortest sequence from one look to another; None is a look that nobody knows."""
    if old == new:
        return ""
    anew = f"\x1b[;{new}m" if new else "\x1b[m"
    if old is None:
        return anew
    before, after = _codes(old), _codes(new)
    replaced = {_kind(code) for code in after}
    if any(_kind(code) not in replaced for code in before - after):
        return anew
    more = f"\x1b[{';'.join(sorted(after - before))}m"
    return min(more, anew, key=len)


def jump(y: int, x: int) -> str:
    """To a cell from anywhere."""
    row, column = str(y + 1) if y else "", f";{x + 1}" if x else ""
    return f"\x1b[{row}{column}H"


def sideways(steps: int) -> str:
    """Along a row; to the left when negative."""
    if steps < 0:
        return min("\b" * -steps, f"\x1b[{-steps}D", key=len)
    return f"\x1b[{steps}C" if steps > 1 else "\x1b[C" * steps


def updown(steps: int) -> str:
    """Along a column; up when negative. Never beyond the edge, where it would scroll."""
    if steps < 0:
        return min("\x1bM" * -steps, f"\x1b[{-steps}A", key=len)
    return min("\n" * steps, f"\x1b[{steps}B", key=len)


def _codes(look: str) -> set[str]:
    return set(look.split(";")) - {""}


def _kind(code: str) -> str:
    """Colours take each other's place, the rest stands for itself."""
    return code if len(code) == 1 else code[0] + "x"


def _is_ground(code: str) -> bool:
    return code in {_UNDERLINE, _REVERSE} or (len(code) > 1 and code[0] == "4")
