"""How much there is, and how old that figure is."""

from __future__ import annotations

from datetime import timedelta

from terminal.store.availability import Availability


async def test_quantity_age_and_what_was_sold_since(sale, till):
    old = (till.now() - timedelta(hours=3, minutes=5)).isoformat()
    till.shelf.available = [
        Availability("p2", "Chleb żytni", "szt", 0, 12_000, old, 2_000),
        Availability("p3", "Ser gouda", "kg", 3, 4_250, old),
    ]
    sale.keys("f10", "9", "6")
    await sale.until("Chleb żytni", "10 szt", "4,25 kg", "3 hours ago")
    sale.type("chl")
    await sale.true(lambda: "gouda" not in sale.text)
    sale.keys("enter")
    await sale.until("Left", "10 szt", "12 szt", "Sold here since", "2 szt")
    sale.keys("esc")
    sale.type("x")
    await sale.until("No article of this name has a stock here")
    assert not till.receipt.lines
