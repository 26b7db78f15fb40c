"""POSNET frames read in a second, against what the fastest line can bring. The stream is sliced.

The peer does the least a reader must: cut at ETX, check the CRC, decode and split the fields.
"""

from __future__ import annotations

from binascii import crc_hqx
from typing import TYPE_CHECKING

from bench.measure import Row, in_turn, middle, ratio, timed
from drivers.posnet.frame import Frame, Scanner, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.measure import Run

BAUD = 115_200
GOAL, PEER_GOAL = 0.1, 10.0
_BITS_PER_BYTE = 10
# As much as a serial port gives at once.
_SLICE = 64
_FRAMES = 5_000


def rows(run: Run) -> Iterator[Row]:
    """Our reader by the line, and by the bare cut."""
    stream = b"".join(encode(_answer(no)) for no in range(_FRAMES))
    ours, bare = in_turn(
        run.some(9, 3), lambda: timed(_read, stream), lambda: timed(_read_bare, stream)
    )
    line_s = len(stream) * _BITS_PER_BYTE / BAUD
    rate = middle([_FRAMES / taken_s for taken_s in ours], 1, " /s")
    how = f"{_FRAMES} frames of {len(stream) // _FRAMES} bytes in slices of {_SLICE}"
    per_s = f"line at {BAUD} Bd {_FRAMES / line_s:.0f} /s"
    yield Row("frames read", rate, per_s, ratio(ours, [line_s] * len(ours)), GOAL, how)
    peer = f"split and CRC alone {middle([_FRAMES / taken_s for taken_s in bare], 1, ' /s')}"
    yield Row("frames read, by the bare cut", rate, peer, ratio(ours, bare), PEER_GOAL, how)


def _answer(no: int) -> Frame:
    fields = (("hr", str(no % 99)), ("ns", "ABC1234567890"), ("da", "2024-06-01"), ("to", str(no)))
    return Frame("scnt", fields, token=str(no % 9_999))


def _read(stream: bytes) -> None:
    scanner = Scanner()
    found = [frame for part in _slices(stream) for frame in scanner.feed(part)]
    assert len(found) == _FRAMES
    assert all(isinstance(frame, Frame) for frame in found)


def _read_bare(stream: bytes) -> None:
    *frames, rest = stream.split(b"\x03")
    assert not rest
    for frame in frames:
        body, _, sum_ = frame[1:].rpartition(b"#")
        assert crc_hqx(body, 0) == int(sum_, 16)
        parts = body.decode("cp1250").split("\t")
        assert [(part[:2], part[2:]) for part in parts]


def _slices(stream: bytes) -> Iterator[bytes]:
    for at in range(0, len(stream), _SLICE):
        yield stream[at : at + _SLICE]
