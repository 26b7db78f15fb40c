"""The drawer of a shift follows from its documents, whatever was sold and given back."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.terminal.day.test_shifts import ON, moved, opened
from tests.terminal.desk import desk
from tests.terminal.store.test_figures import sell_something

if TYPE_CHECKING:
    from pathlib import Path


def test_random_shifts_hold_what_documents_and_printer_say(tmp_path: Path) -> None:
    chance = random.Random(7)
    with desk(tmp_path, settings=[ON]) as shop:
        shop.start()
        opened(shop)
        for _ in range(15):
            sell_something(shop, chance)
            shop.wait(seconds=1)
            if chance.random() < 0.3:
                moved(shop, chance.choice([-1, 1]) * chance.randint(1, 5_000))
        state = shop.do(shop.till.shifts.state)
        takings, rid = state.takings, state.shift.rid
        receipts = shop.documents("receipt")
        assert {it["shift"] for it in receipts} == {rid}
        payments = [one for it in receipts for one in it["payments"]]
        kept = sum(p["amount_gr"] - p["change_gr"] for p in payments if p["kind"] == "cash")
        cash = sum(it["amount_gr"] for it in shop.documents("cash"))
        assert takings.expected_gr == kept + cash
        assert sum(one.net_gr for one in takings.methods) == takings.total_gr
        assert takings.total_gr == sum(shop.printer.now.totals_gr)
        assert takings.receipts == 15
