from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.console.letters import Mistyped, Reading, read, written


@given(st.binary(max_size=600))
def test_what_is_written_is_read(data):
    lines = written(data)
    assert read("\n".join(lines)) == data
    assert all(len(line) <= 47 for line in lines)


def test_lower_case_spaces_and_lookalikes_are_understood():
    data = bytes(range(60))
    text = "\n".join(written(data)).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read(text) == data


def test_a_mistyped_line_is_named():
    first, second, third = written(bytes(range(60)))
    wrong = ("A" if second[0] != "A" else "B") + second[1:]
    with pytest.raises(Mistyped) as caught:
        read(f"{first}\n{wrong}\n{third}")
    assert caught.value.number == 2


def test_lines_in_another_order_or_without_the_last_are_no_answer():
    first, second, third = written(bytes(range(60)))
    for lines in ((second, first, third), (first, second), (first, third), ()):
        with pytest.raises(Mistyped):
            read("\n".join(lines))


def test_a_line_may_be_typed_again():
    first, second, _third = written(bytes(range(60)))
    reading = Reading()
    reading.take(first)
    with pytest.raises(Mistyped):
        reading.take(first)
    reading.take(second)
    assert reading.number == 3
    assert not reading.is_whole


@given(st.text(max_size=300))
def test_anything_else_is_mistyped_and_nothing_worse(text):
    with suppress(Mistyped):
        assert written(read(text))
