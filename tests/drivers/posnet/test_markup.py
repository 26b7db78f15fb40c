from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from drivers.fiscal import Header, Span, Style
from drivers.posnet.markup import Markup, Piece, header_markup, styled


def test_styles():
    line = (Span("Promocja ", frozenset({Style.WIDE, Style.HIGH})), Span("A&B"))
    assert styled((line, (Span("dziś", frozenset({Style.CENTRED})),))).wire(100) == (
        "&b&hPromocja &b&hA&&B\n&cdziś&c"
    )


def test_header():
    header = Header("Zażółć & Syn", "Sklep", "Polna 1", "00-001", "Łódź")
    assert header_markup(header).wire(600) == (
        "&1Zażółć && Syn&1\nSklep\n&5Polna 1&5\n&200-001&2 &3Łódź&3"
    )
    assert header_markup(Header("A", "", "", "", "")).wire(600) == "&1A&1"


def test_no_mark_is_left_open_where_the_text_is_cut():
    assert Markup(((Piece("abcdef", "b"),),)).wire(7) == "&babc&b"
    assert Markup(((Piece("a&cdef", "b"),),)).wire(6) == "&ba&b"  # half a sign is none
    assert Markup(((Piece("abc", "b"),),)).wire(4) == ""
    assert Markup(((Piece("abc"),), (Piece("de"),))).wire(4) == "abc\n"
    assert Markup(((Piece("abc"),), (Piece("de"),))).wire(3) == "abc"


def test_more_marks_than_a_line_takes():
    pieces = tuple(Piece(str(number), "bh") for number in range(6))
    assert Markup((pieces,)).wire(100) == "".join(f"&b&h{n}&b&h" for n in range(5)) + "5"


SPANS = st.lists(
    st.builds(Span, st.text(max_size=20), st.frozensets(st.sampled_from(Style), max_size=3)),
    max_size=4,
).map(tuple)


@given(st.lists(SPANS, max_size=5).map(tuple), st.integers(0, 80))
def test_whatever_comes_the_marks_are_ours(lines, limit):
    found = styled(lines).wire(limit)
    assert len(found) <= limit
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", found)
    for line in found.split("\n"):
        marks = re.findall(r"&(.)", line.replace("&&", ""))
        assert len(marks) <= 20
        assert all(mark in "bhuiNscH" for mark in marks)
        assert all(marks.count(mark) % 2 == 0 for mark in marks)
        assert not line.replace("&&", "").endswith("&")
