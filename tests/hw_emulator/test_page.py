from __future__ import annotations

import base64
import io
import re
from datetime import datetime
from html.parser import HTMLParser

import pytest
from PIL import Image

from hw_emulator.page import PRINTOUTS_MAX, page
from hw_emulator.paper import Printout
from hw_emulator.rows import Align, Bitmap, Code, Cut, Feed, Run, Style, Text, text_row

VOID = {"meta", "br", "hr", "img"}


class Checker(HTMLParser):
    """Whether every tag is closed in its order, and what can be read."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "article" in self.open and "title" not in self.open:
            self.text += data


def made(*printed, **options) -> str:
    printout = Printout(7, datetime(2026, 3, 2, 10, 0), (), printed)
    text = page([printout], 40, **options)
    checker = Checker()
    checker.feed(text)
    assert checker.open == []
    return text


def read(text: str) -> str:
    checker = Checker()
    checker.feed(text)
    return checker.text


def test_text_can_be_selected_line_by_line_and_nothing_in_it_is_html():
    text = made("Łosoś <b>&amp;", "  dwie spacje", "")
    assert read(text) == "Łosoś <b>&amp;\n  dwie spacje\n\n"


def test_nothing_is_loaded_from_anywhere():
    text = made("a", Code("QR", "x"), Bitmap(8, 1, b"\xff"))
    assert "script" not in text
    assert not re.search(r"(src|href)=\"(?!data:)", text)


def test_styles():
    styles = {
        "b": {"bold": True},
        "u": {"underline": 1},
        "n": {"inverted": True},
        "s": {"small": True},
    }
    for name, style in styles.items():
        assert f'<span class="{name}">x</span>' in made(text_row("x", Style(**style)))
    large = made(text_row("SUMA", Style(wide=2, high=3, bold=True)))
    assert 'class="m b"' in large
    assert "scale(2,3)" in large
    assert "width:8ch;height:3.51em" in large
    assert 'class="r"' in made(Text((Run("x"),), Align.RIGHT))
    assert "rotate(180deg)" in made(Text((Run("x"),), upside_down=True))
    assert "padding-left:10.00ch" in made(Text((Run("x"),), indent=120))


def test_a_qr_code_is_drawn_square_by_square():
    text = made(Code("QR", "<hej>", module=3))
    assert "<title>QR: &lt;hej&gt;</title>" in text
    path = re.search(r'<path d="([^"]+)"', text).group(1)
    # The first row of a finder pattern, four quiet squares in.
    assert path.startswith("M4 4h7v1h-7z")


def test_bars_are_high_and_have_their_caption():
    text = made(Code("EAN13", "5901234123457", module=2, height=80, caption="590"))
    assert "v40h-" in text
    assert "</svg><br>590" in text


def test_a_code_nobody_draws_is_said_in_words():
    assert "no picture of AZTEC" in made(Code("AZTEC", "x"))


def test_an_image_is_a_png_of_its_dots():
    text = made(Bitmap(10, 2, bytes([0b10000000, 0, 0, 0b01000000]), across=2))
    assert 'width="20" height="2"' in text
    data = base64.b64decode(re.search(r"base64,([^\"]+)", text).group(1))
    with Image.open(io.BytesIO(data)) as image:
        grey = image.convert("L")
        dark = [(x, y) for y in range(2) for x in range(10) if grey.getpixel((x, y)) == 0]
    assert dark == [(0, 0), (9, 1)]


def test_short_data_and_empty_paper():
    assert made(Bitmap(8, 5, b"\xff"), Bitmap(0, 0, b""), Feed(48), Cut())


def test_the_last_ones_come_first():
    many = [Printout(number, datetime(2026, 3, 2), (), (f"nr {number}",)) for number in range(300)]
    text = page(many, 40, refresh_s=2)
    assert text.count("<article>") == PRINTOUTS_MAX
    assert text.index("nr 299") < text.index("nr 200")
    assert "nr 199" not in text
    assert '<meta http-equiv="refresh" content="2">' in text
    assert "refresh" not in page(many, 40)


@pytest.mark.parametrize("columns", [32, 40, 56])
def test_paper_is_as_wide_as_its_columns(columns):
    assert f"width: {columns}ch" in page([], columns)
