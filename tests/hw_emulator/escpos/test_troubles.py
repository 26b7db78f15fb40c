from __future__ import annotations

import pytest

from hw_emulator.escpos.troubles import Kind, Trouble, Troubles, read_trouble


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("paper-out:700", Trouble(Kind.PAPER_OUT, 700)),
        ("power:0:2.5", Trouble(Kind.POWER, 0, "2.5")),
        ("stale:3:12ff", Trouble(Kind.STALE, 3, "12ff")),
        ("silent:0", Trouble(Kind.SILENT, 0)),
    ],
)
def test_specs(spec, expected):
    assert read_trouble(spec) == expected


@pytest.mark.parametrize(
    "spec",
    [
        *("", "paper-out", "nonsense:1", "paper-out:x", "paper-out:-1", "late:0:x", "late:0:-1"),
        *("stale:0", "stale:0:zz", "paper-out:1:2:3", "stale:0:" + "00" * 65),
    ],
)
def test_what_is_no_trouble(spec):
    with pytest.raises(ValueError, match=r".*"):
        read_trouble(spec)


def test_a_trouble_strikes_before_the_byte_that_would_pass_it():
    troubles = Troubles()
    troubles.add("paper-out:10")
    assert troubles.before(10) == []
    troubles.passed(8)
    assert troubles.before(2) == []
    assert troubles.before(3) == [Trouble(Kind.PAPER_OUT, 2)]
    assert troubles.before(3) == []


def test_answers_are_counted_apart():
    troubles = Troubles()
    troubles.add("silent:1:2")
    troubles.passed(100)
    assert [troubles.answered(b"a")[0] for _ in range(4)] == [b"a", b"", b"", b"a"]
    troubles.add("late:0:0.5")
    troubles.add("stale:0:41")
    assert troubles.answered(b"a") == (b"Aa", 0.5)
    assert troubles.answered(b"a") == (b"a", 0.0)
    assert troubles.waiting == []
