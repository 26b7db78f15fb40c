from __future__ import annotations

from terminal.sync.wire import Stock
from tests.terminal.desk import desk
from tests.terminal.field.conftest import Field


def test_what_was_sold_since_stands_beside_what_there_was(tmp_path) -> None:
    stock = [
        Stock("milk", 24_000, "2026-11-23T08:30:00+00:00"),
        Stock("cheese", -500, "2026-11-23T11:00:00+01:00"),
        Stock("gone", 1000, "2026-11-23T08:30:00+00:00"),
    ]
    with desk(tmp_path, stock=stock) as shop:
        shop.now = shop.now.replace(hour=9)
        shop.start()
        field = Field(shop)
        shop.pay("1")
        shop.now = shop.now.replace(hour=10, minute=30)
        shop.pay("1")
        shop.do(shop.till.sell, "1")
        milk, cheese = field.look("availability")
        assert (milk.name, milk.unit, milk.qty_milli, milk.as_of) == (
            "Mleko 1 l", "szt.", 24_000, stock[0].as_of,
        )  # fmt: skip
        # 9:00 was before 8:30 UTC, and what is not paid is not sold.
        assert (milk.sold_milli, cheese.sold_milli) == (1000, 0)
        assert field.look("availability", "gouda") == [cheese]
        assert field.look("availability", "", milk) == [cheese]
        assert field.look("availability", "", None, 1) == [milk]
