from __future__ import annotations

import pytest

from hw_emulator.fault_kinds import Kind
from hw_emulator.faults import Fault
from hw_emulator.spoil import spoil_answer, spoil_request

FRAME = b"\x02scnt\trd1\t#ABCD\x03"


def struck(kind: Kind, value: float | None = None, luck: float = 0.5) -> dict[Kind, Fault]:
    return {kind: Fault(kind, value or 0, luck=luck, is_open=value is None)}


@pytest.mark.parametrize(
    ("kind", "value", "arrives"),
    [
        (Kind.LOSE, None, b""),
        (Kind.CUT, 5, FRAME[:5]),
        (Kind.CUT, 0, b""),
        (Kind.CUT, 999, FRAME),
        (Kind.DEAD, 3, FRAME[:3]),
        (Kind.UNPLUG, 3, FRAME[:3]),
        (Kind.DOUBLE, None, FRAME + FRAME),
        (Kind.SLOW, 1, FRAME),
        (Kind.DROP, None, FRAME),
    ],
)
def test_spoiled_answers(kind, value, arrives):
    assert spoil_answer(FRAME, struck(kind, value)) == arrives


@pytest.mark.parametrize(
    ("kind", "value", "arrives"),
    [
        (Kind.DROP, None, b""),
        (Kind.CUT_REQUEST, 5, FRAME[:5]),
        (Kind.DEAD_REQUEST, 0, b""),
        (Kind.UNPLUG_REQUEST, 99, FRAME),
        (Kind.LOSE, None, FRAME),
    ],
)
def test_spoiled_commands(kind, value, arrives):
    assert spoil_request(FRAME, struck(kind, value)) == arrives


@pytest.mark.parametrize("byte", range(len(FRAME)))
@pytest.mark.parametrize("bit", [0, 3, 7])
def test_any_bit_of_any_byte_in_both_directions(byte, bit):
    value = float(f"{byte}.{bit}")
    expected = bytearray(FRAME)
    expected[byte] ^= 1 << bit
    assert spoil_answer(FRAME, struck(Kind.GARBLE, value)) == expected
    assert spoil_request(FRAME, struck(Kind.GARBLE_REQUEST, value)) == expected


def test_a_bit_by_luck_is_one_bit():
    for luck in range(50):
        spoiled = spoil_answer(FRAME, struck(Kind.GARBLE, luck=luck / 50))
        differing = [a ^ b for a, b in zip(spoiled, FRAME, strict=True) if a != b]
        assert len(differing) == 1
        assert differing[0].bit_count() == 1
    assert spoil_answer(b"", struck(Kind.GARBLE)) == b""


def test_noise_has_an_end():
    assert len(spoil_answer(b"", struck(Kind.NOISE, 10**8))) == 64 * 1024


def test_noise_before_inside_and_after():
    before = spoil_answer(FRAME, struck(Kind.NOISE, 9))
    inside = spoil_answer(FRAME, struck(Kind.NOISE_IN, 4))
    after = spoil_answer(FRAME, struck(Kind.NOISE_AFTER))
    middle = len(FRAME) // 2
    assert (len(before), before[9:]) == (len(FRAME) + 9, FRAME)
    assert inside[:middle] + inside[middle + 4 :] == FRAME
    assert (after[: len(FRAME)], len(after)) == (FRAME, len(FRAME) + 8)
    assert spoil_request(FRAME, struck(Kind.NOISE_REQUEST, 3))[3:] == FRAME
    assert before == spoil_answer(FRAME, struck(Kind.NOISE, 9))
