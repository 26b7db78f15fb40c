"""Images in the printer's memory: one bit a dot, as sent raw or as a BMP file. Pure.

Raw rows take whole bytes, the highest bit is on the left, 1 is black. Source: protocol.md
appendix A, "Images".
"""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hw_emulator import marks
from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.setup_codes import SetupCode

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books, Record

SIDE_MAX = 640
BMP_HEADER = 54
_BMP = struct.Struct("<2sIHHIIiiHHIIiiII")
_WHITE_BLACK = b"\xff\xff\xff\x00\x00\x00\x00\x00"
_MONO, _COLOUR = 1, 24
_DARK = 3 * 128


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; ``bits`` are its raw rows. ``document`` is its number in protected memory."""

    width: int
    height: int
    bits: bytes
    document: int = 0

    def as_record(self) -> Record:
        """The image as it is kept."""
        bits = base64.b64encode(zlib.compress(self.bits)).decode()
        return {"w": self.width, "h": self.height, "bits": bits}

    def as_bmp(self) -> bytes:
        """The image as a BMP file."""
        row = row_bytes(self.width)
        padding = bytes(-row % 4)
        rows = [self.bits[start : start + row] + padding for start in range(0, len(self.bits), row)]
        data = b"".join(reversed(rows))
        offset = BMP_HEADER + len(_WHITE_BLACK)
        header = (b"BM", offset + len(data), 0, 0, offset, 40, self.width, self.height, 1, _MONO, 0)
        return _BMP.pack(*header, len(data), 0, 0, 2, 2) + _WHITE_BLACK + data

    def mark(self, slot: int) -> str:
        """The line of paper it prints as; what is too wide for the paper is drawn smaller."""
        return marks.image(slot, self.width, self.height)


def row_bytes(width: int) -> int:
    """Bytes of one raw row."""
    return (width + 7) // 8


def need_size(width: int, height: int) -> None:
    """Refuse an image that is empty or too big."""
    if not (0 < width <= SIDE_MAX and 0 < height <= SIDE_MAX):
        raise Refused(SetupCode.IMAGE_SIZE)


def bmp_length(data: bytes) -> int | None:
    """Length of the BMP file that ``data`` begins; None when too little of it is there.

    Raises Refused for what is no BMP, or one of a kind or size the printer does not take.
    """
    if not b"BM".startswith(data[:2]):
        raise Refused(SetupCode.IMAGE_BMP_HEADER)
    if len(data) < BMP_HEADER:
        return None
    _, length, _, _, offset, size, width, height, planes, depth, packing, *_ = _BMP.unpack(
        data[:BMP_HEADER]
    )
    if size < 40 or planes != 1 or offset < BMP_HEADER:  # noqa: PLR2004 - the oldest header
        raise Refused(SetupCode.IMAGE_BMP_HEADER)
    if depth not in {_MONO, _COLOUR} or packing:
        raise Refused(SetupCode.IMAGE_FORMAT)
    need_size(width, abs(height))
    if length != offset + _stride(width, depth) * abs(height):
        raise Refused(SetupCode.IMAGE_BMP_HEADER)
    return int(length)


def _stride(width: int, depth: int) -> int:
    return (width * depth + 31) // 32 * 4


def from_bmp(data: bytes) -> Image:
    """The image in a whole BMP file that ``bmp_length`` has passed."""
    _, _, _, _, offset, size, width, height, _, depth, *_ = _BMP.unpack(data[:BMP_HEADER])
    stride = _stride(width, depth)
    starts = range(offset, offset + stride * abs(height), stride)
    rows = [data[start : start + stride] for start in starts]
    if height > 0:
        rows.reverse()  # bottom up
    if depth == _MONO:
        first, second = data[14 + size : 17 + size], data[18 + size : 21 + size]
        flip = 0xFF if sum(second) > sum(first) else 0  # most files make a set bit white
        bits = b"".join(_mono_row(row, width, flip) for row in rows)
    else:
        bits = b"".join(_colour_row(row, width) for row in rows)
    return Image(width, abs(height), bits)


def _mono_row(row: bytes, width: int, flip: int) -> bytes:
    taken = bytearray(byte ^ flip for byte in row[: row_bytes(width)])
    if width % 8:
        taken[-1] &= 0xFF << (8 - width % 8)
    return bytes(taken)


def _colour_row(row: bytes, width: int) -> bytes:
    taken = bytearray(row_bytes(width))
    for column in range(width):
        if sum(row[3 * column : 3 * column + 3]) < _DARK:
            taken[column // 8] |= 0x80 >> column % 8
    return bytes(taken)


def stored_image(books: Books, slot: int) -> Image:
    """The image in ``slot``; raises Refused when there is none."""
    found = books.settings.get(f"flash.image.{slot}")
    if not found:
        raise Refused(SetupCode.IMAGE_EMPTY)
    bits = zlib.decompress(base64.b64decode(found["bits"]))
    return Image(found["w"], found["h"], bits, found["document"])


def stored_slots(books: Books) -> list[int]:
    """Numbers of the slots with an image."""
    prefix = "flash.image."
    names = (name for name, value in books.settings.items() if value and name.startswith(prefix))
    return sorted(int(name.removeprefix(prefix)) for name in names)


def placed_image(books: Books, place: str) -> list[str]:
    """The image chosen for the "header" or the "footer", as lines of paper."""
    slot = books.settings.get(f"flash.imageof.{place}", 0)
    if not slot or not books.settings.get(f"flash.image.{slot}"):
        return []
    return [stored_image(books, slot).mark(slot)]
