from __future__ import annotations

import pytest

from drivers.errors import Refused, Unreachable
from drivers.posnet.frame import Frame, Malformed, encode
from drivers.posnet.steps import Heard, Send, Wait, ask_now
from drivers.posnet.watch import Timings

TIMINGS = Timings(poll_s=1)


def until_it_ends(dialogue) -> None:
    step = next(dialogue)
    while True:
        step = dialogue.send(Heard(None, step.seconds if isinstance(step, Wait) else 0))


def run(dialogue, *heard: Heard):
    """Tell ``heard`` one by one, then silence; give what was sent and the result."""
    told, sent = list(heard), []
    try:
        step = next(dialogue)
        while True:
            if isinstance(step, Send):
                sent.append(step.data)
                step = dialogue.send(Heard())
            else:
                assert isinstance(step, Wait)
                step = dialogue.send(told.pop(0) if told else Heard(None, step.seconds))
    except StopIteration as end:
        return sent, end.value
    except Unreachable:
        return sent, None


def test_answers_are_taken_in_any_order_and_noise_is_left():
    sdev, sprn = Frame("sdev", (("ds", "0"),)), Frame("sprn", (("pr", "5"),))
    noise = [Heard(Malformed(5)), Heard(Frame("trline", token="0001")), Heard(None, 0.1)]
    sent, found = run(ask_now(("sprn", "sdev"), TIMINGS), *noise, Heard(sdev), Heard(sprn))
    assert found == {"sprn": sprn, "sdev": sdev}
    assert sent == [encode(Frame(name, immediate=True)) for name in ("sprn", "sdev")]


def test_three_times_and_no_more():
    sent, found = run(ask_now(("sdrwr",), TIMINGS))
    assert (len(sent), found) == (3, None)


@pytest.mark.parametrize(
    "answer",
    [Frame("sdrwr", error=12), Frame("ERR", (("cm", "sdrwr"),), error=1)],
)
def test_a_printer_that_does_not_know_the_question_says_so(answer):
    with pytest.raises(Refused, match="sdrwr"):
        run(ask_now(("sdrwr",), TIMINGS), Heard(answer, 0.1))


def test_a_spoilt_question_is_asked_again():
    spoilt, sdrwr = Frame("ERR", error=5), Frame("sdrwr", (("ds", "1"),))
    about_another = Frame("ERR", (("cm", "trline"),), error=1)
    sent, found = run(
        ask_now(("sdrwr",), TIMINGS), Heard(spoilt, 0.5), Heard(about_another, 0.6), Heard(sdrwr)
    )
    assert (len(sent), found) == (2, {"sdrwr": sdrwr})


def test_silence_is_told_by_name():
    with pytest.raises(Unreachable, match="sdrwr"):
        until_it_ends(ask_now(("sdrwr",), TIMINGS))
