"""A shop's day as keys: reads ``shop_day.txt``, and plays it on whatever has keys and a screen.

    == Chapter
    [keys] -> words | more words            the words stand on the screen after the keys
    !office products 5 price_gr=749         somebody changes a row in the office

A token of the keys is the name of a key, digits or letters typed one by one, or ``<code>``, which
is scanned. A line that begins with blanks goes on with the words of the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCRIPT = Path(__file__).with_suffix(".txt")
NAMES = {"enter", "esc", "back", "up", "down", *(f"f{number}" for number in range(1, 13))}
_ARROW, _OFFICE = "->", "!office "
# Clock, lamps and counter of the status bar move by themselves; times are those of the day.
_TIMES = re.compile(r"\d{4}-\d\d-\d\d|\d\d:\d\d(:\d\d)?|\b\d\d-\d\d\b")


class Counter(Protocol):
    """What a till shows and takes."""

    def press(self, *keys: str) -> object: ...

    def scan(self, code: str) -> object: ...

    def until(self, *wanted: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Step:
    """Keys, and what must be on the screen after them; or a change of a row in the office."""

    line_no: int
    chapter: str
    keys: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    change: tuple[str, ...] = ()


def read(path: Path = SCRIPT) -> list[Step]:
    """The steps of the day in order."""
    return list(_steps(path.read_text(encoding="utf-8")))


def _steps(text: str) -> Iterator[Step]:
    chapter = ""
    for line_no, line in enumerate(text.splitlines(), start=1):
        if line.startswith("== "):
            chapter = line.removeprefix("== ")
        elif line.startswith(_OFFICE):
            yield Step(line_no, chapter, change=tuple(line.removeprefix(_OFFICE).split()))
        elif line:
            keys, arrow, words = line.partition(_ARROW)
            assert arrow, f"line {line_no}: no {_ARROW}"
            wanted = tuple(part.strip() for part in words.split("|"))
            yield Step(line_no, chapter, tuple(keys.split()), wanted)


def play(
    till: Counter,
    steps: list[Step],
    change: Callable[..., object],
    look: Callable[[Step, str], object],
) -> None:
    """Do the steps; ``look`` is shown the screen after each of them."""
    for step in steps:
        if step.change:
            change(*step.change)
            continue
        for key in step.keys:
            if key.startswith("<"):
                till.scan(key.strip("<>"))
            elif key in NAMES:
                till.press(key)
            else:
                till.press(*key)
        try:
            shown = till.until(*step.words)
        except AssertionError as error:
            msg = f"line {step.line_no}, {step.chapter}, {step.keys}: {error}"
            raise AssertionError(msg) from error
        look(step, shown)


def comparable(screen: str) -> str:
    """A screen without its status bar, and with the same times whenever it was seen."""
    _status, *rows = screen.splitlines()
    return "\n".join(_TIMES.sub(lambda found: "#" * len(found[0]), row.rstrip()) for row in rows)
