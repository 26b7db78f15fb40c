from __future__ import annotations

from hw_emulator.escpos.model import MODEL, words
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
