from __future__ import annotations

from backoffice.rights import Right
from backoffice.web.field.routes import HANDLERS


def test_each_page_of_the_field_asks_for_the_right_to_goods():
    assert len(HANDLERS) == 10
    assert {handler.opt["right"] for handler in HANDLERS} == {Right.GOODS}
