from __future__ import annotations

import pytest

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.invoice_data import InvoiceData, Note


def test_a_note_replaces_the_one_before_it():
    data = InvoiceData()
    data.write(Note("trfvfree", 0, ("A",)))
    data.write(Note("trfvrep", 0, ("B",)))
    data.write(Note("trfvfree", 2, ("C",)))
    assert (data.section(0), data.section(2)) == (["B"], ["C"])
    data.write(Note("trfvrep", 0, ()))
    assert data.section(0) == []


def test_free_lines_stay_and_end():
    data = InvoiceData()
    for number in range(100):
        data.write_free(Note("", 1, (str(number),)))
    assert len(data.section(1)) == 100
    with pytest.raises(Refused) as caught:
        data.write_free(Note("", 1, ("x",)))
    assert caught.value.code == 2058


@pytest.mark.parametrize(
    ("number", "buyer", "code"), [("", "Jan", 2533), ("  ", "Jan", 2533), ("1", "", 2535)]
)
def test_an_incomplete_invoice(number, buyer, code):
    with pytest.raises(Refused) as caught:
        InvoiceData(number=number, buyer=buyer).check()
    assert caught.value.code == code
