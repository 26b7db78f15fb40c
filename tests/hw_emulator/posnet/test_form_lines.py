from __future__ import annotations

import pytest

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.form_lines import (
    SUPER_FORM,
    Template,
    fill,
    header,
    rows,
    template,
    windows,
)


def test_the_windows_fit_into_the_super_form():
    assert set(windows()) == set(range(2, 44))
    for lines, headers in windows().values():
        assert max(lines) <= 711
        assert max(headers) <= 85


def test_every_line_of_the_table_fits_on_its_paper():
    widest = {SUPER_FORM: 40, 201: 56}
    for form, width in widest.items():
        for number in range(712 if form == SUPER_FORM else 15):
            found = template(form, number)
            if found:
                filled = fill(found, ["x" * 60] * 8, "Anna")
                cells = width // 2 if "w" in found.flags else width
                assert max(map(len, filled.split("\n"))) <= cells, (form, number)


def test_parameters_take_their_places():
    found = Template("Kod: {4} Kwota: {6>}")
    assert fill(found, ["ab", "1,00", "more"], "") == "Kod: ab   Kwota:   1,00"
    assert fill(found, ["abcdef", "123456789"], "") == "Kod: abcd Kwota: 123456"
    with pytest.raises(Refused) as refused:
        fill(found, ["ab"], "")
    assert refused.value.code == 2504


def test_headers():
    assert header(SUPER_FORM, 52, "") == "Potwierdzenie płatności kartą"
    assert header(SUPER_FORM, 75, "") == "POTWIERDZENIE"
    assert header(SUPER_FORM, 84, "BON") == "BON"
    assert header(SUPER_FORM, 84, "") == "DOKUMENT NIEFISKALNY"
    assert header(SUPER_FORM, 85, "ignored") == ""
    assert header(201, 0, "") == "DOKUMENT NIEFISKALNY"
    assert header(23, 4, "") == "DOŁADOWANIE\nENERGETYCZNE"
    with pytest.raises(Refused):
        header(201, 2, "")


def test_rows():
    assert rows("x" * 45, 40, is_wide=False) == ["x" * 40, "xxxxx".rjust(40)]
    assert rows("abc", 40, is_wide=True) == ["abc"]
    assert rows("a" * 20 + "   ", 40, is_wide=True) == ["a" * 20]
    assert rows("a" * 25, 40, is_wide=True) == ["a" * 20, "aaaaa".rjust(40)]
    assert rows("abcd", 40, is_wide=False, is_centred=True) == [" " * 18 + "abcd"]
