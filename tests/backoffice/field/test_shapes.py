"""Which row a document is about; whoever was erased is judged no more."""

from __future__ import annotations

import pytest

from backoffice.field.shapes import place_of, row_of, wrong
from backoffice.rows import read_row
from terminal.sync import wire
from tests.backoffice.field.test_taking import attachment, order, state, visit, who


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (order("d-7"), ("sales_documents", "d-7")),
        (state("d-7"), ("sales_documents", "d-7")),
        (visit("x-1", visit="v-7"), ("visits", "v-7")),
        (attachment("a-7"), ("attachments", "a-7")),
        (wire.CustomerEditDoc(**who("e"), customer="c-7", name="E"), ("customers", "c-7")),
        (wire.CustomerEditDoc(**who("e"), customer="c" * 65, name="E"), ("", "")),
    ],
)
def test_a_document_names_its_row(document, place):
    assert place_of(document) == place


def test_a_receipt_names_one_only_when_it_fulfils_it(books):
    assert place_of(books().receipt(1)) == ("", "")
    assert place_of(books().receipt(1, fulfils="d-1")) == ("sales_documents", "d-1")
    assert place_of(books().cash()) == ("", "")


@pytest.mark.parametrize("document", [order(), visit("x-1"), attachment()])
def test_what_is_right_is_a_whole_row(document):
    name, row_id = place_of(document)
    assert read_row(name, row_of(document)).id == row_id
    assert list(wrong(document)) == []


def test_whoever_was_erased_is_right():
    edited = wire.CustomerEditDoc(**who("e"), customer="c-1", name="", person="0" * 64)
    assert list(wrong(edited)) == []
