from __future__ import annotations

import json

import pytest

from hw_emulator.novitus.device import Mechanism
from hw_emulator.novitus.words import words
from hw_emulator.words import carry_out, dictionary


@pytest.fixture
def printer(serve_novitus):
    return serve_novitus()


@pytest.fixture
def do(printer):
    known = dictionary(words(printer))

    def say(word: str, **details):
        answer = carry_out(known, {"do": word, **details})
        assert answer["ok"], answer
        return answer

    return say


def test_a_hand_on_the_mechanism(printer, do):
    do("paper", out=True)
    assert printer.device.mechanism is Mechanism.NO_PAPER
    do("paper", out=False)
    do("cover", open=True)
    assert printer.device.mechanism is Mechanism.COVER
    do("cover", open=False)
    assert printer.device.mechanism is Mechanism.OK


def test_a_course_of_events(printer, do, clock, call, receipt_of):
    do("clock", jump_s=3600)
    assert printer.device.clock() > clock.at
    do("fault", spec="refuse:receipt:1:1006")
    assert call(printer).carry_out("receipt", receipt_of())["status"] == "ERROR"
    assert do("queue")["queue"] == [{"kind": "receipt", "status": "ERROR"}]
    do("midnight")
    memory = do("memory")
    assert len(memory["reports"]) == 1
    assert json.dumps(memory)
