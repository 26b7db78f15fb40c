from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.posnet.frame import (
    BAD_CRC,
    BAD_FIELD,
    BAD_TOKEN,
    FRAME_MAX,
    NO_CHECKSUM,
    TOO_LONG,
    Frame,
    Malformed,
    Scanner,
    crc,
    decode,
    encode,
)

# Checksums from the specification, from recordings and from other implementations.
VECTORS = [
    (b"123456789", 0x31C3),
    (b"trinit\tbm0\t", 0x4825),
    (b"ERR\t?5\t", 0x7F84),
    (b"rtcset\tda2016-09-22,12:05\t", 0x8534),
    (b"rtcget\t", 0x7D61),
    (b"rtcget\tda2016-09-23;12:29\t", 0x73AE),
    (b"rtcset\tda2016-09-23;12:30\t", 0x4A7D),
    (b"rtcset\t", 0xAC37),
    (b"rtcget\tda2016-09-23;12:30\t", 0xFE06),
    (b"sid\t", 0x8A94),
    (b"scomm\t", 0xC42B),
    (b"trline\tnaMleko\tvt2\tpr245\t", 0x12C4),
    (b"trline\tna\xa3oso\x9c\tvt2\tpr245\t", 0x0121),
    (b"trend\tto0\t", 0x013B),
    (b"!sdev\t", 0x5392),
    (b"!sprn\t", 0xCEED),
    (b"trline\t?2006\t", 0x85A8),
]


def wire(payload: bytes) -> bytes:
    return payload + b"#%04X" % crc(payload)


@pytest.mark.parametrize(("payload", "expected"), VECTORS)
def test_checksums(payload, expected):
    assert crc(payload) == expected


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (Frame("trinit", (("bm", "0"),)), b"\x02trinit\tbm0\t#4825\x03"),
        (Frame("trend", (("to", "0"),)), b"\x02trend\tto0\t#013B\x03"),
        (Frame("sdev", immediate=True), b"\x02!sdev\t#5392\x03"),
        (Frame("ERR", error=5), b"\x02ERR\t?5\t#7F84\x03"),
        (Frame("trline", error=2006), b"\x02trline\t?2006\t#85A8\x03"),
    ],
)
def test_frames_as_recorded(frame, expected):
    assert encode(frame) == expected
    assert decode(expected[1:-1]) == frame


def test_polish_letters_go_in_the_code_page_of_the_printer():
    frame = Frame("trline", (("na", "naŁosoś"), ("vt", "2"), ("pr", "245")))
    assert b"na\xa3oso\x9c\t" in encode(frame)
    assert decode(encode(frame)[1:-1]) == frame


def test_the_token_follows_the_mnemonic_and_may_stand_anywhere():
    frame = Frame("currget", (("na", "PLN"),), token="8765")
    assert encode(frame).startswith(b"\x02currget\t@8765\tnaPLN\t#")
    assert decode(wire(b"currget\tnaPLN\t@8765\t")) == frame
    assert decode(wire(b"rpt\t@6\t")) == Frame("rpt", token="6")


def test_empty_values_and_signs_inside_values():
    body = wire(b"trline\tna#1234 @home ?5\top\t")
    assert decode(body) == Frame("trline", (("na", "#1234 @home ?5"), ("op", "")))


def test_letters_the_code_page_lacks_become_question_marks():
    assert b"na?\t" in encode(Frame("trline", (("na", "漢"),)))


@pytest.mark.parametrize("sign", ["\t", "\x02", "\x03", "\r", "\x00", "\x7f"])
def test_control_characters_are_refused(sign):
    with pytest.raises(ValueError, match="control"):
        encode(Frame("trline", (("na", f"a{sign}b"),)))


def test_fields_by_name():
    frame = Frame("x", (("na", "1"), ("na", "2")))
    assert (frame.get("na"), frame.get("no"), frame.get("no", "9")) == ("1", "", "9")
    assert frame.has("na")
    assert not frame.has("no")


