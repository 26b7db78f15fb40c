from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import Unreachable
from drivers.gs1 import TEXT_MAX
from drivers.link import LinkLost
from drivers.scanner import GAP_S, Framer, SerialScanner

EAN = "5901234123457"


def codes(*pieces: bytes, gap_s: float = 0.001) -> list[str]:
    framer = Framer()
    found = []
    for no, piece in enumerate(pieces):
        found += framer.feed(piece, no * gap_s)
    return found + framer.rest(len(pieces) * gap_s + 10)


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\t", b"\x03", b""])
def test_a_code_ends_with_a_sign_or_with_a_pause(end):
    assert codes(EAN.encode() + end) == [EAN]


def test_slices_are_joined():
    assert codes(b"590", b"1234", b"", b"123457\r96385", b"074\r") == [EAN, "96385074"]


def test_stx_begins_anew():
    assert codes(b"noise\x02" + EAN.encode() + b"\x03") == [EAN]


def test_a_pause_divides_two_codes_without_ends():
    framer = Framer()
    assert framer.feed(b"96385074", 1.0) == []
    assert framer.rest(1.0 + GAP_S / 2) == []
    assert framer.feed(EAN.encode(), 1.0 + 1.5 * GAP_S) == ["96385074"]
    assert framer.rest(1.0 + 3 * GAP_S) == [EAN]


def test_a_crackle_is_no_code():
    assert codes(b"\xff\xfe", gap_s=1) == []
    assert codes(b"7\r") == ["7"]


def test_letters_of_other_alphabets():
    assert codes("zażółć\r".encode()) == ["zażółć"]
    assert codes("zażółć\r".encode("cp1250")) == ["zażółć"]


def test_memory_is_bounded():
    framer = Framer()
    for no in range(1000):
        assert framer.feed(b"7" * 1000, no * 0.001) == []
    assert len(framer._pending) <= TEXT_MAX + 1
    (text,) = framer.feed(b"\r", 1.0)
    assert len(text) == TEXT_MAX + 1


@given(st.lists(st.binary(max_size=30), max_size=10))
def test_hostile_bytes_never_raise(pieces):
    for text in codes(*pieces):
        assert len(text) <= TEXT_MAX + 1


@given(st.lists(st.from_regex(r"[!-~]{4,20}", fullmatch=True), max_size=5), st.data())
def test_however_it_was_sliced(texts, data):
    stream = "".join(text + "\r\n" for text in texts).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert codes(*pieces) == texts


class Line:
    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)
        self.waits: list[float] = []
        self.is_closed = False

    def read(self, timeout_s: float) -> bytes:
        self.waits.append(timeout_s)
        if not self.pieces:
            raise LinkLost("unplugged", may_have_sent=True)  # noqa: EM101
        return self.pieces.pop(0)

    def close(self) -> None:
        self.is_closed = True


def test_scans_come_from_the_line():
    line = Line(b"]E0" + EAN.encode() + b"\r", b"", b"\r\r", b"~A1\r~A2\r")
    scanner = SerialScanner(lambda: line, prefix="~")
    read = [[scan.code for scan in scanner.read(5)] for _ in range(4)]
    assert read == [[EAN], [], [], ["A1", "A2"]]
    assert max(line.waits) <= GAP_S


def test_a_line_that_breaks_is_opened_anew():
    lines = [Line(b"5901"), Line(EAN.encode() + b"\r")]
    opened = iter(lines)
    scanner = SerialScanner(lambda: next(opened))
    assert scanner.read(0) == []
    with pytest.raises(Unreachable, match="unplugged"):
        scanner.read(0)
    assert lines[0].is_closed
    # Half a code of the old line is no beginning of the next one.
    assert [scan.code for scan in scanner.read(0)] == [EAN]
    scanner.close()
    scanner.close()
    assert lines[1].is_closed


def test_a_scanner_that_is_not_there():
    def absent() -> Line:
        raise Unreachable("no such port")  # noqa: EM101, TRY003

    with pytest.raises(Unreachable, match="no such port"):
        SerialScanner(absent).open()
