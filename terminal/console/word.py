"""One word of the console, and how a line is held against the table of them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from terminal.console.bench import Bench
    from terminal.console.told import Told
    from terminal.sync.wire import Scope

_SHOWN_MAX = 40
_COUNT = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Word:
    """``name`` may be two words. ``takes`` are those it may be followed by, once each.

    ``count_max`` lets a number up to that follow. ``reads`` may be said while a receipt is open,
    ``is_live`` needs a running till. ``help`` is a message id.
    """

    name: str
    scope: Scope
    reads: bool
    is_live: bool
    help: str
    do: Callable[[Bench, tuple[str, ...]], Told]
    takes: tuple[str, ...] = ()
    count_max: int = 0

    @property
    def usage(self) -> str:
        """As it is typed."""
        count = "[N]" if self.count_max else ""
        return " ".join(
            filter(None, (self.name, f"[{'|'.join(self.takes)}]" * bool(self.takes), count))
        )

    def let(self, args: Sequence[str]) -> bool:
        """Whether these may follow it."""
        counts = [arg for arg in args if _COUNT.fullmatch(arg)]
        others = [arg for arg in args if arg not in counts]
        return (
            len(counts) <= (1 if self.count_max else 0)
            and all(0 < int(count) <= self.count_max for count in counts)
            and len(set(others)) == len(others)
            and set(others) <= set(self.takes)
        )


def found(words: Sequence[str], table: Iterable[Word]) -> tuple[Word, tuple[str, ...]]:
    """The word that a line begins with, the longest that fits, and what follows it.

    Raises E-180 for what is not in the table; of what was typed only a printable piece is said.
    """
    names = {word.name: word for word in table}
    for length in (2, 1):
        word = names.get(" ".join(words[:length])) if len(words) >= length else None
        if word is not None and word.let(words[length:]):
            return word, tuple(words[length:])
    line = "".join(sign for sign in " ".join(words) if sign.isprintable())
    raise Rejected(Code.NO_WORD, line=line[:_SHOWN_MAX])


def completions(line: str, table: Iterable[Word]) -> list[str]:
    """What the last, unfinished word of ``line`` may become."""
    *done, begun = line.lower().split(" ")
    typed = [part for part in done if part]
    return sorted(
        {option for word in table for option in _next(word, typed) if option.startswith(begun)}
    )


def _next(word: Word, typed: list[str]) -> Iterable[str]:
    names = word.name.split()
    if typed[: len(names)] == names:
        return set(word.takes) - set(typed[len(names) :])
    if names[: len(typed)] == typed:
        return names[len(typed) : len(typed) + 1]
    return ()
