from __future__ import annotations

import pytest

from hw_emulator.fault_kinds import LINE_KINDS, Kind
from hw_emulator.fault_rules import Fault, read_chaos, read_rule


@pytest.mark.parametrize(
    ("spec", "parts"),
    [
        ("lose", (Kind.LOSE, "*", 1, 0)),
        ("lose:trend", (Kind.LOSE, "trend", 1, 0)),
        ("die-after:trline:2", (Kind.DIE_AFTER, "trline", 2, 0)),
        ("cut:*:3:7", (Kind.CUT, "*", 3, 7)),
        ("cut:trend:1", (Kind.CUT, "trend", 1, 0)),
        ("late:trend:1:0.5", (Kind.LATE, "trend", 1, 0.5)),
        ("noise::2:3", (Kind.NOISE, "*", 2, 3)),
        ("clock:trinit:1:-3600", (Kind.CLOCK, "trinit", 1, -3600)),
    ],
)
def test_specs(spec, parts):
    rule = read_rule(spec)
    assert (rule.kind, rule.command, rule.countdown, rule.value) == parts


def test_a_span_follows_the_value():
    rule = read_rule("dead:scnt:1:5/30")
    assert (rule.value, rule.seconds, rule.is_open) == (5, 30, False)
    rule = read_rule("dead:scnt:1:/3")
    assert (rule.seconds, rule.is_open) == (3, True)


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("", "no kind ''; there are drop"),
        ("eat:trend:1", "no kind 'eat'"),
        ("lose:trend:x", "'x' is no count"),
        ("lose:trend:0", "strikes never"),
        ("lose:trend:-1", "strikes never"),
        ("late:trend:1", r"needs a value \(SECONDS\): late:trend:1:VALUE"),
        ("refuse", "refuse:\\*:1:VALUE"),
        ("lose:a:1:2", "takes no value"),
        ("lose:a:1:2:3", "is not kind:command:n:value"),
        ("cut:a:1:two", "'two' is no number"),
        ("dead:a:1:2/soon", "no number"),
        ("slow:a:1:-1", "is not from 0 to"),
        ("slow:a:1:nan", "is not from 0 to"),
        ("clock:a:1:-inf", "is not from -1000000000 to"),
        ("late:a:1:1e300", "is not from 0 to"),
        ("dead:a:1:1/-3", "is not from 0 to"),
    ],
)
def test_specs_that_are_none(spec, says):
    with pytest.raises(ValueError, match=says):
        read_rule(spec)


def test_chaos_in_words():
    assert read_chaos("late=0.05,swap=0.1") == {Kind.LATE: 0.05, Kind.SWAP: 0.1}
    assert read_chaos("") == {}
    spread = read_chaos("any=0.4,lose=0.1", LINE_KINDS)
    assert sum(spread.values()) == pytest.approx(0.5)
    assert set(spread) == LINE_KINDS - {Kind.SLOW_LINE}


@pytest.mark.parametrize("text", ["late", "late=x", "eat=1", "=1"])
def test_chaos_that_is_none(text):
    with pytest.raises(ValueError, match="is not KIND=SHARE; kinds are any, drop"):
        read_chaos(text)


@pytest.mark.parametrize(("value", "size", "byte"), [(3, 10, 3), (0, 10, 0), (99, 10, 10)])
def test_a_byte_that_was_told(value, size, byte):
    assert Fault(Kind.CUT, value).byte(size) == byte


def test_a_byte_by_luck_is_any_of_them_and_kept():
    bytes_ = {Fault(Kind.CUT, luck=luck / 100, is_open=True).byte(10) for luck in range(100)}
    assert bytes_ == set(range(11))
    fault = Fault(Kind.CUT, luck=0.5, is_open=True)
    assert fault.byte(10) == fault.value == fault.byte(10)


def test_bits():
    assert Fault(Kind.GARBLE, 12.3).bit(20) == (12, 3)
    assert Fault(Kind.GARBLE, 5).bit(20) == (5, 0)
    assert Fault(Kind.GARBLE, 50.7).bit(20) == (19, 7)
    lucky = [Fault(Kind.GARBLE, luck=luck / 160, is_open=True).bit(20) for luck in range(160)]
    assert set(lucky) == {(byte, bit) for byte in range(20) for bit in range(8)}
    for luck in (0.31, 0.99, 0.0):
        fault = Fault(Kind.GARBLE, luck=luck, is_open=True)
        assert fault.bit(20) == fault.bit(20)
