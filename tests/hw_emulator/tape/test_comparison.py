from __future__ import annotations

import pytest

from drivers.posnet.frame import Malformed
from hw_emulator.tape.comparison import Comparison, show
from hw_emulator.tape.cutting import Stray, Torn
from tests.hw_emulator.tape.reel import read_frame


def difference(recorded: str, played: str, comparison: Comparison | None = None) -> str:
    return (comparison or Comparison()).difference(read_frame(recorded), read_frame(played))


@pytest.mark.parametrize(
    ("recorded", "played"),
    [
        ("trend@1", "trend@2"),
        ("rtcget|da2026-03-02;12:00|tm2026-03-02T12:00:00+01:00", "rtcget|da2025-01-01;01:00"),
        ("stot|ds2026-03-02;12:00", "stot|ds2000-01-01;01:00"),
        ("sid|nmPOSNET TEMO|vr1.01", "sid|nmPOSNET THERMAL|vr30"),
        ("scnt|hn77|nuXYZ 1", "scnt|hn3|nuABC 2"),
        ("fmrecrd|siAAA", "fmrecrd|siBBB"),
        ("scnt|bn57|bt1007|rd300", "scnt|bn1|bt1|rd0"),
        ("strns|va100", "strns|va0"),
        ("sdev|qeN|tl2", "sdev|qeT|tl1"),
        ("scomm|fsT|xxnew", "scomm|fsT"),
    ],
)
def test_what_may_differ(recorded, played):
    assert difference(recorded, played) == ""


@pytest.mark.parametrize(
    ("recorded", "played", "why"),
    [
        ("trend", "trline", "one answers trend, the other trline"),
        ("trend|?2006", "trend", "error 2006 was recorded, the emulator says none"),
        ("trend", "trend|?1992", "error none was recorded, the emulator says 1992"),
        ("vatget|va23,00", "vatget|va22,00", "field va: '23,00' was recorded, the emulator says"),
        ("sprn|pr5", "sprn|pr0", "field pr"),
        ("scnt|bt12x", "scnt|bt12", "field bt"),
        ("sdev|ds2", "sdev|ds0", "field ds"),
    ],
)
def test_what_must_not(recorded, played, why):
    assert difference(recorded, played).startswith(why)


def test_counters_keep_their_distance():
    comparison = Comparison()
    assert difference("scnt|bt1007", "scnt|bt7", comparison) == ""
    assert difference("scnt|bt1008", "scnt|bt8", comparison) == ""
    assert "field bt" in difference("scnt|bt1010", "scnt|bt9", comparison)


def test_totals_of_the_day_begin_again_with_a_report():
    comparison = Comparison()
    assert difference("stot|pa5000|no12", "stot|pa300|no2", comparison) == ""
    assert "field pa" in difference("stot|pa0|no12", "stot|pa0|no2", comparison)
    comparison.day_is_closed()
    assert difference("stot|pa0|no13", "stot|pa0|no3", comparison) == ""
    assert "field no" in difference("stot|pa0|no15", "stot|pa0|no4", comparison)


def test_the_last_receipt_counts_once_there_was_one():
    assert difference("strns|va100", "strns|va0") == ""
    assert "field va" in difference("strns|va100", "strns|va0", Comparison(has_receipt=True))


def test_strictly_everything_counts():
    strict = Comparison(is_strict=True)
    assert difference("scnt|hn1", "scnt|hn1", strict) == ""
    assert difference("scnt|hn1", "scnt|hn2", strict) == "not the same fields"


def test_silence_and_what_cannot_be_read():
    compare = Comparison().difference
    frame, spoilt = read_frame("scnt"), Malformed(5)
    assert compare(None, None) == ""
    assert compare(None, frame) == "no answer was recorded"
    assert compare(frame, None) == "the emulator does not answer"
    assert compare(spoilt, Torn(b"x")) == ""
    assert compare(spoilt, frame) == "the recorded answer cannot be read"
    assert compare(frame, Stray(b"x")) == "the emulator's answer cannot be read"


def test_pieces_are_shown_in_a_line():
    assert show(read_frame("!sprn")) == "!sprn"
    assert show(read_frame("trend@7|?2006")) == "trend @7 error 2006"
    assert show(read_frame("trline@7|naMleko|vt1")) == "trline @7 naMleko vt1"
    assert show(None) == "nothing"
    assert show(Malformed(5)) == "an unreadable frame (frame error 5)"
    assert show(Stray(b"xyz")) == "3 bytes that are no frame"
    assert show(Torn(b"xyz")) == "a frame that ends after 3 bytes"
