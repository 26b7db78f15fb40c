"""Numbers against the published table, where it lies next to the protocol's meaning."""

from __future__ import annotations

from hw_emulator.posnet.codes import BadField, Code, Refused


def test_numbers_are_unique():
    assert len({int(code) for code in Code}) == len(Code.__members__)


def test_only_numbers_to_fifteen_are_frame_errors():
    frame_errors = {code for code in Code if code <= 15}
    assert frame_errors == {1, 2, 3, 4, 6, 10, 12, 13, 14}


def test_exceptions_carry_their_numbers():
    assert Refused(Code.PRICE).code == 2006
    assert (BadField(Code.BAD_VALUE, "pr").code, BadField(2, "na").field) == (3, "na")
