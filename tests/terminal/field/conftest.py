from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.sync.wire import Customer, Representative, Visit
from tests.terminal.desk import Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CAFE = Customer("c1", "Kawiarnia", "5261001001", city="Łódź")
PLANNED = Visit("v1", "c1", "2026-11-24T09:00:00+01:00", "Oferta", 45)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    rows = {
        "customers": [CAFE],
        "visits": [PLANNED],
        "representatives": [Representative("r1", "Marek", "u2")],
    }
    with desk(tmp_path / "till", **rows) as one:
        yield one.start()


class Field:
    """The verbs of a till, called as a screen calls them."""

    def __init__(self, shop: Desk) -> None:
        self.shop = shop

    def __getattr__(self, name: str):
        return lambda *args, **kwargs: self.shop.do(
            getattr(self.shop.till.field, name), *args, **kwargs
        )

    def code(self, name: str, *args, **kwargs):
        return self.shop.code(getattr(self.shop.till.field, name), *args, **kwargs)

    def look(self, name: str, *args):
        """What a list shows."""
        till = self.shop.till
        return till.lookup.call(getattr(till.shelf, name), *args).result(10)

    def written(self, kind: str = "ZS", *lines: tuple[str, int]):
        """An order or a quote that was written and confirmed."""
        self.begin(kind, "c1")
        for product, qty_milli in lines or (("milk", 2000),):
            self.add(product, qty_milli)
        return self.confirm()


@pytest.fixture
def field(shop: Desk) -> Field:
    return Field(shop)
