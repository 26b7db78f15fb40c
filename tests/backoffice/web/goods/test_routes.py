from __future__ import annotations

from backoffice.rights import Right
from backoffice.web.goods.routes import HANDLERS


def test_whatever_changes_goods_wants_the_right_to():
    for handler in HANDLERS:
        if "POST" in handler.http_methods:
            assert handler.opt["right"] is Right.GOODS
        else:
            assert handler.opt["right"] in {Right.SEE, Right.GOODS}
