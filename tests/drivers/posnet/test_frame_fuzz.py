"""Frames that were mutated, sliced and buried in noise, in both directions; seeded, never flaky."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.posnet.frame import (
    ETX,
    FRAME_MAX,
    STX,
    TOO_LONG,
    Frame,
    Malformed,
    Scanner,
    decode,
    encode,
)

ROUNDS = 120_000
PER_FEED = 20
GOOD = Frame("scnt", (("rd", "4"), ("hn", "55")), "0042")

REQUESTS = [
    Frame("trinit", (("bm", "1"),), "0001"),
    Frame("trline", (("na", "Mleko łaciate 2 %"), ("vt", "1"), ("pr", "349"), ("il", "2,5"))),
    Frame("trline", (("na", "a#1234 @7 ?5"), ("vt", "0"), ("pr", "100"), ("st", "1"))),
    Frame("trpayment", (("ty", "0"), ("wa", "1000"), ("re", "0"), ("na", ""))),
    Frame("trend", (("to", "999"), ("fp", "999"), ("fe", "0")), "9999"),
    Frame("dailyrep", (("da", "2026-10-09"),), "7"),
    Frame("ftrcfg", (("sn", "K1-17"), ("ln", "&cDziękujemy&c\nZapraszamy"))),
    Frame("sdev", immediate=True),
    Frame("hdrset", (("tx", "&1Sklep&1\n" + "x" * 600),)),
]
ANSWERS = [
    Frame("trinit", token="0001"),
    Frame("trline", error=2106, token="0002"),
    Frame("ERR", (("cm", "trline"), ("fd", "pr")), "0003", 3),
    Frame("scnt", (("rd", "4"), ("hn", "55"), ("bn", "0"), ("nu", "ABC 2101000001"))),
    Frame("stot", tuple((f"p{letter}", "12345678901") for letter in "abcdefg")),
    Frame("rtcget", (("da", "2026-10-09;11:48"), ("tm", "2026-10-09T11:48:15+02:00"))),
]


def flip(dice: random.Random, raw: bytearray) -> None:
    raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)


def overwrite(dice: random.Random, raw: bytearray) -> None:
    raw[dice.randrange(len(raw))] = dice.choice(b"\x02\x03\x09#@?!&\x00\x0a\xff\x81")


def delete(dice: random.Random, raw: bytearray) -> None:
    start = dice.randrange(len(raw))
    del raw[start : start + dice.randrange(1, 5)]


def insert(dice: random.Random, raw: bytearray) -> None:
    start = dice.randrange(len(raw) + 1)
    raw[start:start] = dice.randbytes(dice.randrange(1, 5))


def truncate(dice: random.Random, raw: bytearray) -> None:
    del raw[dice.randrange(len(raw)) :]


def repeat(dice: random.Random, raw: bytearray) -> None:
    start = dice.randrange(len(raw))
    raw[start:start] = raw[start : start + dice.randrange(1, 30)]


def swell(dice: random.Random, raw: bytearray) -> None:
    start = dice.randrange(len(raw))
    raw[start:start] = bytes([dice.randrange(32, 256)]) * dice.choice((500, FRAME_MAX, 20_000))


MUTATIONS = [flip] * 6 + [overwrite] * 4 + [delete, insert, truncate, repeat] * 2


def mutate(dice: random.Random, frame: bytes) -> bytes:
    raw = bytearray(frame)
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        if raw:
            (swell if dice.random() < 0.002 else dice.choice(MUTATIONS))(dice, raw)
    return bytes(raw)


def sliced(dice: random.Random, data: bytes):
    at = 0
    while at < len(data):
        size = dice.choice((1, 2, 7, 30, 400, 5000))
        yield data[at : at + size]
        at += size


@pytest.mark.parametrize(
    ("frames", "strict", "seed"), [(REQUESTS, False, 1), (ANSWERS, True, 2)], ids=["in", "out"]
)
def test_mutated_frames_raise_nothing_fill_nothing_and_lose_no_good_frame(frames, strict, seed):
    dice = random.Random(seed)
    raw_frames, good = [encode(frame) for frame in frames], encode(GOOD)
    scanner = Scanner(strict=strict)
    kinds: set[type] = set()
    for _ in range(ROUNDS // PER_FEED):
        noise = b"".join(mutate(dice, dice.choice(raw_frames)) for _ in range(PER_FEED))
        found: list[Frame | Malformed] = []
        for piece in sliced(dice, noise[: len(noise) - dice.randrange(40)] + good):
            found += scanner.feed(piece)
            assert len(scanner._pending) <= FRAME_MAX
        assert found[-1] == GOOD, (seed, noise)
        kinds.update(map(type, found))
        for one in found:
            check(one)
    assert kinds == {Frame, Malformed}


def check(found: Frame | Malformed) -> None:
    """What was believed can be said again and means the same."""
    if isinstance(found, Malformed):
        assert 0 < found.code < 16
        return
    text = found.mnemonic + "".join(value for _, value in found.fields)
    if text.isprintable() and "�" not in text and found != GOOD:
        assert decode(encode(found)[1:-1], strict=True) == found


def byte_by_byte(stream: list[bytes]) -> list[Frame | Malformed]:
    """The rules of the scanner in their plainest form."""
    found: list[Frame | Malformed] = []
    body: bytearray | None = None
    for data in stream:
        for number in data:
            byte = bytes([number])
            if byte == STX:
                body = bytearray()
            elif body is None:
                continue
            elif byte == ETX:
                found.append(decode(bytes(body)))
                body = None
            elif len(body) >= FRAME_MAX:
                found.append(Malformed(TOO_LONG))
                body = None
            else:
                body += byte
    return found


delimited = st.lists(
    st.sampled_from([b"\x02", b"\x03", b"\t", b"#", b"x" * (FRAME_MAX - 1), b"x", encode(GOOD)])
    | st.binary(max_size=8),
    max_size=25,
)


@settings(max_examples=150)
@given(delimited, st.lists(st.integers(1, 3 * FRAME_MAX), min_size=1, max_size=6))
def test_the_quick_scanner_finds_what_the_plain_one_finds(parts, sizes):
    stream, data = [], b"".join(parts)
    for size in sizes * 50:
        stream.append(data[:size])
        data = data[size:]
    scanner = Scanner()
    assert [one for piece in stream for one in scanner.feed(piece)] == byte_by_byte(stream)


@given(st.binary(max_size=60), st.integers(0, 400))
def test_a_good_frame_is_found_after_any_noise_and_any_torn_frame(noise, cut):
    torn = encode(REQUESTS[1])[: cut % 60]
    for before in (noise, torn, noise + torn, torn + noise):
        assert Scanner().feed(before + encode(GOOD))[-1] == GOOD


def test_cut_gives_the_bytes_of_each_frame_and_the_head_of_an_endless_one():
    raw = encode(GOOD)
    endless = b"\x02" + b"x" * (FRAME_MAX + 100)
    assert Scanner().cut(b"noise" + raw + b"\x02half" + raw) == [raw, raw]
    assert Scanner().cut(endless + raw) == [endless[: FRAME_MAX + 2], raw]


@pytest.mark.parametrize(
    ("body", "believed"), [(b"sid\t#8A94", True), (b"sid#1CC8", False), (b"x\tna1#72DF", False)]
)
def test_strict_wants_a_tab_after_every_field(body, believed):
    assert isinstance(decode(body), Frame)
    assert isinstance(decode(body, strict=True), Frame) is believed
