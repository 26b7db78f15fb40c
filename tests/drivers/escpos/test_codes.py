from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.codes import barcode, barcode_dots, is_ean


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("5901234123457", b"\x1dk\x025901234123457\x00"),
        ("96385074", b"\x1dk\x0396385074\x00"),
        ("5901234123458", b"\x1dk\x49\x0f{B5901234123458"),
        ("K1-17", b"\x1dk\x49\x07{BK1-17"),
        ("a{b", b"\x1dk\x49\x06{Ba{{b"),
        ("ż\n", b"\x1dk\x49\x04{Bz "),
    ],
)
def test_barcodes(content, expected):
    assert barcode(content) == expected


@pytest.mark.parametrize("code", ["590123412345", "", "59012341234ab", "٥٩٠١٢٣٤١"])
def test_what_is_no_ean(code):
    assert not is_ean(code)


def test_what_is_too_long():
    with pytest.raises(ValueError, match="code of more than 24"):
        barcode("x" * 25)


@pytest.mark.parametrize(
    ("content", "dots"), [("5901234123457", 190), ("96385074", 134), ("AB", 114), ("{{", 114)]
)
def test_widths(content, dots):
    assert barcode_dots(barcode(content)) == dots


@given(st.text(max_size=24))
def test_no_code_holds_a_command(content):
    try:
        data = barcode(content)
    except ValueError:
        return
    assert all(0x20 <= byte < 0x7F for byte in data[4:].rstrip(b"\x00"))
