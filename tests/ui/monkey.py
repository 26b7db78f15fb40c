"""A monkey at the counter: seeded, mostly sensible, never tired. It only makes moves.

It logs in when nobody is, sells, pays, walks the menu entry by entry, and between all that hits
whatever is there: scans, noise of a scanner, pastes, windows of another size, keys of no meaning.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.key_names import KEY_NAMES
from ui.menu import MENU, SERVICE

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a till in the rig knows: identifier, any PIN; codes that sell, two of them by weight.
LOG_IN = ("3", "enter", "1", "1", "1", "1", "enter")
CODES = (*"123456789", "10", "11", "12")
FINGER_S, SCANNER_S = 0.2, 0.002
SIZES = ((80, 25), (132, 43), (240, 67), (40, 12), (80, 24), (12, 4), (1, 1))
NOISE = ("ctrl+c", "ctrl+z", "ctrl+q", "ctrl+l", "ctrl+right_square_bracket", "f13", "insert")
KEYS = sorted(KEY_NAMES)
SIGNS = "0123456789abcłż -"


@dataclass(frozen=True, slots=True)
class Press:
    """A key, ``gap_s`` after the one before."""

    key: str
    gap_s: float = FINGER_S

    @property
    def character(self) -> str | None:
        return self.key if len(self.key) == 1 else None


@dataclass(frozen=True, slots=True)
class Paste:
    """Something out of a clipboard."""

    text: str


@dataclass(frozen=True, slots=True)
class Resize:
    """The window has another size."""

    width: int
    height: int


Move = Press | Paste | Resize


class Monkey:
    """``seed`` repeats it; ``moves`` never ends."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        paths = [("f10", choice.path) for choice in MENU if choice.verb]
        paths += [("f12", choice.path) for choice in SERVICE if choice.verb]
        self._dice.shuffle(paths)
        self._paths = itertools.cycle(paths)

    @property
    def is_patient(self) -> bool:
        """Whether it waits this time for what it has begun."""
        return self._dice.random() < 0.7

    def moves(self, *, is_logged_in: bool) -> list[Move]:
        """The next few moves, which belong together."""
        if not is_logged_in and self._dice.random() < 0.8:
            return [Press("escape"), *map(Press, LOG_IN)]
        what = self._dice.choices(
            (self._sell, self._pay, self._walk, self._hit, self._scan, self._window),
            (30, 15, 20, 25, 8, 2),
        )[0]
        return list(what())

    def _sell(self) -> Iterator[Move]:
        times = self._dice.choice(("", "", "", "2*", "1,5*", "0*"))
        for sign in (*times, *self._dice.choice(CODES)):
            yield Press("asterisk" if sign == "*" else "comma" if sign == "," else sign)
        yield Press("enter")

    def _pay(self) -> Iterator[Move]:
        yield Press("enter")
        if self._dice.random() < 0.3:
            yield Press("asterisk")
        yield from map(Press, self._dice.choice(("", "", "5", "5000", "9999999")))
        yield Press("enter")

    def _walk(self) -> Iterator[Move]:
        """A menu entry, whatever its page makes of a few keys, and the way out."""
        menu, path = next(self._paths)
        yield from map(Press, ("escape", "escape", "escape", "escape", menu, *path))
        for _ in range(self._dice.randrange(6)):
            yield Press(self._dice.choice(("enter", "down", "up", "number_sign", "f5", "1", "n")))
        yield from map(Press, ("escape", "escape", "escape"))

    def _hit(self) -> Iterator[Move]:
        for _ in range(self._dice.randrange(1, 6)):
            keys = self._dice.choice((KEYS, SIGNS, SIGNS, NOISE))
            yield Press(self._dice.choice(keys))

    def _scan(self) -> Iterator[Move]:
        """A code, or what a scanner makes of a torn one: as fast as it is."""
        code = self._dice.choice(("5901234123457", "2800003012345", "59", "x" * 80, "\x1d0159"))
        first, *rest = (Press(sign, SCANNER_S) for sign in code)
        yield Press(first.key)
        yield from rest
        for end in self._dice.choice((("enter",), ("tab",), ("enter", "ctrl+j"), (), ("f11",))):
            yield Press(end, SCANNER_S)

    def _window(self) -> Iterator[Move]:
        yield Resize(*self._dice.choice(SIZES))
        yield Paste(self._dice.choice(("5901234123457\n", "1\n" * 9, "")))
