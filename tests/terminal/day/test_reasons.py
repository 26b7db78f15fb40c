from __future__ import annotations

import pytest

from terminal.day import reasons


@pytest.mark.parametrize("group", [reasons.IN, reasons.OUT, reasons.DRAWER, reasons.DIFFERENCE])
def test_every_reason_has_words_and_the_last_is_another(group):
    assert group[-1] == "other"
    for code in group:
        assert reasons.in_words(code) != code


def test_what_is_no_code_stays_as_it_is():
    assert reasons.in_words("drobne") == "drobne"
    assert reasons.in_words("") == ""
