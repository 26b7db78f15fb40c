from __future__ import annotations

import struct

import pytest

from hw_emulator.posnet.books import Books
from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.image_store import (
    Image,
    bmp_length,
    from_bmp,
    placed_image,
    row_bytes,
    stored_image,
    stored_slots,
)

CROSS = Image(10, 3, bytes.fromhex("8040 3F00 C0C0"))


def test_rows_take_whole_bytes():
    assert [row_bytes(width) for width in (1, 8, 9, 640)] == [1, 1, 2, 80]


def test_a_bmp_of_our_own_reads_back():
    data = CROSS.as_bmp()
    assert data[:2] == b"BM"
    assert bmp_length(data) == len(data)
    assert from_bmp(data) == CROSS


def test_a_bmp_with_the_colours_the_other_way_round():
    data = bytearray(CROSS.as_bmp())
    data[54:62] = data[58:62] + data[54:58]  # swap the palette: a set bit is white now
    data[62:] = bytes(byte ^ 0xFF for byte in data[62:])
    assert from_bmp(bytes(data)) == CROSS


def test_a_bmp_in_colour():
    rows = [b"\0\0\0" + b"\xff\xff\xff" + b"\0\0", b"\xff\xff\xff" + b"\0\0\0" + b"\0\0"]
    header = struct.pack(
        "<2sIHHIIiiHHIIiiII", b"BM", 70, 0, 0, 54, 40, 2, 2, 1, 24, 0, 0, 0, 0, 0, 0
    )
    data = header + b"".join(rows)
    assert bmp_length(data) == len(data)
    assert from_bmp(data) == Image(2, 2, b"\x40\x80")  # the first row of the file is the lowest
    upside_down = data[:22] + struct.pack("<i", -2) + data[26:]
    assert from_bmp(upside_down) == Image(2, 2, b"\x80\x40")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda b: b"XM" + b[2:], 3266),
        (lambda b: b[:2] + b"\0\0\0\0" + b[6:], 3266),
        (lambda b: b[:14] + b"\x0c\0\0\0" + b[18:], 3266),
        (lambda b: b[:28] + b"\x08\0" + b[30:], 3267),
        (lambda b: b[:30] + b"\x01\0\0\0" + b[34:], 3267),
        (lambda b: b[:18] + struct.pack("<i", 641) + b[22:], 3253),
        (lambda b: b[:18] + struct.pack("<i", 0) + b[22:], 3253),
    ],
)
def test_files_that_are_no_image(change, code):
    with pytest.raises(Refused) as refused:
        bmp_length(change(CROSS.as_bmp()))
    assert refused.value.code == code


def test_too_little_of_a_file_says_nothing_yet():
    assert bmp_length(b"") is None
    assert bmp_length(b"B") is None
    assert bmp_length(CROSS.as_bmp()[:53]) is None


def test_images_are_kept_by_their_slots():
    books = Books()
    books.settings["flash.image.7"] = {**CROSS.as_record(), "document": 3}
    books.settings["flash.image.2"] = None
    assert stored_slots(books) == [7]
    assert stored_image(books, 7) == Image(10, 3, CROSS.bits, 3)
    with pytest.raises(Refused):
        stored_image(books, 2)
    assert placed_image(books, "header") == []
    books.settings["flash.imageof.header"] = 7
    assert placed_image(books, "header") == ["[IMAGE 7 10x3]"]
    books.settings["flash.imageof.header"] = 2
    assert placed_image(books, "header") == []
