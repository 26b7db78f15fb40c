from __future__ import annotations

import codecs

import pytest

from hw_emulator.escpos.code_pages import CODE_PAGES, DEFAULT

POLISH = "ĄĆĘŁŃÓŚŹŻąćęłńóśźż"


@pytest.mark.parametrize("codec", [DEFAULT, *CODE_PAGES.values()])
def test_python_knows_every_page(codec):
    assert codecs.lookup(codec)


@pytest.mark.parametrize("number", [18, 39, 45])
def test_pages_with_all_polish_letters(number):
    assert POLISH.encode(CODE_PAGES[number]).decode(CODE_PAGES[number]) == POLISH
