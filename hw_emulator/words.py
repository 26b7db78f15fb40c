"""What can be told to a running device from outside: words with typed details. No I/O.

    Word("clock", "let the clock jump", jump, (Detail("jump_s", int, "seconds, may be negative"),))

A device offers a list of them; ``carry_out`` checks a request, calls the word and answers. What
makes no sense is answered with what is wrong and what would be right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Request: TypeAlias = dict[str, Any]
Words: TypeAlias = "Mapping[str, Word]"

NEEDED: Final = object()
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


class Nonsense(Exception):
    """A request that cannot be carried out; the text says why and what would be right."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail of a word: a JSON value of ``kind``, needed unless it has a ``default``.

    ``one_of`` lists the only texts that are allowed.
    """

    name: str
    kind: type
    about: str
    default: object = NEEDED
    one_of: tuple[str, ...] = ()

    def read(self, word: str, request: Request) -> object:
        """Value of this detail in ``request``; raises Nonsense."""
        value = request.get(self.name, self.default)
        if value is NEEDED:
            msg = f'{word}: "{self.name}" is missing ({self.told()})'
            raise Nonsense(msg)
        if self.name not in request:
            return value
        if self.kind is float and type(value) in {int, float}:
            value = float(value) if math.isfinite(value) else None
        # bool is an int for Python, but 1 is not a truth for whoever writes JSON.
        if type(value) is not self.kind or (self.one_of and value not in self.one_of):
            msg = f'{word}: "{self.name}" is {value!r} and should be {self.told()}'
            raise Nonsense(msg)
        return value

    def told(self) -> str:
        """What may stand here."""
        return f"{' | '.join(self.one_of) or _KINDS[self.kind]}: {self.about}"


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that can be done: ``do`` gets the details by name and may give an answer.

    It may raise ValueError or OSError with a text for whoever asked.
    """

    name: str
    about: str
    do: Callable[..., Request | None]
    takes: tuple[Detail, ...] = ()

    def told(self) -> Request:
        """This word for ``help``."""
        details = {
            detail.name: detail.told()
            + ("" if detail.default is NEEDED else f" (or else {detail.default!r})")
            for detail in self.takes
        }
        return {"does": self.about, "takes": details}


def dictionary(words: Iterable[Word]) -> Words:
    """Words by name, with ``help``; a later one replaces an earlier one of the same name."""
    known = {word.name: word for word in words}

    def tell(word: str) -> Request:
        if word and word not in known:
            raise Nonsense(_unknown(word, known))
        chosen = [known[word]] if word else known.values()
        return {"words": {each.name: each.told() for each in chosen}}

    one = Detail("word", str, "only this word", default="")
    known["help"] = Word("help", "list the words and what they take", tell, (one,))
    return known


def _unknown(word: object, words: Words) -> str:
    return f"no word {word!r}; there are {', '.join(sorted(words))}"


def carry_out(words: Words, request: object) -> Request:
    """Carry out one request; never raises for what the request holds, an error is an answer."""
    try:
        word, details = _read(words, request)
        return {"ok": True, **(word.do(**details) or {})}
    except (Nonsense, OSError, ValueError, OverflowError) as error:
        return {"ok": False, "error": str(error) or type(error).__name__}


def _read(words: Words, request: object) -> tuple[Word, Request]:
    if not isinstance(request, dict):
        msg = 'a request is a JSON object, as {"do": "help"}'
        raise Nonsense(msg)
    name = request.get("do")
    if not isinstance(name, str) or name not in words:
        raise Nonsense(_unknown(name, words))
    word = words[name]
    if strange := request.keys() - {"do"} - {detail.name for detail in word.takes}:
        takes = ", ".join(detail.name for detail in word.takes) or "no details"
        msg = f"{name} takes {takes}; not {', '.join(sorted(strange))}"
        raise Nonsense(msg)
    return word, {detail.name: detail.read(name, request) for detail in word.takes}
