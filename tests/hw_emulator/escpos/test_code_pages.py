from __future__ import annotations

import codecs

import pytest

from hw_emulator.escpos.code_pages import CODE_PAGES, DEFAULT, EPSON, FAMILIES

POLISH = "ĄĆĘŁŃÓŚŹŻąćęłńóśźż"
PAGES = {name for pages in FAMILIES.values() for name in pages.values()}


@pytest.mark.parametrize("codec", sorted({DEFAULT, *PAGES}))
def test_python_knows_every_page(codec):
    assert codecs.lookup(codec)
    # One byte is one letter.
    assert len(bytes(range(0x80, 0x100)).decode(codec, errors="replace")) == 128


@pytest.mark.parametrize("number", [18, 39, 45])
def test_pages_with_all_polish_letters(number):
    assert POLISH.encode(CODE_PAGES[number]).decode(CODE_PAGES[number]) == POLISH


@pytest.mark.parametrize(("family", "number"), [("zjiang", 54), ("zjiang", 72), ("wincor", 2)])
def test_other_makers_count_otherwise(make_printer, family, number):
    printer = make_printer(family=family)
    codec = FAMILIES[family][number]
    printer.feed(b"\x1bt" + bytes([number]) + POLISH.encode(codec) + b"\n")
    assert printer.printed == [POLISH]
    assert FAMILIES[EPSON].get(number) != codec


def test_a_page_that_there_is_not_is_read_as_the_first():
    assert 200 not in CODE_PAGES
