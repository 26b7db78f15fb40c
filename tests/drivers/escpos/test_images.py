from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.escpos.images import disarm, logo
from drivers.escpos.setup import Setup, fit
from hw_emulator.escpos.parser import Parser


def made(tmp_path, size, name="logo.png", **options):
    file = tmp_path / name
    image = Image.new(options.get("mode", "1"), size, options.get("colour", 0))
    image.save(file)
    return fit(Setup(profile=options.get("profile", "TM-T20II"), logo=str(file)))


def heights(pieces):
    return [int.from_bytes(piece[6:8], "little") for piece in pieces]


def test_a_logo_comes_in_fragments(tmp_path):
    pieces = logo(made(tmp_path, (64, 80)))
    assert heights(pieces) == [28, 28, 24]
    assert all(piece[:4] == b"\x1dv0\x00" for piece in pieces)
    assert {piece[4:6] for piece in pieces} == {b"\x08\x00"}
    assert pieces[2][8:] == b"\xff" * 8 * 24  # black is set


def test_each_fragment_is_one_command(tmp_path):
    for piece in logo(made(tmp_path, (100, 130))):
        (op,) = Parser().feed(piece)
        assert (op.name, len(op.data)) == ("GS v", len(piece) - 2)


def test_a_logo_is_made_narrower_where_the_paper_is(tmp_path):
    (piece,) = logo(made(tmp_path, (800, 80), profile="POS-5890"))
    assert (piece[4], heights([piece])) == (48, [38])
    assert max(heights(logo(made(tmp_path, (576, 600))))) == 28
    assert sum(heights(logo(made(tmp_path, (10, 5000))))) == 600


def test_what_is_see_through_is_white(tmp_path):
    (piece,) = logo(made(tmp_path, (8, 2), mode="RGBA", colour=(0, 0, 0, 0)))
    assert piece[8:] == b"\x00\x00"


@pytest.mark.parametrize("name", ["logo.bmp", "logo.gif", "logo.pbm"])
def test_other_picture_files(tmp_path, name):
    (piece,) = logo(made(tmp_path, (8, 3), name))
    assert piece[8:] == b"\xff\xff\xff"


def test_logos_in_the_printer():
    assert logo(fit(Setup(logo="nv:3"))) == (b"\x1cp\x03\x00",)
    assert logo(fit(Setup(logo="key:K1"))) == (b"\x1d(L\x06\x000EK1\x01\x01",)
    assert logo(fit(Setup())) == ()


def test_a_picture_that_is_none(tmp_path):
    file = tmp_path / "logo.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"rubbish")
    with pytest.raises(ValueError, match="logo"):
        logo(fit(Setup(logo=str(file))))


REAL_TIME = re.compile(rb"\x10[\x04\x05\x14]")
ARMED = st.lists(
    st.sampled_from([b"\x10", b"\x04", b"\x05", b"\x14", b"\x01", b"\xff"]), max_size=60
)


@given(ARMED)
def test_no_picture_holds_a_command(parts):
    data = b"".join(parts)
    pieces = [b"\x1b@", b"\x1dv0\x00\x01\x00" + len(data).to_bytes(2, "little") + data]
    before = list(pieces)
    disarm(pieces)
    assert not REAL_TIME.search(pieces[1][8:])
    assert pieces[0] == before[0]
    assert pieces[1][:8] == before[1][:8]
    turned = sum(a != b for a, b in zip(pieces[1], before[1], strict=True))
    assert turned == len(REAL_TIME.findall(before[1][8:]))
