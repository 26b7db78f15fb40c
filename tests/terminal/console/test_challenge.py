from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.console.challenge import Challenge, unpacked
from terminal.console.letters import written
from terminal.sync.wire import Scope

CHALLENGE = Challenge("KASA1", 7, b"12345678", frozenset({Scope.LOOK, Scope.SERVICE}))


def test_what_is_packed_is_unpacked_and_fits_one_line():
    assert unpacked(CHALLENGE.packed()) == CHALLENGE
    assert len(written(CHALLENGE.packed())) == 1


def test_each_part_is_in_the_bytes_that_are_signed():
    others = (
        Challenge("KASA2", 7, b"12345678", CHALLENGE.scopes),
        Challenge("KASA1", 8, b"12345678", CHALLENGE.scopes),
        Challenge("KASA1", 7, b"12345679", CHALLENGE.scopes),
        Challenge("KASA1", 7, b"12345678", frozenset({Scope.LOOK})),
    )
    packed = {other.packed() for other in others}
    assert len(packed) == 4
    assert CHALLENGE.packed() not in packed


@given(st.binary(max_size=100))
def test_other_bytes_are_refused_with_a_value_error(data):
    try:
        found = unpacked(data)
    except ValueError:
        return
    assert found.packed() == data


def test_a_later_form_and_no_scope_are_refused():
    packed = bytearray(CHALLENGE.packed())
    for place, value in ((0, 2), (1, 0), (1, 0x40)):
        wrong = bytearray(packed)
        wrong[place] = value
        with pytest.raises(ValueError, match="challenge"):
            unpacked(bytes(wrong))