@pytest.mark.parametrize(
    ("digits", "lenient", "strict"),
    [
        (b"#013B", True, True),
        (b"#013b", True, False),
        (b"#13b", True, False),
        (b"#13B", True, False),
        (b"#013C", False, False),
    ],
)
def test_checksum_digits(digits, lenient, strict):
    body = b"trend\tto0\t" + digits
    assert isinstance(decode(body), Frame) is lenient
    assert isinstance(decode(body, strict=True), Frame) is strict


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"trinit\tbm0\t#4826", Malformed(BAD_CRC)),
        (b"trinit\t@12\tbm0\t#4826", Malformed(BAD_CRC)),
        (b"trinit\tbm0\t", Malformed(NO_CHECKSUM, "trinit")),
        (b"trinit\t@0012\tbm0\t#", Malformed(NO_CHECKSUM, "trinit", token="0012")),
        (b"", Malformed(NO_CHECKSUM)),
        (wire(b""), Malformed(BAD_FIELD)),
        (wire(b"\tbm0\t"), Malformed(BAD_FIELD)),
        (wire(b"trinit\t\tbm0\t"), Malformed(BAD_FIELD, "trinit", "")),
        (wire(b"trinit\t@7\tb\t"), Malformed(BAD_FIELD, "trinit", "b", "7")),
        (wire(b"trinit\t@x\t"), Malformed(BAD_TOKEN, "trinit")),
        (wire(b"trinit\t@\t"), Malformed(BAD_TOKEN, "trinit")),
        (wire(b"trinit\t@12345\t"), Malformed(BAD_TOKEN, "trinit")),
    ],
)
def test_malformed(body, expected):
    assert decode(body) == expected


def test_a_frame_without_end_is_reported_once():
    scanner = Scanner()
    found = scanner.feed(b"\x02" + b"x" * (FRAME_MAX + 500) + b"\x03" + encode(Frame("sid")))
    assert found == [Malformed(TOO_LONG), Frame("sid")]


def test_scanner_drops_noise_and_restarts():
    scanner = Scanner()
    data = b"noise\x03" + b"\x02half" + encode(Frame("sid")) + b"tail\x00\xff"
    assert scanner.feed(data) == [Frame("sid")]


def test_scanner_reset_forgets_half_a_frame():
    scanner = Scanner()
    scanner.feed(b"\x02si")
    scanner.reset()
    assert scanner.feed(b"d\t#8A94\x03") == []


def test_scanner_strict():
    assert Scanner(strict=True).feed(b"\x02trend\tto0\t#13b\x03") == [
        Malformed(NO_CHECKSUM, "trend")
    ]


texts = st.text(st.characters(codec="cp1250", exclude_categories=["Cc"]), max_size=20)
names = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=2, max_size=2)
frames = st.builds(
    Frame,
    mnemonic=st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12),
    fields=st.lists(st.tuples(names, texts), max_size=6).map(tuple),
    token=st.none() | st.from_regex(r"[0-9]{1,4}", fullmatch=True),
    error=st.none() | st.integers(1, 9999),
    immediate=st.booleans(),
)
noise = st.binary(max_size=12).filter(lambda data: b"\x02" not in data)


def sliced(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


@given(frames)
def test_what_is_encoded_is_decoded(frame):
    assert decode(encode(frame)[1:-1], strict=True) == frame


@given(st.lists(st.tuples(noise, frames), max_size=5), st.lists(st.integers(0, 2000), max_size=9))
def test_scanner_finds_every_frame_however_sliced(parts, cuts):
    stream = b"".join(junk + encode(frame) for junk, frame in parts)
    scanner = Scanner()
    found = [each for piece in sliced(stream, cuts) for each in scanner.feed(piece)]
    assert found == [frame for _, frame in parts]


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=5))
def test_scanner_takes_any_bytes_and_slicing_changes_nothing(data, cuts):
    scanner = Scanner()
    pieces = [each for piece in sliced(data, cuts) for each in scanner.feed(piece)]
    assert pieces == Scanner().feed(data)
    assert Scanner().feed(data + encode(Frame("sid")))[-1] == Frame("sid")


@given(st.binary(max_size=200))
def test_decode_takes_any_bytes(body):
    assert isinstance(decode(body), Frame | Malformed)


@given(frames, st.integers(0, 7), st.data())
def test_a_flipped_bit_is_never_believed(frame, bit, data):
    raw = bytearray(encode(frame)[1:-6])  # the payload
    position = data.draw(st.integers(0, len(raw) - 1))
    raw[position] ^= 1 << bit
    body = bytes(raw) + encode(frame)[-6:-1]
    assert decode(body) == Malformed(BAD_CRC)
