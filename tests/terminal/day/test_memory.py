"""When the end of the fiscal memory is said."""

from __future__ import annotations

import pytest

from terminal.day.memory import is_ending, is_urgent, memory_ends
from terminal.errors import Code


@pytest.mark.parametrize(
    ("left", "is_told", "is_said_each_day"),
    [
        (None, False, False),
        (61, False, False),
        (60, True, False),
        (11, True, False),
        (10, True, True),
        (1, True, True),
        (0, True, True),
    ],
)
def test_when_it_is_said(left: int | None, is_told: bool, is_said_each_day: bool) -> None:
    assert (is_ending(left), is_urgent(left)) == (is_told, is_said_each_day)


def test_the_number_is_in_the_sentence() -> None:
    told = memory_ends(7)
    assert (told.code, told.params) == (Code.MEMORY_ENDS, {"count": 7})
