from __future__ import annotations

import pytest

from drivers.posnet.frame import encode
from hw_emulator.faults import read_rule
from hw_emulator.tape.dialogue import outcomes, read_recording
from hw_emulator.tape.mishaps import find_mishaps
from tests.hw_emulator.tape.reel import SALE, Reel, read_frame


def mishaps(reel: Reel) -> list:
    recording = read_recording(reel.passages)
    found = find_mishaps(recording, outcomes(recording.events), recording.commands)
    for mishap in found:
        assert mishap.what
        if mishap.spec:
            read_rule(mishap.spec)
    return found


def specs(reel: Reel) -> list[str]:
    return [mishap.spec for mishap in mishaps(reel)]


@pytest.fixture
def reel() -> Reel:
    made = Reel()
    made.ours("trline@1")
    made.theirs("trline@1")
    return made


def test_a_tape_on_which_all_is_well(reel):
    reel.ours("scnt@2")
    reel.theirs("scnt@2")
    assert specs(reel) == []


def test_an_answer_was_lost(reel):
    reel.ours("trline@2")
    reel.wait(3)
    reel.ours("rpt@2")
    reel.theirs("trline@2")
    assert specs(reel) == ["lose:trline:2"]
    assert "had carried it out" in mishaps(reel)[0].what


def test_a_command_was_lost(reel):
    reel.ours("trend@2")
    reel.wait(3)
    reel.ours("rpt@2")
    reel.theirs("ERR@2|?13|cmrpt")
    assert specs(reel) == ["drop:trend:1"]


def test_a_silence_that_was_never_explained(reel):
    reel.ours("trend@2")
    reel.wait(5)
    reel.error()
    assert specs(reel) == ["unplug:trend:1:0"]
    reel.passages.pop()
    reel.close()
    assert specs(reel) == ["lose:trend:1"]
    assert "nothing shows" in mishaps(reel)[0].what


def test_what_the_tape_ends_with_is_no_silence(reel):
    reel.ours("trend@2")
    assert specs(reel) == []


def test_spoilt_answers(reel):
    reel.ours("scnt@2")
    reel.noise(encode(read_frame("scnt@2")).replace(b"cnt", b"cmt"))
    reel.ours("stot@3")
    reel.noise(b"\xff\xff")
    reel.theirs("stot@3", "stot@3")
    reel.ours("scnt@4")
    reel.noise(encode(read_frame("scnt@4"))[:6])
    reel.wait(3)
    reel.ours("stot@5")
    reel.theirs("stot@5")
    assert specs(reel) == ["garble:scnt:1", "noise:stot:1:2", "double:stot:1", "cut:scnt:2:6"]


def test_a_slow_answer_is_slow_and_those_behind_it_are_not(reel):
    reel.ours("trend@2", "scnt@3")
    reel.wait(7.25)
    reel.theirs("trend@2", "scnt@3")
    assert specs(reel) == ["slow:trend:1:7.3"]


def test_polls_are_never_slow(reel):
    reel.ours("!sprn")
    reel.wait(9)
    reel.theirs("sprn|pr0")
    assert specs(reel) == []


@pytest.mark.parametrize(("state", "kind"), [("5", "no-paper"), ("3", "cover"), ("6", "hot")])
def test_paper_and_cover(reel, state, kind):
    reel.ours("trend@2")
    reel.wait(3)
    reel.ours("!sprn")
    reel.theirs(f"sprn|pr{state}")
    reel.wait(20)
    reel.ours("!sprn")
    reel.theirs("sprn|pr0", "trend@2")
    assert specs(reel) == [f"{kind}:trend:1"]


def test_paper_that_was_never_put_in(reel):
    reel.ours("trend@2")
    reel.wait(3)
    reel.ours("!sprn")
    reel.theirs("sprn|pr5")
    reel.wait(600)
    reel.error()
    assert specs(reel) == ["no-paper:trend:1"]


def test_a_key_that_had_to_be_pressed_is_no_fault_of_the_emulator(reel):
    reel.ours("dailyrep@2")
    reel.wait(3)
    reel.ours("!sdev")
    reel.theirs("sdev|ds2")
    reel.wait(20)
    reel.theirs("dailyrep@2")
    (mishap,) = mishaps(reel)
    assert mishap.spec == ""
    assert "key" in mishap.what


def test_a_power_cut_is_one_mishap(reel):
    reel.ours("trend@2")
    reel.wait(3)
    reel.ours("!sprn", "!sdev")
    reel.wait(3)
    reel.error("input/output error")
    reel.close()
    reel.error("cannot open")
    reel.open()
    reel.ours("sid@3")
    reel.theirs("sid@3")
    assert specs(reel) == ["reboot-after:trend:1:6"]


def test_a_printer_that_never_came_back(reel):
    reel.ours("trend@2")
    reel.error("input/output error")
    reel.close()
    reel.error("cannot open")
    assert specs(reel) == ["reboot-after:trend:1"]


def test_a_line_that_broke_for_a_moment(reel):
    reel.ours("trend@2")
    reel.error("reset by peer")
    reel.close()
    reel.open()
    reel.wait(3)
    reel.ours("sid@3")
    reel.theirs("sid@3")
    assert specs(reel) == ["unplug:trend:1:0"]


def test_refusals(reel):
    reel.ours("trend@2")
    reel.theirs("trend@2|?2006")
    (mishap,) = mishaps(reel)
    assert (mishap.spec, mishap.is_refusal) == ("refuse:trend:1:2006", True)
    assert mishap.spec_of(4) == "refuse:trend:4:2006"


def test_frame_errors(reel):
    reel.ours("trend@2", "scnt@3", "rpt@77")
    reel.theirs("ERR|?5", "ERR@3|?2|cmscnt|fdxx", "ERR@77|?13|cmrpt")
    found = mishaps(reel)
    assert [mishap.spec for mishap in found] == [
        "garble-request:trend:1:1.0",
        "frame-error:scnt:1:2",
    ]
    assert [mishap.is_refusal for mishap in found] == [False, True]


@pytest.mark.parametrize(
    "fault",
    ["lose:trend:1", "garble:trend:1", "cut:trend:1:9", "double:trend:1", "noise:trend:1:6"],
)
def test_faults_of_the_emulator_are_found_again(session, fault):
    made = session(faults=[fault])
    made.all(*SALE)
    if not fault.startswith(("double", "noise")):
        made.again()
    made.wait(3)
    made.say("sid")
    assert specs(made) == [fault]
