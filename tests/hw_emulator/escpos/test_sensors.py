from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.status import read_report, read_status
from hw_emulator.escpos.sensors import Sensors

ANY = st.builds(Sensors, **{field.name: st.booleans() for field in fields(Sensors)})


@pytest.mark.parametrize(
    ("sensors", "answers", "report"),
    [
        (Sensors(), b"\x16\x12\x12\x12", b"\x14\x00\x00\x0f"),
        (Sensors(paper_out=True), b"\x1e\x32\x12\x7e", b"\x1c\x00\x0f\x0f"),
        (Sensors(paper_low=True), b"\x16\x12\x12\x1e", b"\x14\x00\x03\x0f"),
        (Sensors(cover_open=True), b"\x1e\x16\x12\x12", b"\x3c\x00\x00\x0f"),
        (Sensors(drawer_open=True), b"\x12\x12\x12\x12", b"\x10\x00\x00\x0f"),
        (Sensors(cutter_failed=True), b"\x1e\x52\x1a\x12", b"\x1c\x08\x00\x0f"),
        (Sensors(broken=True), b"\x1e\x52\x32\x12", b"\x1c\x20\x00\x0f"),
        (Sensors(overheated=True), b"\x1e\x52\x52\x12", b"\x1c\x40\x00\x0f"),
        (Sensors(feeding=True), b"\x5e\x1a\x12\x12", b"\x5c\x00\x00\x0f"),
        (Sensors(paper_low=True, stops_when_low=True), b"\x1e\x32\x12\x1e", b"\x1c\x00\x03\x0f"),
    ],
)
def test_each_sensor_in_each_way_of_saying_so(sensors, answers, report):
    assert b"".join(sensors.answer(kind) for kind in (1, 2, 3, 4)) == answers
    assert sensors.report() == report


def test_what_is_no_question():
    assert Sensors().answer(5) == b""


@given(ANY)
def test_the_fixed_bits_are_right(sensors):
    for kind in (1, 2, 3, 4):
        assert sensors.answer(kind)[0] & 0x93 == 0x12
    first, *rest = sensors.report()
    assert first & 0x93 == 0x10
    assert not any(byte & 0x90 for byte in [*rest, *sensors.paper(), *sensors.drawer()])


@given(ANY)
def test_both_ways_say_the_same(sensors):
    """Read by the driver, which has its own tables."""
    asked = read_status(*(sensors.answer(kind)[0] for kind in (1, 2, 3, 4)))
    assert read_report(sensors.report()) == asked
    assert asked.is_online is sensors.is_ready
    assert bool(asked.obstacle) is not sensors.is_ready


@given(ANY, ANY, st.integers(0, 15))
def test_no_change_is_no_difference(before, after, mask):
    assert not before.differs(before, mask)
    assert not after.differs(before, 0)
    if before.report() == after.report():
        assert not after.differs(before, mask)
    else:
        assert after.differs(before, 15)


def test_none_leaves_a_sensor_as_it_is():
    assert Sensors(paper_low=True).changed(paper_low=None, cover_open=True) == Sensors(
        paper_low=True, cover_open=True
    )
