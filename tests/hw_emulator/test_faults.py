from __future__ import annotations

import pytest

from hw_emulator.faults import Fault, Faults, Kind, read_rule


@pytest.mark.parametrize(
    ("spec", "parts"),
    [
        ("lose", (Kind.LOSE, "*", 1, 0)),
        ("lose:trend", (Kind.LOSE, "trend", 1, 0)),
        ("die-after:trline:2", (Kind.DIE_AFTER, "trline", 2, 0)),
        ("cut:*:3:7", (Kind.CUT, "*", 3, 7)),
        ("late:trend:1:0.5", (Kind.LATE, "trend", 1, 0.5)),
    ],
)
def test_specs(spec, parts):
    rule = read_rule(spec)
    assert (rule.kind, rule.command, rule.countdown, rule.value) == parts


@pytest.mark.parametrize(
    "spec", ["", "eat:trend:1", "lose:trend:x", "lose:trend:0", "cut:trend:1", "lose:a:1:2:3"]
)
def test_specs_that_are_none(spec):
    with pytest.raises(ValueError, match=r"."):
        read_rule(spec)


def test_a_rule_strikes_once_and_only_its_command():
    faults = Faults()
    faults.add("lose:trend:2")
    names = ["trend", "scnt", "trend", "trend", "scnt"]
    assert [list(faults.strike(name)) for name in names] == [[], [], [Kind.LOSE], [], []]
    assert faults.rules == []


def test_any_command():
    faults = Faults([read_rule("drop:*:3")])
    assert [bool(faults.strike(name)) for name in "abcd"] == [False, False, True, False]


def test_the_same_seed_throws_the_same_dice():
    def throw(seed: int) -> list[dict[Kind, Fault]]:
        faults = Faults(seed=seed, loss=0.15)
        return [faults.strike("scnt") for _ in range(2000)]

    assert throw(7) == throw(7) != throw(8)
    assert 200 < sum(map(bool, throw(7))) < 400


ANSWER = b"\x02scnt\trd1\t#ABCD\x03"


@pytest.mark.parametrize(
    ("kind", "value", "arrives"),
    [
        (Kind.LOSE, 0, b""),
        (Kind.CUT, 5, ANSWER[:5]),
        (Kind.CUT, 0, b""),
        (Kind.DOUBLE, 0, ANSWER + ANSWER),
        (Kind.SLOW, 1, ANSWER),
    ],
)
def test_spoiled_answers(kind, value, arrives):
    assert Faults().spoil(ANSWER, {kind: Fault(kind, value)}) == arrives


def test_one_byte_is_garbled():
    spoiled = Faults(seed=3).spoil(ANSWER, {Kind.GARBLE: Fault(Kind.GARBLE)})
    assert len(spoiled) == len(ANSWER)
    assert sum(a != b for a, b in zip(spoiled, ANSWER, strict=True)) == 1


def test_noise_comes_first():
    spoiled = Faults(seed=3).spoil(ANSWER, {Kind.NOISE: Fault(Kind.NOISE, 9)})
    assert len(spoiled) == len(ANSWER) + 9
    assert spoiled.endswith(ANSWER)
