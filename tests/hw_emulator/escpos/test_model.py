from __future__ import annotations

import pytest

from hw_emulator.escpos.intake import Flow
from hw_emulator.escpos.model import MODEL, start_escpos, words
from hw_emulator.options import parser, place_of
from hw_emulator.words import carry_out, dictionary


def test_options_reach_the_device_and_hands_its_sensors():
    arguments = parser().parse_args(["escpos", "--columns", "32"])
    running = MODEL.start(arguments, place_of(arguments, lambda: None))
    assert running.device.columns == 32
    known = dictionary(words(running))
    for request in ({"do": "cover", "open": True}, {"do": "paper", "out": True}):
        assert carry_out(known, request) == {"ok": True}
    assert (running.device.cover_open, running.device.paper_out) == (True, True)
    running.stop()


@pytest.fixture
def running():
    one = start_escpos()
    yield one
    one.stop()


def test_every_option_reaches_the_device():
    options = ["--trouble", "paper-out:5", "--code-pages", "zjiang", "--flow", "xonxoff"]
    options += ["--buffer", "300", "--lines-per-s", "50"]
    arguments = parser().parse_args(["escpos", *options])
    running = MODEL.start(arguments, place_of(arguments, lambda: None))
    device = running.device
    running.stop()
    assert (device.family, device.flow, device.buffer_bytes) == ("zjiang", Flow.XONXOFF, 300)
    assert device.lines_per_s == 50
    assert [one.left for one in device.troubles.waiting] == [5]


@pytest.mark.parametrize("wrong", [["--trouble", "nonsense:1"], ["--trouble", "paper-out"]])
def test_a_trouble_that_is_none_is_said(wrong):
    arguments = parser().parse_args(["escpos", *wrong])
    with pytest.raises(ValueError, match=r"nonsense|trouble"):
        MODEL.start(arguments, place_of(arguments, lambda: None))


def test_a_hand_on_each_sensor_and_on_the_drawer(running):
    known = dictionary(words(running))
    assert carry_out(known, {"do": "sensor", "name": "cutter_failed", "on": True}) == {"ok": True}
    assert running.device.sensors.cutter_failed
    assert not carry_out(known, {"do": "sensor", "name": "nose", "on": True})["ok"]
    assert carry_out(known, {"do": "trouble", "spec": "cover:9"}) == {"ok": True}
    assert not carry_out(known, {"do": "trouble", "spec": "x"})["ok"]
    running.device.set_sensors(cutter_failed=False)
    running.device.connect(lambda _: None, 1)(b"\x1bp\x00\x19\x19")
    pulses = [{"pin": 2, "on_ms": 50, "off_ms": 50}]
    assert carry_out(known, {"do": "drawer"}) == {"ok": True, "pulses": pulses}


def test_without_power_everything_that_waits_is_gone(running):
    feed = running.device.connect(lambda _: None, 1)
    running.device.set_sensors(paper_out=True)
    feed(b"lost\n")
    running.power_off()
    running.power_on()
    running.device.set_sensors(paper_out=False)
    feed(b"there\n")
    assert running.paper.text == "there\n"
