from __future__ import annotations

from terminal.errors import Code
from terminal.field.desk import Desk as FieldDesk
from terminal.sync.wire import Right
from tests.terminal.desk import NOBODY


def test_whoever_may_not_sell_does_nothing_in_the_field(shop, field) -> None:
    shop.restart(login=NOBODY)
    for verb, told in (("begin", ("ZS", "c1")), ("write_note", ("customer", "c1", "x"))):
        assert field.code(verb, *told) is Code.NO_RIGHT
    assert field.code("begin_visit", "v1") is Code.NO_RIGHT


def test_documents_say_who_where_and_when(shop) -> None:
    desk = FieldDesk(shop.context, shop.till, shop.till._catalogue)
    operator = shop.do(desk.operator, Right.DISCOUNT)
    assert shop.do(desk.told_by, operator) == {
        "terminal": "T1", "shop": "lipa", "at": "2026-11-23T10:00:00.000+01:00",
        "operator": "Marek", "operator_id": "u2",
    }  # fmt: skip
    assert shop.do(desk.representative, operator) == "r1"
    assert shop.code(desk.customer, "nobody") is Code.NOT_FOUND
