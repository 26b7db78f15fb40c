from __future__ import annotations

from backoffice.rights import Right
from backoffice.web.exchange import routes


def test_each_page_says_who_may():
    assert {handler.opt["right"] for handler in routes.HANDLERS} == {Right.GOODS, Right.SHOPS}
