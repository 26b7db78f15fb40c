"""Free text on the keys of a phone: 2 2 is "b". Pure, and without a clock.

The same key again turns the last letter into the next one of its group; ``#`` or another key ends
that. A key is never slow or quick: hurried and hesitating fingers write the same. Who has letters
on the keyboard types them, and then digits are digits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

# A digit stands last in its own group, so that it can be written without leaving the letters.
GROUPS = {
    "1": ".-/'&@1",
    "2": "abcąć2",
    "3": "defę3",
    "4": "ghi4",
    "5": "jklł5",
    "6": "mnońó6",
    "7": "pqrsś7",
    "8": "tuv8",
    "9": "wxyzźż9",
    "0": " 0",
}


class Case(StrEnum):
    """What the next letter is; ``*`` goes round."""

    FIRST = "Abc"
    LOWER = "abc"
    UPPER = "ABC"
    DIGITS = "123"


_CASES = tuple(Case)


@dataclass(frozen=True, slots=True)
class Tapped:
    """The text so far; ``key`` is the one whose letter may still turn, empty when none may."""

    text: str = ""
    key: str = ""
    case: Case = Case.FIRST


def tap(tapped: Tapped, key: str, length_max: int) -> Tapped:
    """The text after one digit or letter."""
    if key not in GROUPS or tapped.case is Case.DIGITS:
        case = tapped.case if key in GROUPS or not key.isalpha() else Case.DIGITS
        return Tapped((tapped.text + key)[:length_max], "", case)
    group = GROUPS[key]
    if key == tapped.key:
        head, last = tapped.text[:-1], tapped.text[-1]
        place = (group.index(last.lower()) + 1) % len(group)
        return replace(tapped, text=head + _cased(group[place], head, tapped.case))
    if len(tapped.text) >= length_max:
        return replace(tapped, key="")
    letter = _cased(group[0], tapped.text, tapped.case)
    return Tapped(tapped.text + letter, key, tapped.case)


def next_letter(tapped: Tapped) -> Tapped:
    """``#``: the last letter stays as it is."""
    return replace(tapped, key="")


def next_case(tapped: Tapped) -> Tapped:
    """``*``: capitals of words, small letters, capitals, digits."""
    place = (_CASES.index(tapped.case) + 1) % len(_CASES)
    return Tapped(tapped.text, "", _CASES[place])


def _cased(letter: str, before: str, case: Case) -> str:
    is_first = not before or before.endswith(" ")
    is_big = case is Case.UPPER or (case is Case.FIRST and is_first)
    return letter.upper() if is_big else letter
