from __future__ import annotations

import json

from hw_emulator.posnet.device import Mechanism
from hw_emulator.posnet.words import words
from hw_emulator.words import carry_out, dictionary


def test_a_hand_on_the_sensors(serve):
    printer = serve()
    known = dictionary(words(printer))

    def do(word: str, **details):
        answer = carry_out(known, {"do": word, **details})
        assert answer["ok"], answer
        return answer

    do("paper", out=True)
    assert printer.device.mechanism is Mechanism.NO_PAPER
    do("mechanism", state="OVERHEATED")
    assert printer.device.mechanism is Mechanism.OVERHEATED
    do("cover", open=False)
    assert printer.device.mechanism is Mechanism.OK
    do("drawer", open=True)
    do("paper-low", low=True)
    assert printer.device.drawer_open
    assert printer.device.paper_low
    assert json.dumps(do("memory"))


def test_unknown_states_are_answered_with_the_known_ones(serve):
    answer = carry_out(dictionary(words(serve())), {"do": "mechanism", "state": "FINE"})
    assert "NO_PAPER" in answer["error"]
