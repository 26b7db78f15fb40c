from __future__ import annotations

import json
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import tape_file
from drivers.posnet.frame import Frame, Scanner, encode
from drivers.tape_file import Header, Kind, NotATape, Passage, dump, load, masked, read

HEADER = Header("printer", "posnet", "/dev/ttyUSB0", {"baud": 9600}, "2026-11-23", "why", "1", 2)
NIP = "5261040828"


def passage(data: bytes, kind: Kind = Kind.OUT, at_s: float = 1.5) -> Passage:
    return Passage(at_s, 1_795_400_000.25, kind, data)


def written(*passages: Passage, header: Header = HEADER) -> str:
    return "".join(dump(header, passages))


def test_the_format_is_as_documented():
    text = written(passage(b"\x02\xb3\x03"), passage(b"gone", Kind.ERROR, 2))
    assert text.isascii()
    first, *rest = map(json.loads, text.splitlines())
    assert first == {
        "tape": 1,
        "device": "printer",
        "protocol": "posnet",
        "url": "/dev/ttyUSB0",
        "settings": {"baud": 9600},
        "saved": "2026-11-23",
        "why": "why",
        "program": "1",
        "lost": 2,
    }
    assert rest == [
        {"t": 1.5, "at": "2026-11-23T02:13:20.250000Z", "do": ">", "data": "\x02\xb3\x03"},
        {"t": 2, "at": "2026-11-23T02:13:20.250000Z", "do": "error", "text": "gone"},
    ]


@given(
    st.lists(
        st.tuples(st.sampled_from([Kind.OUT, Kind.IN]), st.binary(max_size=40), st.integers(0, 99))
    )
)
def test_what_is_written_is_read_back(entries):
    passages = tuple(passage(data, kind, at_s) for kind, data, at_s in entries)
    assert load(written(*passages)) == (HEADER, passages)


def test_sentences_are_read_back():
    passages = tuple(passage("zażółć".encode(), kind) for kind in (Kind.ERROR, Kind.NOTE))
    assert load(written(*passages))[1] == passages


def test_what_a_later_program_adds_is_passed_over():
    text = written(passage(b"x")).replace('"do":">"', '"do":">","colour":"red"')
    text += '{"t":2,"at":"2026-11-23T01:33:20Z","do":"dance"}\n'
    assert load(text)[1] == (passage(b"x"),)


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_a_last_line_that_was_cut_short_is_passed_over(cut):
    text = written(passage(b"one"), passage(b"two"))
    assert load(text[:-cut])[1][0] == passage(b"one")
    assert len(load(text[:-cut])[1]) <= 2


def test_a_broken_line_in_the_middle_is_named():
    text = written(passage(b"one")) + "{broken\n" + written(passage(b"two"))
    with pytest.raises(NotATape, match="line 3: no JSON"):
        load(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1: no JSON"),
        ("[]\n", "line 1: no JSON object"),
        ("{}\n", "line 1: not a tape of version 1 .it says None"),
        ('{"tape":2}\n', "not a tape of version 1"),
        ('{"tape":1}\n{"do":">","t":"x","at":""}\n', "line 2: ValueError"),
        (f'{{"tape":1}}\n{{"do":">","t":1{"0" * 400},"at":"2026-01-01","data":""}}\n', "line 2"),
        ('{"tape":1}\n{"do":">","t":NaN,"at":"2026-01-01","data":""}\n', "line 2"),
        ('{"tape":1}\n{"do":">","t":1,"at":7,"data":""}\n', "line 2: TypeError"),
        ('{"tape":1}\n{"do":">","t":1,"at":"2026-01-01","data":7}\n', "line 2: AttributeError"),
        ('{"tape":1}\n{"do":">","t":1,"at":"never","data":""}\n', "line 2"),
        ('{"tape":1}\n{"do":">","t":1,"at":"2026-01-01"}\n', "line 2"),
        ('{"tape":1}\n{"do":">","t":1,"at":"2026-01-01","data":"ż"}\n', "line 2"),
        ('{"tape":1}\n{"do":">","t":1,"at":"9999-12-31T23:59:59Z","data":""}\n', "line 2"),
        ('{"tape":1}\n{"do":">","t":1,"at":"1969-12-31T00:00:00Z","data":""}\n', "line 2"),
        ("[" * 100_000, "line 1"),
    ],
)
def test_what_is_no_tape_says_where(text, sentence):
    with pytest.raises(NotATape, match=sentence):
        load(text)


