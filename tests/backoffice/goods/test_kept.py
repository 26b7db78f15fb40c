from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.errors import NotFound
from backoffice.goods import kept
from backoffice.store.engine import reading, writing
from tests.backoffice.goods.conftest import SHOP, product
from tests.backoffice.goods.test_imports import OWNER


@given(st.binary(max_size=500))
def test_content_comes_back(content):
    assert kept.unpacked(kept.packed(content)) == content


def test_an_open_sheet_is_not_in_the_list_and_cannot_be_undone(engine, stocked, clock):
    stocked(product("1"))
    with writing(engine) as database:
        number = kept.hand_in(database, OWNER, clock(), SHOP, "import", "x" * 999)
    with reading(engine) as database:
        assert kept.latest(database, SHOP, 10) == []
        assert len(kept.one(database, SHOP, number).title) == 200
    with pytest.raises(kept.TooLate), writing(engine) as database:
        kept.undo(database, OWNER, clock(), SHOP, number)
    with pytest.raises(NotFound), writing(engine) as database:
        kept.undo(database, OWNER, clock(), SHOP, number + 1)


def test_numbers_are_never_given_again(engine, clock):
    with writing(engine) as database:
        first = kept.hand_in(database, OWNER, clock(), SHOP, "import", "")
    clock.push(days=2)
    with writing(engine) as database:
        assert kept.hand_in(database, OWNER, clock(), SHOP, "import", "") > first
