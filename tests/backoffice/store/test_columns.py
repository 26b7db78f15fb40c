from __future__ import annotations

import pytest
from sqlalchemy.dialects import postgresql

from backoffice.store.columns import Prose, Words, of_company, of_document


@pytest.mark.parametrize(("given", "stored"), [("a\0b", "a\ufffdb"), ("", ""), (None, None)])
def test_what_a_database_cannot_store_is_replaced(given, stored):
    for kind in (Words(8), Prose()):
        assert kind.process_bind_param(given, postgresql.dialect()) == stored
    assert Words(8).length == 8


def test_each_row_belongs_to_a_company():
    assert (of_company().name, of_company().nullable) == ("company", False)
    assert of_company(is_key=True).primary_key


def test_the_place_of_a_document_is_made_anew_for_each_table():
    first, second = of_document(), of_document()
    assert [column.name for column in first] == ["terminal", "epoch", "seq"]
    assert not {id(column) for column in first} & {id(column) for column in second}
