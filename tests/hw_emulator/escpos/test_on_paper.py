from __future__ import annotations

import pytest

from hw_emulator import rows as paper
from hw_emulator.escpos.on_paper import shown
from hw_emulator.escpos.rows import Bitmap, Item, Mark, Row, Style, Symbol
from hw_emulator.rows import Align, Code, Cut, Feed, Run, Text
from tests.hw_emulator.escpos.bench import picture, scan

DOT = Bitmap(2, 2, b"\x80\x40")


def test_letters_with_their_looks():
    style = Style("B", 2, 3, is_bold=True, underline=2, is_inverse=True, is_turned=False)
    row = Row((Item(0, "a"), Item(12, "b", style)), 30, align=2, is_upside_down=True)
    looks = paper.Style(bold=True, underline=2, inverted=True, wide=2, high=3, small=True)
    runs = (Run("a"), Run("b", looks))
    assert shown(row) == [Text(runs, Align.RIGHT, 30, upside_down=True)]


def test_letters_stand_where_they_were_put():
    row = Row((Item(24, "a"), Item(60, "b")), 30)
    assert shown(row) == [Text((Run("  "), Run("a"), Run("  "), Run("b")), height=30)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Mark("cut", "partial"), [Cut(is_partial=True)]),
        (Mark("cut", "full"), [Cut()]),
        (Mark("drawer 1"), []),
        (Row((), 45), [Feed(45)]),
        (Row((Item(5, DOT),), 2, align=1), [paper.Bitmap(2, 2, DOT.bits, Align.CENTRE, indent=5)]),
    ],
)
def test_other_rows(row, expected):
    assert shown(row) == expected


def test_pictures_and_letters_of_a_line_stand_below_each_other():
    row = Row((Item(0, "a"), Item(12, DOT), Item(14, "  "), Item(38, DOT), Item(40, "b")), 30)
    assert [type(one) for one in shown(row)] == [Text, paper.Bitmap, paper.Bitmap, Text]


def test_a_qr_code_is_left_to_who_draws():
    row = Row((Item(0, Symbol("QR", "ż".encode(), 6, level=3)),), 0, align=1)
    assert shown(row) == [Code("QR", "ż", 6, level="H", align=Align.CENTRE)]


@pytest.mark.parametrize(("captions", "order"), [(0, "b"), (1, "tb"), (2, "bt"), (3, "tbt")])
def test_bars_with_what_they_say(captions, order):
    found = shown(Row((Item(0, Symbol("EAN8", b"9638507", 2, 40, captions)),), 0))
    assert "".join("t" if isinstance(one, Text) else "b" for one in found) == order
    bars = next(one for one in found if isinstance(one, paper.Bitmap))
    assert (bars.width, bars.height, bars.across, bars.down) == (67, 1, 2, 40)
    # The check digit is printed as well.
    assert all(one.runs == (Run("96385074"),) for one in found if isinstance(one, Text))


def test_a_code_that_cannot_be_coded_leaves_the_paper_white():
    assert shown(Row((Item(0, Symbol("EAN13", b"12", captions=2)),), 30)) == []


def test_on_a_page_lines_come_in_their_height():
    items = (Item(0, "b", y=100), Item(0, "a", y=10), Item(0, DOT, y=60))
    found = shown(Row(items, 400, is_page=True))
    assert [type(one) for one in found] == [Feed, Text, Feed, paper.Bitmap, Feed, Text]
    assert [one.dots for one in found if isinstance(one, Feed)] == [10, 26, 38]


def test_paper_that_can_be_looked_at(printer):
    printer.feed("\x1bt\x12Zażółć".encode("cp852") + b"\x1bE\x01 gruba\n\x1bE\x00")
    printer.feed(b"\x1dB\x01 na czarnym \x1dB\x00\x1bM\x01 mala\n\x1bM\x00\x1d!\x11duza\n\x1d!\x00")
    printer.feed(b"\x1b{\x01glowa w dol\n\x1b{\x00\x1ba\x01\x1d(k\x07\x001P0http\x1d(k\x03\x001Q0")
    printer.feed(b"\x1dH\x02\x1dk\x43\x0c590123412345\x1dk\x48\x05ABC12\x1dV\x01")
    paper_ = printer.device.paper
    assert picture(paper_).width > 48 * 12
    assert scan(paper_) == [("QRCode", "http"), ("EAN13", "5901234123457"), ("Code93", "ABC12")]
