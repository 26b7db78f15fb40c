from __future__ import annotations

import pytest

from hw_emulator.novitus.codes import MEANINGS, Code, Failed, meaning


@pytest.mark.parametrize("code", Code)
def test_every_number_has_its_words(code):
    assert meaning(code) == MEANINGS[code]
    assert str(Failed(code)) == MEANINGS[code]


def test_numbers_a_fault_makes_up():
    assert meaning(4711) == "Błąd 4711"
    assert Failed(4711).code == 4711
