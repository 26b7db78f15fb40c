from __future__ import annotations

import pytest

from hw_emulator.fault_kinds import LINE_KINDS, Kind
from hw_emulator.faults import COMMANDS_MAX, Fault, Faults, read_rule


def test_a_rule_strikes_once_and_only_its_command():
    faults = Faults()
    faults.add("lose:trend:2")
    names = ["trend", "scnt", "trend", "trend", "scnt"]
    assert [list(faults.strike(name)) for name in names] == [[], [], [Kind.LOSE], [], []]
    assert faults.rules == []


def test_any_command():
    faults = Faults([read_rule("drop:*:3")])
    assert [bool(faults.strike(name)) for name in "abcd"] == [False, False, True, False]


def test_several_faults_may_strike_one_command():
    faults = Faults([read_rule("no-paper:trend"), read_rule("late:trend:1:2")])
    assert set(faults.strike("trend")) == {Kind.NO_PAPER, Kind.LATE}


def test_a_device_has_only_the_faults_it_can_have():
    faults = Faults(allowed=LINE_KINDS)
    faults.add("lose:*:1")
    with pytest.raises(ValueError, match="this device has no no-paper; it has cut, cut-request"):
        faults.add("no-paper:*:1")
    with pytest.raises(ValueError, match="has no cover"):
        Faults([read_rule("cover:*:1")], allowed=LINE_KINDS)
    with pytest.raises(ValueError, match="has no hot"):
        faults.set_chance(1, {Kind.HOT: 0.1})


def throw(names: str, **chance) -> list[dict[Kind, Fault]]:
    faults = Faults(**chance)
    return [faults.strike(name) for name in names]


def test_the_same_seed_throws_the_same_dice():
    names = "s" * 2000
    assert throw(names, seed=7, loss=0.15) == throw(names, seed=7, loss=0.15)
    assert throw(names, seed=7, loss=0.15) != throw(names, seed=8, loss=0.15)
    assert 200 < sum(map(bool, throw(names, seed=7, loss=0.15))) < 400


def test_chance_does_not_hang_on_how_often_a_client_polls():
    bare = throw("trtrtrtr" * 50, seed=5, loss=0.3)
    faults, between = Faults(seed=5, loss=0.3), 0
    polled = []
    for index, name in enumerate("trtrtrtr" * 50):
        polled.append(faults.strike(name))
        for _ in range(index % 4):
            between += bool(faults.strike("sprn"))
    assert polled == bare
    assert between


def test_each_kind_has_its_share():
    chaos = {Kind.LATE: 0.2, Kind.SWAP: 0.1}
    struck = throw("s" * 4000, seed=1, chaos=chaos)
    counts = {kind: sum(kind in one for one in struck) for kind in Kind}
    assert counts[Kind.LATE] == pytest.approx(800, rel=0.15)
    assert counts[Kind.SWAP] == pytest.approx(400, rel=0.2)
    assert sum(counts.values()) == counts[Kind.LATE] + counts[Kind.SWAP]
    assert all(one[Kind.LATE].value > 0 for one in struck if Kind.LATE in one)


@pytest.mark.parametrize(
    ("chance", "says"),
    [
        ({"loss": 1.5}, "more than every command"),
        ({"loss": 0.6, "chaos": {Kind.SWAP: 0.5}}, "more than every command"),
        ({"chaos": {Kind.SWAP: -0.1}}, "a share is from 0 to 1"),
        ({"chaos": {Kind.DIE_AFTER: 0.1}}, "cannot be left to chance"),
    ],
)
def test_shares_that_are_none(chance, says):
    with pytest.raises(ValueError, match=says):
        Faults(**chance)


def test_every_strike_is_kept_with_the_rule_that_repeats_it():
    faults = Faults([read_rule("cut:trend:2"), read_rule("no-paper:trend:1:3")], seed=3, loss=0.2)
    for _ in range(40):
        for fault in faults.strike("trend").values():
            fault.byte(30)
    count, strikes = faults.strikes()
    assert count == len(strikes) > 4
    assert [strike.number for strike in strikes] == list(range(1, count + 1))
    assert {strike.by for strike in strikes} == {"rule", "dice"}
    repeated = Faults([read_rule(strike.spec) for strike in strikes])
    again = [repeated.strike("trend") for _ in range(40)]
    told = {(strike.nth, strike.fault.kind): strike.fault for strike in strikes}
    valued = {key: fault.value for key, fault in told.items() if key[1] in {Kind.CUT, Kind.GARBLE}}
    found = {
        (nth, kind): one for nth, struck in enumerate(again, 1) for kind, one in struck.items()
    }
    assert set(found) == set(told)
    assert {key: found[key].value for key in valued} == valued
    assert valued
    assert faults.strikes(since=count - 1)[1] == strikes[-1:]


def test_all_may_be_called_off():
    faults = Faults([read_rule("lose:trend:1")], loss=1.0)
    faults.clear()
    assert [faults.strike("trend") for _ in range(9)] == [{}] * 9


def test_a_client_that_makes_up_commands_fills_nothing():
    faults = Faults(loss=0.5)
    for number in range(COMMANDS_MAX * 3):
        faults.strike(f"made-up-{number}")
    assert len(faults._counts) <= COMMANDS_MAX
    assert len(faults.strikes()[1]) <= 10_000


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
