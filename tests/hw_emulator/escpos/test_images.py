from __future__ import annotations

import pytest
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hw_emulator.escpos.images import from_columns, scaled
from hw_emulator.escpos.rows import Bitmap

# A corner: its uppermost row and its leftmost column.
CORNER = bytes([0xFF] + [0x80] * 7)


def dots(bitmap: Bitmap) -> list[str]:
    size = bitmap.row_bytes
    return [
        f"{int.from_bytes(bitmap.bits[at : at + size]):0{size * 8}b}"[: bitmap.width]
        for at in range(0, len(bitmap.bits), size)
    ]


def test_a_raster(printer):
    printer.feed(b"\x1dv0\x00\x01\x00\x08\x00" + CORNER)
    assert dots(printer.items[0].content) == ["11111111", *["10000000"] * 7]
    printer.feed(b"\x1dv0\x03\x01\x00\x01\x00\xa0")
    assert dots(printer.items[0].content) == ["1100110000000000"] * 2


def test_columns_are_part_of_a_line(printer):
    printer.feed(b"a\x1b*\x21\x02\x00" + b"\x80\x00\x01" * 2 + b"b\n")
    text, image, last = printer.items
    assert dots(image.content) == ["11", *["00"] * 22, "11"]
    assert (text.x, image.x, last.x) == (0, 12, 14)


@pytest.mark.parametrize(
    ("mode", "size"), [(0, (4, 24)), (1, (2, 24)), (32, (4, 24)), (33, (2, 24))]
)
def test_densities(printer, mode, size):
    printer.feed(b"\x1b*" + bytes([mode, 2, 0]) + b"\xff" * (2 if mode < 2 else 6) + b"\n")
    bitmap = printer.items[0].content
    assert (bitmap.width, bitmap.height) == size


def test_graphics_are_taken_and_then_printed(printer):
    body = b"0p0\x01\x02\x31\x08\x00\x08\x00" + CORNER
    printer.feed(b"\x1d(L" + len(body).to_bytes(2, "little") + body)
    assert printer.printed == []
    printer.feed(b"\x1d(L\x02\x0002\x1d(L\x02\x0002")
    assert printer.printed == ["[image 8x16]"]
    printer.feed(b"\x1d8L" + len(body).to_bytes(4, "little") + body + b"\x1d(L\x02\x000\x02")
    assert printer.printed == ["[image 8x16]"] * 2


def test_graphics_that_are_too_short_are_none(printer):
    printer.feed(b"\x1d(L\x0c\x000p0\x01\x01\x31\xff\x00\xff\x00ab\x1d(L\x02\x0002\x1d(L\x01\x000")
    assert printer.printed == []


def test_pictures_kept_by_two_letters(printer):
    body = b"0C0K1\x01\x08\x00\x08\x001" + CORNER
    printer.feed(b"\x1d(L" + len(body).to_bytes(2, "little") + body)
    printer.feed(b"\x1d(L\x06\x000EK1\x01\x01\x1d(L\x06\x000EK1\x02\x01\x1d(L\x06\x000EXX\x01\x01")
    assert printer.printed == ["[picture K1 8x8]", "[picture K1 16x8]"]
    printer.feed(b"\x1d(L\x04\x000BK1\x1d(L\x06\x000EK1\x01\x01")
    assert len(printer.printed) == 2


def test_forgetting_them_all(printer):
    body = b"0C0K1\x01\x08\x00\x08\x001" + CORNER
    printer.feed(b"\x1d(L" + len(body).to_bytes(2, "little") + body)
    printer.feed(b"\x1d(L\x05\x000ACLR\x1d(L\x06\x000EK1\x01\x01")
    assert printer.printed == []


def test_pictures_kept_by_number(printer):
    one = b"\x01\x00\x01\x00" + CORNER
    printer.feed(b"\x1cq\x02" + one + one + b"\x1cp\x02\x00\x1cp\x01\x03\x1cp\x03\x00")
    assert printer.printed == ["[picture 2 8x8]", "[picture 1 16x16]"]
    # In columns the corner is the same corner.
    assert dots(printer.rows[0].items[0].content) == ["11111111", *["10000000"] * 7]
    printer.feed(b"\x1cq\x01" + one + b"\x1cp\x02\x00")
    assert len(printer.printed) == 2


def test_a_downloaded_picture_is_gone_after_a_reset(printer):
    printer.feed(b"\x1d*\x01\x01" + CORNER + b"\x1d/\x00\x1d/\x03\x1b@\x1d/\x00")
    assert printer.printed == ["[image 8x8]", "[image 16x16]"]


@pytest.mark.parametrize("impl", ["bitImageRaster", "graphics", "bitImageColumn"])
def test_what_python_escpos_draws_is_what_was_drawn(printer, impl):
    picture = Image.new("1", (24, 24), 1)
    picture.putpixel((3, 5), 0)
    picture.putpixel((23, 23), 0)
    device = Dummy(profile="TM-T88V")
    device.image(picture, impl=impl)
    printer.feed(device.output)
    found = dots(printer.items[0].content)
    black = {(x, y) for y, row in enumerate(found) for x, dot in enumerate(row) if dot == "1"}
    assert black == {(3, 5), (23, 23)}


@given(st.integers(1, 20), st.integers(1, 3), st.data())
def test_columns_turned_into_rows(width, parts, data):
    columns = data.draw(st.binary(min_size=width * parts, max_size=width * parts))
    found = dots(from_columns(columns, width, parts * 8))
    for x in range(width):
        column = columns[x * parts : (x + 1) * parts]
        assert "".join(row[x] for row in found) == "".join(f"{byte:08b}" for byte in column)


@given(st.integers(1, 20), st.integers(1, 5), st.integers(1, 3), st.integers(1, 3), st.data())
def test_scaling(width, height, across, down, data):
    size = -(-width // 8) * height
    bitmap = Bitmap(width, height, data.draw(st.binary(min_size=size, max_size=size)))
    large = scaled(bitmap, across, down)
    expected = ["".join(dot * across for dot in row) for row in dots(bitmap) for _ in range(down)]
    assert dots(large) == expected
