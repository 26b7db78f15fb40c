from __future__ import annotations

import pytest

from drivers.posnet.frame import Frame, Malformed, encode
from drivers.tape_file import Kind
from hw_emulator.tape.cutting import Stray, Torn
from hw_emulator.tape.dialogue import outcomes, read_recording
from tests.hw_emulator.tape.reel import Reel, read_frame


def heard(reel: Reel) -> list[tuple[str, object]]:
    """Each command of ours, and its answer."""
    recording = read_recording(reel.passages)
    found = outcomes(recording.events)
    return [(command.name, found[command.no].answer) for command in recording.commands]


def test_answers_find_their_commands_whatever_is_in_between():
    reel = Reel()
    reel.ours("scnt@1", "stot@2", "!sprn")
    reel.theirs("sprn|pr0", "scnt@1|bn1", "stot@2")
    assert [answer.mnemonic for _, answer in heard(reel)] == ["scnt", "stot", "sprn"]


def test_the_token_counts_and_not_how_it_is_written():
    reel = Reel()
    reel.ours("scnt@0007")
    reel.theirs("scnt@7")
    assert heard(reel)[0][1] == Frame("scnt", (), "7")


def test_a_lost_answer_belongs_to_whoever_asked_again():
    reel = Reel()
    reel.ours("trend@7")
    reel.wait(3)
    reel.ours("rpt@7")
    reel.theirs("trend@7")
    assert heard(reel) == [("trend", None), ("rpt", read_frame("trend@7"))]


def test_a_late_answer_and_the_repeated_one():
    reel = Reel()
    reel.ours("trend@7")
    reel.wait(3)
    reel.ours("rpt@7")
    reel.theirs("trend@7", "trend@7")
    found = outcomes(read_recording(reel.passages).events)
    assert 0 < found[1].at_s < found[2].at_s


def test_a_command_that_was_never_carried_out_and_sent_again():
    reel = Reel()
    reel.ours("trline@7")
    reel.wait(3)
    reel.ours("rpt@7")
    reel.theirs("ERR@7|?13|cmrpt")
    reel.ours("trline@7")
    reel.theirs("trline@7")
    answers = [answer for _, answer in heard(reel)]
    assert answers[0] is None
    assert (answers[1].mnemonic, answers[2].mnemonic) == ("ERR", "trline")


def test_copies_are_counted():
    reel = Reel()
    reel.ours("scnt@1")
    reel.theirs("scnt@1", "scnt@1", "scnt@1")
    reel.ours("stot@2")
    found = outcomes(read_recording(reel.passages).events)
    assert (found[1].repeats, found[2].repeats) == (2, 0)


def test_what_cannot_be_read_belongs_to_the_oldest_open_command():
    reel = Reel()
    reel.ours("trline@1", "trline@2")
    spoilt = encode(read_frame("trline@1")).replace(b"line", b"lime")
    reel.noise(spoilt)
    reel.theirs("trline@2")
    answers = [answer for _, answer in heard(reel)]
    assert isinstance(answers[0], Malformed)
    assert answers[1] == read_frame("trline@2")


def test_an_error_without_a_token_too():
    reel = Reel()
    reel.ours("trline@1")
    reel.theirs("ERR|?5")
    assert heard(reel)[0][1] == read_frame("ERR|?5")


def test_a_printer_that_does_not_repeat_tokens_is_followed_by_order():
    reel = Reel()
    reel.ours("scnt@1", "stot@2")
    reel.theirs("scnt|bn1", "stot|no1")
    assert [answer.mnemonic for _, answer in heard(reel)] == ["scnt", "stot"]


def test_what_was_asked_again_is_not_open_any_more():
    reel = Reel()
    reel.ours("trend@7")
    reel.wait(3)
    reel.ours("rpt@7")
    reel.noise(b"garbage")
    assert heard(reel) == [("trend", None), ("rpt", Stray(b"garbage"))]


def test_an_answer_in_pieces_is_one_spoilt_answer():
    reel = Reel()
    reel.ours("scnt@1")
    for part in (b"sc", b"nt\t", b"#1234\x03"):
        reel.noise(part)
    reel.ours("stot@2")
    reel.theirs("stot@2")
    assert heard(reel) == [("scnt", Stray(b"scnt\t#1234\x03")), ("stot", read_frame("stot@2"))]
    assert outcomes(read_recording(reel.passages).events)[2].noise == 0


def test_noise_before_an_answer():
    reel = Reel()
    reel.ours("scnt@1")
    reel.noise(b"####")
    reel.theirs("scnt@1")
    assert outcomes(read_recording(reel.passages).events)[1].noise == 4


def test_an_answer_that_ends_early():
    reel = Reel()
    reel.ours("scnt@1")
    reel.noise(b"\x02scnt\t@1")
    reel.wait(3)
    reel.ours("rpt@1")
    reel.theirs("scnt@1")
    assert heard(reel)[0][1] == Torn(b"\x02scnt\t@1")


def test_an_answer_of_another_line_is_nobodys():
    reel = Reel()
    reel.ours("scnt@1")
    reel.close()
    reel.open()
    reel.theirs("scnt@1")
    assert heard(reel) == [("scnt", None)]


def test_an_answer_is_cut_short_by_the_end_of_its_line():
    reel = Reel()
    reel.ours("scnt@1")
    reel.noise(b"\x02scnt")
    reel.close()
    reel.open()
    reel.ours("scnt@2")
    reel.theirs("scnt@2")
    assert heard(reel) == [("scnt", Torn(b"\x02scnt")), ("scnt", read_frame("scnt@2"))]


def test_a_device_that_was_away_is_known():
    reel = Reel()
    reel.ours("trend@1")
    reel.error("broken")
    reel.close()
    recording = read_recording(reel.passages)
    assert (recording.broken, recording.gone) == ({1}, {})
    reel.error("cannot open")
    assert read_recording(reel.passages).gone == {1: float("inf")}
    reel.open()
    assert read_recording(reel.passages).gone == {1: reel.at_s}


def test_what_the_tape_ends_with_may_still_be_answered():
    reel = Reel()
    reel.ours("scnt@1")
    recording = read_recording(reel.passages)
    assert recording.is_pending(recording.commands[0])
    reel.wait(3)
    reel.ours("!sprn")
    recording = read_recording(reel.passages)
    assert [recording.is_pending(one) for one in recording.commands] == [False, True]
    reel.error("the line broke")
    recording = read_recording(reel.passages)
    assert [recording.is_pending(one) for one in recording.commands] == [False, False]


def test_a_frame_of_ours_that_is_none_is_a_command_too():
    reel = Reel()
    reel.put(Kind.OUT, b"\x02sid\t#0000\x03")
    reel.theirs("ERR|?5")
    assert heard(reel) == [("", read_frame("ERR|?5"))]


@pytest.mark.parametrize("token", ["9" * 5000, "²"])
def test_hostile_tokens(token):
    reel = Reel()
    reel.noise(f"\x02scnt\t@{token}\t\x03".encode())
    reel.put(Kind.OUT, f"\x02scnt\t@{token}\t\x03".encode())
    assert heard(reel)[0][1] is None


def test_a_long_hostile_tape_is_read_in_reasonable_time():
    reel = Reel()
    for _ in range(3000):
        reel.ours("scnt@1")
        reel.noise(b"x")
    for _ in range(3000):
        reel.noise(b"\x02\x03")
    assert len(heard(reel)) == 3000
