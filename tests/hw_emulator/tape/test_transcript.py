from __future__ import annotations

from drivers.posnet.frame import encode
from hw_emulator.tape.cutting import Stray, Torn
from hw_emulator.tape.transcript import Command, Sound, Transcript
from tests.hw_emulator.tape.reel import read_frame


def command(text: str, no: int = 1) -> Command:
    frame = read_frame(text)
    return Command(no, frame, encode(frame), 1, 0.0, 0.0)


def test_a_frame_stands_where_it_ended():
    transcript, raw = Transcript(), encode(read_frame("scnt@1"))
    transcript.hear(raw[:5], 1, 1.0)
    transcript.say(command("stot@2"))
    transcript.hear(raw[5:], 1, 2.0)
    assert transcript.events == [command("stot@2"), Sound(read_frame("scnt@1"), 1, 2.0)]


def test_a_frame_that_never_ended_stands_where_it_began():
    transcript, raw = Transcript(), encode(read_frame("scnt@1"))
    transcript.say(command("scnt@1"))
    transcript.hear(raw[:5], 1, 1.0)
    transcript.say(command("rpt@1", 2))
    transcript.hear(raw, 1, 2.0)
    assert transcript.events == [
        command("scnt@1"),
        Sound(Torn(raw[:5]), 1, 1.0),
        command("rpt@1", 2),
        Sound(read_frame("scnt@1"), 1, 2.0),
    ]


def test_the_end_of_a_line_ends_a_frame():
    transcript = Transcript()
    transcript.hear(b"\x02sc", 1, 1.0)
    transcript.hang_up(1, 9.0)
    transcript.hear(b"nt", 2, 10.0)
    assert transcript.events == [Sound(Torn(b"\x02sc"), 1, 1.0), Sound(Stray(b"nt"), 2, 10.0)]


def test_slices_of_noise_are_one():
    transcript = Transcript()
    for part in (b"a", b"b"):
        transcript.hear(part, 1, 1.0)
    transcript.say(command("scnt@1"))
    transcript.hear(b"c", 1, 1.0)
    assert [event.piece for event in transcript.events if isinstance(event, Sound)] == [
        Stray(b"ab"),
        Stray(b"c"),
    ]


def test_endless_noise_is_cut():
    transcript = Transcript()
    for _ in range(100):
        transcript.hear(b"x" * 1000, 1, 1.0)
    assert 1 < len(transcript.events) < 100


def test_what_a_command_is_known_by():
    keys = {
        text: command(text).key for text in ("scnt@0012", "scnt", "!sprn", "ERR@4|?5", "ERR|?5")
    }
    assert keys == {
        "scnt@0012": "12",
        "scnt": "scnt",
        "!sprn": "sprn",
        "ERR@4|?5": "4",
        "ERR|?5": "",
    }
