from __future__ import annotations

import pytest

from ui.celldiff.letters import nearest

POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"


def test_polish_letters_are_themselves_where_there_are_such():
    for charset in ("utf-8", "iso-8859-2", "cp852"):
        assert nearest(POLISH, charset) == POLISH
    assert nearest(POLISH, "ascii") == "acelnoszzACELNOSZZ"


def test_frames_and_signs_become_those_of_a_typewriter():
    assert nearest("┌─┐│≡ █░▀▄ 3 × 5…", "ascii") == '+-+|= #."_ 3 x 5~'
    assert nearest("3 × 5 °", "iso-8859-2") == "3 × 5 °"
    assert nearest("│─█", "cp852") == "│─█"


def test_french_and_spanish_lose_their_accents_only():
    assert nearest("Ça coûte ñandú", "ascii") == "Ca coute nandu"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2", "cp852", "ascii"])
def test_one_cell_for_one_whatever_comes(charset):
    text = "".join(chr(code) for code in range(0x20, 0x3000) if chr(code).isprintable())
    found = nearest(text, charset)
    assert len(found) == len(text)
    assert found.encode(charset)
    assert found.isprintable()
