from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from hw_emulator import picture
from hw_emulator.codes import matrix
from hw_emulator.markup import rows_of
from hw_emulator.picture import draw, png
from hw_emulator.rows import PLAIN, Align, Bitmap, Code, Cut, Feed, Run, Style, Text, text_row

LEFT, TOP = picture._DESK + picture._MARGIN, picture._DESK + picture._TOP


def printed(*rows, columns=40) -> Image.Image:
    """What is between the margins, True where there is ink."""
    whole = draw(rows, columns)
    inner = whole.convert("L").crop(
        (LEFT, TOP, LEFT + columns * 12, whole.height - TOP - picture.CELL_HEIGHT)
    )
    return inner.point(lambda grey: 255 if grey < 128 else 0)


def test_a_picture_is_as_wide_as_its_columns_and_as_high_as_its_rows():
    one, two = draw([text_row("a")], 40), draw([text_row("a"), text_row("b")], 40)
    assert two.height - one.height == 24
    assert draw([text_row("a")], 48).width - one.width == 8 * 12


@pytest.mark.parametrize(
    ("align", "start"), [(Align.LEFT, 0), (Align.CENTRE, 19 * 12), (Align.RIGHT, 38 * 12)]
)
def test_alignment(align, start):
    left, _, right, _ = printed(text_row("██", PLAIN, align)).getbbox()
    assert (left, right) == pytest.approx((start, start + 24), abs=1)


def test_an_indent_moves_the_margin():
    box = printed(Text((Run("█"),), indent=100)).getbbox()
    assert box[0] == pytest.approx(100, abs=1)


def test_lines_may_be_further_apart():
    assert printed(Text((Run("a"),), height=60)).height == 60
    assert printed(text_row("a", Style(high=3))).height == 72


def test_upside_down():
    left, top, *_ = printed(Text((Run("L"),), upside_down=True)).getbbox()
    assert left > 38 * 12
    assert top < 12


def test_a_qr_code_is_there_square_by_square():
    code = Code("QR", "https://example.com", module=4)
    shown = printed(code)
    left, top, right, _ = shown.getbbox()
    squares = matrix(code)
    assert right - left == 4 * len(squares)
    read = [
        [shown.getpixel((left + 4 * x + 2, top + 4 * y + 2)) == 255 for x in range(len(squares))]
        for y in range(len(squares))
    ]
    assert read == squares


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("QR", "zażółć gęślą jaźń"),
        ("PDF417", "kasoterminal 123"),
        ("EAN13", "5901234123457"),
        ("EAN8", "12345670"),
        ("CODE39", "KASO-1"),
        ("CODE128", "Kaso 128"),
        ("ITF", "12345678"),
    ],
)
def test_what_is_drawn_can_be_scanned(kind, data):
    image = draw([text_row("before"), Code(kind, data), text_row("after")], 48)
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [data]


def test_a_code_in_a_printed_line_can_be_scanned():
    rows = rows_of(["[QR ECC=M PX=4] https://example.com", "[PDF417 ECC=3 PX=2 COLS=5] abc"], 48)
    found = {one.text for one in zxingcpp.read_barcodes(draw(rows, 48))}
    assert found == {"https://example.com", "abc"}


def test_bars_have_their_height_and_caption():
    bare = printed(Code("EAN13", "5901234123457", module=2, height=50))
    with_text = printed(Code("EAN13", "5901234123457", module=2, height=50, caption="590"))
    left, top, right, bottom = bare.getbbox()
    assert (right - left, bottom - top) == (95 * 2, 50)
    assert with_text.getbbox()[3] > bottom + 5


def test_a_code_too_wide_for_its_module_gets_narrower_bars():
    left, _, right, _ = printed(Code("EAN13", "5901234123457", module=8), columns=32).getbbox()
    assert right - left == 95 * 3


@pytest.mark.parametrize(
    "code", [Code("AZTEC", "abc"), Code("CODE128", "x" * 200), Code("EAN13", "kawa")]
)
def test_a_code_nobody_draws_is_a_frame_with_words(code):
    box = printed(code).getbbox()
    assert box[3] - box[1] > 3 * 17


def test_bits_of_a_bitmap_are_dots():
    shown = printed(Bitmap(10, 2, bytes([0b10000000, 0b01000000, 0, 0]), across=3, down=2))
    dots = [x for x in range(30) if shown.getpixel((x, 0)) == 255]
    assert dots == [0, 1, 2, 27, 28, 29]
    assert shown.getpixel((0, 1)) == 255
    assert shown.getpixel((0, 2)) == 0


@pytest.mark.parametrize("bitmap", [Bitmap(0, 0, b""), Bitmap(8, 100, b"\xff"), Bitmap(8, 0, b"x")])
def test_a_bitmap_with_too_little_in_it(bitmap):
    assert draw([bitmap], 32)


def test_empty_paper_and_cuts():
    assert printed(Feed(77)).height == 77
    assert printed(Feed(0)).height == 1
    assert draw([], 32).height > 0
    assert draw([Cut()], 32).convert("L").getpixel((LEFT + 2, TOP + 12)) == pytest.approx(
        128, abs=20
    )


def test_a_roll_without_end_is_cut_off_and_says_so():
    rows = [Feed(picture.HEIGHT_MAX // 2)] * 3 + [text_row("never seen")]
    image = draw(rows, 32)
    assert image.height < picture.HEIGHT_MAX + 500
    assert draw([Bitmap(8, 9, b"\xff" * 9, down=10**6)], 32).height < picture.HEIGHT_MAX + 500


def test_a_file():
    with Image.open(io.BytesIO(png([text_row("Żółw")], 40))) as image:
        assert image.format == "PNG"
        assert image.size == draw([text_row("Żółw")], 40).size
