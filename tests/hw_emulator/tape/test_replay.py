"""Sessions with an emulated printer that has faults, played again to one that has none."""

from __future__ import annotations

import re

import pytest

from drivers.posnet.frame import crc, encode
from drivers.tape_file import Kind, load
from hw_emulator.posnet.device import Mechanism
from hw_emulator.tape.dialogue import outcomes, read_recording
from hw_emulator.tape.replay import Manner, replay, whole_commands
from tests.hw_emulator.tape.reel import QUESTIONS, SALE, Reel, read_frame

INJECT = Manner(injects=True)


def played(reel: Reel, manner: Manner | None = None):
    """Through the file, as a technician does it."""
    _, passages = load(reel.text())
    return replay(read_recording(passages), manner or Manner())


def first(reel: Reel, manner: Manner | None = None) -> tuple[str, str]:
    difference = played(reel, manner).differences[0]
    return difference.command.name, difference.reason


def change(reel: Reel, old: bytes, new: bytes) -> None:
    """Let the device have said something else, with the right checksum."""
    for place, passage in enumerate(reel.passages):
        if passage.kind is Kind.IN and old in passage.data:
            data = _signed(passage.data[1:-1].replace(old, new))
            reel.passages[place] = type(passage)(passage.at_s, passage.wall_s, Kind.IN, data)
            return
    raise AssertionError(old)


def _signed(body: bytes) -> bytes:
    payload = body.rpartition(b"#")[0]
    return b"\x02" + payload + b"#%04X" % crc(payload) + b"\x03"


def test_the_same_answers(session):
    made = session()
    made.all(*QUESTIONS, *SALE, *QUESTIONS, "!sprn", "!sdev", "rtcget")
    result = played(made)
    assert (result.played, result.left_out, result.differences) == (19, 0, [])


def test_a_printer_that_has_sold_before(session):
    """Its counters are elsewhere, its clock is another, its rates are its own."""
    made = session()
    rates = "va22|vb7|vc3|vd0|ve100|vf101|vg101"
    made.say(f"vatset|{rates}|da2026-03-02")
    for _ in range(3):
        made.all(*SALE)
    made.say("dailyrep|da2026-03-02")
    made.all(*SALE)
    made.passages.clear()
    made.open()
    made.all(*QUESTIONS, "sfsk", *SALE, "scnt", "stot", "strns", "dailyrep|da2026-03-02")
    made.all(*SALE, *QUESTIONS, "fmrecrd")
    assert played(made).differences == []
    assert first(made, Manner(is_strict=True))[0] == "scomm"


def test_the_first_difference_is_named(session):
    made = session()
    made.all("scnt", *SALE, "scnt", "stot", "scnt")
    change(made, b"bt1\t", b"bt2\t")
    result = played(made)
    (difference, *_) = result.differences
    assert (difference.command.no, difference.command.name) == (6, "scnt")
    assert difference.reason == "field bt: '2' was recorded, the emulator says '1'"


def test_what_the_printer_says_of_the_last_receipt_counts_once_it_is_on_the_tape(session):
    made = session()
    made.all(*SALE)
    made.passages.clear()
    made.open()
    made.all("strns", *SALE, "strns")
    assert played(made).differences == []
    change(made, b"va349", b"va359")
    assert played(made).differences == []
    made.passages.reverse()
    change(made, b"va349", b"va359")
    made.passages.reverse()
    assert first(made) == ("strns", "field va: '359' was recorded, the emulator says '349'")


def test_another_refusal(session):
    made = session()
    made.all("trinit|bm1", "trend|to0", "prncancel")
    assert played(made).differences == []
    change(made, b"?", b"?9")
    name, reason = first(made)
    assert name == "trend"
    assert re.fullmatch(r"error 9\d+ was recorded, the emulator says \d+", reason)


def test_a_tape_that_begins_within_a_receipt(session):
    made = session()
    made.all("trinit|bm1", "trline|naMleko|vt0|pr349", "trpayment|ty0|wa349", "trend|to349")
    made.all("strns", "scnt", *SALE, "scnt", "strns")
    made.passages = made.passages[3:]
    result = played(made)
    assert (result.played, result.left_out) == (6, 5)
    assert result.differences == []


def test_a_tape_with_nothing_but_the_rest_of_a_receipt(session):
    made = session()
    made.all(*SALE)
    made.passages = made.passages[3:]
    recording = read_recording(made.passages)
    assert whole_commands(recording, outcomes(recording.events)) == []
    assert played(made).played == 0


def test_a_tape_without_anything():
    assert played(Reel()).played == 0


@pytest.mark.parametrize("kind", ["lose", "garble", "cut"])
def test_an_answer_that_was_lost_or_spoilt(session, kind):
    made = session(faults=[f"{kind}:trend:1" + (":9" if kind == "cut" else "")])
    made.all(*SALE)
    made.again()
    made.all("scnt", *SALE, "scnt")
    assert first(made)[0] == "trend"
    assert played(made, INJECT).differences == []


def test_a_command_that_was_lost(session):
    made = session(faults=["drop:trline:2"])
    made.all(*SALE, *SALE[:2])
    made.again()
    made.say(f"trline@{made.token:04d}|naMleko|vt0|pr349")
    made.all(*SALE[2:], "scnt", "strns")
    assert first(made) == ("trline", "no answer was recorded")
    assert played(made, INJECT).differences == []


@pytest.mark.parametrize("kind", ["noise", "double"])
def test_what_changes_no_answer_is_no_difference(session, kind):
    made = session(faults=[f"{kind}:trend:1"])
    made.all(*SALE, "scnt")
    assert played(made).differences == []
    assert played(made, INJECT).differences == []


