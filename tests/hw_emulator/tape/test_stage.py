from __future__ import annotations

import pytest

from drivers.posnet.frame import Scanner, encode
from hw_emulator.posnet.memory import MemoryDamaged
from hw_emulator.tape.stage import Stage
from tests.hw_emulator.tape.reel import NOON_S, SALE, read_frame

RATES = tuple(zip(("va", "vb", "vc", "vd", "ve", "vf", "vg"), ("22", *["101"] * 6), strict=True))


@pytest.fixture
def stage():
    made = []

    def make(memory=None, paper=None, **options) -> Stage:
        options = {"is_fiscal": True, "wall_s": NOON_S} | options
        made.append(Stage(memory, paper, **options))
        made[-1].connect()
        return made[-1]

    yield make
    for one in made:
        one.close()


def ask(stage: Stage, text: str):
    frame = read_frame(text)
    stage.say(encode(frame))
    stage.settle()
    frames = Scanner().feed(stage.heard())
    return frames[0] if frames else None


def test_it_lives_on_the_clock_of_the_tape(stage):
    made = stage()
    assert ask(made, "rtcget").get("tm") == "2026-03-02T12:00:00+01:00"
    made.set_clock(NOON_S + 61)
    assert ask(made, "rtcget").get("tm") == "2026-03-02T12:01:01+01:00"


@pytest.mark.parametrize("wall_s", [1e300, -1e300, float("nan")])
def test_an_impossible_moment_is_now(stage, wall_s):
    assert ask(stage(wall_s=wall_s), "rtcget").get("tm").startswith("20")


def test_it_has_the_rates_of_the_tape_and_prints_nothing_for_them(stage, tmp_path):
    made = stage(paper=tmp_path / "paper.txt", rates=RATES)
    assert ask(made, "vatget").get("va") == "22,00"
    assert ask(made, "vatget").get("vb") == "101,00"
    assert (tmp_path / "paper.txt").read_text() == ""


def test_it_is_fiscal_or_not(stage):
    assert ask(stage(), "scomm").get("fs") == "T"
    assert ask(stage(is_fiscal=False), "scomm").get("fs") == "N"


def test_a_memory_is_copied_and_left_as_it_is(stage, session, tmp_path):
    path = tmp_path / "fiscal.mem"
    session(path).all(*SALE)
    before = path.read_bytes()
    made = stage(path)
    assert ask(made, "scnt").get("bt") == "1"
    for text in SALE:
        ask(made, text)
    assert ask(made, "scnt").get("bt") == "2"
    assert path.read_bytes() == before


def test_a_memory_that_cannot_be_used(stage, tmp_path):
    path = tmp_path / "fiscal.mem"
    path.write_bytes(b"junk\n" * 3)
    with pytest.raises(MemoryDamaged):
        stage(path)
    with pytest.raises(OSError, match="missing"):
        stage(tmp_path / "missing")


def test_a_printer_without_power_has_it_again_with_the_next_line(stage):
    made = stage()
    for text in SALE[:2]:
        ask(made, text)
    made.add_fault("reboot", "trpayment", "5")
    assert ask(made, SALE[2]) is None
    assert ask(made, "scnt") is None
    made.connect()
    assert ask(made, "scnt").get("bc") == "1"


def test_paper_runs_out_and_is_put_in(stage):
    made = stage()
    for text in SALE[:3]:
        ask(made, text)
    made.add_fault("no-paper", "trend", "")
    assert ask(made, SALE[3]) is None
    assert ask(made, "!sprn").get("pr") == "5"
    # What waits already is not the one that is struck.
    assert ask(made, "scnt@1") is None
    made.add_fault("refuse", "scnt", "77")
    assert ask(made, "scnt@2") is None
    made.mend()
    answers = Scanner().feed(made.heard())
    assert [(answer.mnemonic, answer.error) for answer in answers] == [
        ("trend", None),
        ("scnt", None),
        ("scnt", 77),
    ]


def test_a_key_is_pressed(stage):
    made = stage()
    assert ask(made, "dailyrep") is None
    assert made.waits_for_key
    made.press("cancel")
    (answer,) = Scanner().feed(made.heard())
    assert answer.error == 30