def test_a_file_is_read_up_to_a_limit(monkeypatch):
    text = written(passage(b"x"))
    assert read(BytesIO(text.encode())) == (HEADER, (passage(b"x"),))
    with pytest.raises(NotATape, match="no text"):
        read(BytesIO(b"\xff\xfe" + text.encode()))
    monkeypatch.setattr(tape_file, "FILE_BYTES_MAX", 20)
    with pytest.raises(NotATape, match="larger than"):
        read(BytesIO(text.encode()))


def test_the_latest_moment_can_be_shown_anywhere():
    text = '{"tape":1}\n{"do":">","t":1,"at":"9999-12-30T00:00:00Z","data":""}\n'
    ((late,),) = load(text)[1:]
    assert late.line(ZoneInfo("Pacific/Kiritimati")).startswith("14:00:00.000 >")


@given(st.text())
def test_a_hostile_file_is_refused_and_nothing_else(text):
    for hostile in (text, '{"tape":1}\n' + text):
        try:
            header, passages = load(hostile)
        except NotATape:
            continue
        assert isinstance(header, Header)
        assert all(isinstance(one, Passage) for one in passages)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=5))
def test_hostile_values_are_refused_and_nothing_else(value):
    for field in ("t", "at", "do", "data", "text"):
        entry = {"t": 1, "at": "2026-01-01", "do": ">", "data": "x"} | {field: value}
        try:
            load('{"tape":1}\n' + json.dumps(entry) + "\n")
        except NotATape:
            continue


def test_a_hostile_header_is_made_harmless():
    header, _ = load('{"tape":1,"device":["x"],"settings":7,"lost":"many","why":null}\n')
    assert header == Header("", "")


def frame(*fields: tuple[str, str]) -> bytes:
    return encode(Frame("trnipset", fields, "0007"))


def test_tax_numbers_are_hidden_and_the_checksum_fits_again():
    data = frame(("ni", NIP), ("ds", "NIP NABYWCY:"))
    (hidden,) = masked(HEADER, [passage(data)])
    assert NIP.encode() not in hidden.data
    (read,) = Scanner(strict=True).feed(hidden.data)
    assert read == Frame("trnipset", (("ni", "0" * 10), ("ds", "NIP NABYWCY:")), "0007")


@pytest.mark.parametrize("form", ["5261040828", "526-104-08-28", "526-10-40-828"])
def test_a_tax_number_in_any_dress(form):
    text = f"NIP: {form}!".encode()
    (hidden,) = masked(Header("slips", "escpos"), [passage(text)])
    assert hidden.data == f"NIP: {''.join('0' if c.isdigit() else c for c in form)}!".encode()


def test_other_numbers_stay():
    text = b"5900000000015 5261040827 2101000001234 12,50"
    (kept,) = masked(HEADER, [passage(text)])
    assert kept.data == text


def test_a_tax_number_that_the_line_sliced_is_hidden():
    data = frame(("ni", NIP))
    slices = [passage(data[:15]), passage(b"ok", Kind.IN), passage(data[15:])]
    hidden = masked(HEADER, slices)
    assert [len(one.data) for one in hidden] == [15, 2, len(data) - 15]
    (read,) = Scanner(strict=True).feed(hidden[0].data + hidden[2].data)
    assert read.get("ni") == "0" * 10


def test_a_tape_without_tax_numbers_is_masked_to_itself():
    kept = (passage(frame(("ni", "123"))), passage(b"gone", Kind.ERROR))
    assert masked(HEADER, kept) == kept


def test_no_word_is_left_that_somebody_wrote_and_the_checksum_fits_again():
    data = frame(("na", "Kanarkowska ŻÓŁĆ"), ("ni", NIP))
    (hidden,) = masked(HEADER, [passage(data)], words=True)
    assert len(hidden.data) == len(data)
    (read,) = Scanner(strict=True).feed(hidden.data)
    assert (read.mnemonic, read.get("na")) == ("trnipset", "xxxxxxxxxxx xxxx")
    assert read.get("ni") == "0" * 10


def test_of_other_protocols_no_letter_is_left():
    text = "\x1b@Jan Żółć, ul. Kwiatowa 7\n".encode("cp852")
    (hidden,) = masked(Header("slips", "escpos"), [passage(text)], words=True)
    assert hidden.data == b"\x1b@xxx xxxx, xx. xxxxxxxx 7\n"