def test_a_frame_of_ours_that_arrived_spoilt(session):
    made = session()
    made.say(SALE[0])
    made.token += 1
    made.ours("trline@0002|naMleko|vt0|pr349")
    made.theirs("ERR|?5")
    made.say("rpt@0002")
    made.all(*SALE[1:], "strns")
    assert first(made)[0] == "trline"
    assert played(made, INJECT).differences == []


@pytest.mark.parametrize("mechanism", [Mechanism.NO_PAPER, Mechanism.COVER])
def test_paper_runs_out_and_is_put_in(session, mechanism):
    made = session()
    made.all(*SALE[:3])
    made.printer.set_mechanism(mechanism)
    made.say(SALE[3])
    for _ in range(2):
        made.wait(3)
        made.all("!sprn", "!sdev")
    made.release(made.printer.set_mechanism)
    made.all("!sprn", "scnt", *SALE, "scnt")
    assert first(made) == ("sprn", f"field pr: '{mechanism:d}' was recorded, the emulator says '0'")
    assert played(made, INJECT).differences == []


def test_paper_is_back_before_the_receipt_is(session):
    made = session()
    made.all(*SALE[:3])
    made.ours("trend@0004|to349")
    made.wait(3)
    made.ours("!sprn")
    made.theirs("sprn|pr5")
    made.wait(3)
    made.ours("!sprn")
    made.theirs("sprn|pr0", "trend@0004")
    assert played(made, INJECT).differences == []


def test_an_answer_that_was_cut_and_nothing_after_it(session):
    made = session(faults=["cut:trend:1:9"])
    made.all(*SALE)
    made.wait(3)
    made.error("given up")
    assert first(made) == ("trend", "the recorded answer cannot be read")
    assert played(made, INJECT).differences == []


def test_paper_that_was_never_put_in(session):
    made = session()
    made.all(*SALE[:3])
    made.printer.set_mechanism(Mechanism.NO_PAPER)
    made.say(SALE[3])
    made.wait(3)
    made.all("!sprn", "!sdev")
    made.wait(600)
    made.error("given up")
    assert played(made, INJECT).differences == []


@pytest.mark.parametrize("key", ["ok", "cancel"])
def test_a_key_of_the_printer_is_pressed(session, key):
    made = session()
    made.all(*SALE)
    made.say("dailyrep")
    made.wait(3)
    made.say("!sdev")
    made.release(lambda: made.printer.station.press(key))
    made.all("scnt", "stot")
    assert played(made).differences == []


@pytest.mark.parametrize("fault", ["die-before:trpayment:1", "die-after:trpayment:1"])
def test_a_power_cut_within_a_receipt(session, tmp_path, fault):
    made = session(tmp_path / "fiscal.mem", faults=[fault])
    made.all("scnt", *SALE[:3])
    made.wait(3)
    made.ours("!sprn", "!sdev")
    made.wait(3)
    made.error("broken pipe")
    made.close()
    made.error("cannot open")
    made.printer.stop()
    made.open()
    made.switch_on(faults=[])
    made.all("strns", "scnt", *SALE, "scnt")
    assert first(made) == ("trpayment", "no answer was recorded")
    assert played(made, INJECT).differences == []


def test_a_line_that_was_opened_anew(session):
    made = session()
    made.all(*SALE[:2])
    made.close()
    made.open()
    made.connect()
    made.all(*SALE[2:], "scnt")
    assert played(made).differences == []


def test_a_memory_makes_even_the_counters_the_same(session, tmp_path):
    path = tmp_path / "fiscal.mem"
    session(path).all(*SALE)
    copy = tmp_path / "copy.mem"
    copy.write_bytes(path.read_bytes())
    made = session(copy)
    made.all("scnt", *SALE, "scnt", "strns", "stot")
    assert played(made, Manner(path, is_strict=True)).differences == []


def test_what_is_printed_may_be_read(session, tmp_path):
    made = session()
    made.all(*SALE)
    played(made, Manner(paper=tmp_path / "paper.txt"))
    assert "Mleko" in (tmp_path / "paper.txt").read_text()


def test_the_recorded_pace_is_kept(session):
    made = session()
    made.say("scnt")
    made.wait(7)
    made.say("stot")
    made.wait(5000)
    made.say("sid")
    rests: list[float] = []
    assert played(made, Manner(sleep=rests.append)).differences == []
    assert [round(rest, 2) for rest in rests] == [0.0, 7.02, 600.0]


def test_a_command_the_emulator_does_not_know_is_not_compared(session):
    made = session()
    made.ours("fancynew@1|aa1")
    made.theirs("fancynew@1|bb2")
    made.all(*SALE)
    result = played(made)
    assert (result.unknown, result.differences) == ({"fancynew"}, [])
    assert first(made, Manner(is_strict=True))[0] == "fancynew"


def test_a_printer_that_is_not_fiscal(session):
    made = session(is_fiscal=False)
    made.all("scomm", *SALE, "scnt")
    assert played(made).differences == []


def test_a_receipt_the_tape_ends_within(session):
    made = session()
    made.all(*SALE[:2])
    made.ours("trpayment@3|ty0|wa349")
    assert played(made).differences == []


def test_hostile_tapes_come_to_an_end():
    reel = Reel()
    for data in (b"\x02trinit\t#", b"\x03", b"\x02\x03", b"\xff" * 9000, encode_many()):
        reel.put(Kind.OUT, data)
        reel.put(Kind.IN, data[::-1])
    assert played(reel, INJECT).played == 302


def encode_many() -> bytes:
    return encode(read_frame("scnt@1")) * 300
