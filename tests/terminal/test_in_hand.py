"""The receipt in hand: how a new one counts, and that it is on disk before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.fiscal import PercentMode
from tests.terminal.desk import desk

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_receipt_counts_as_its_printer_does(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.printer.way = PercentMode.DISCOUNT_FIRST
        shop.start()
        shop.do(shop.till.sell, "1")
        shop.do(shop.till.discount_line, 0, percent_bp=5000)
        assert shop.receipt().total_gr == 174
        assert shop.pay().receipt.total_gr == 174
        # What was counted in one way stays so after a start.
        shop.do(shop.till.sell, "1")
        before = shop.receipt()
        shop.restart()
        assert shop.receipt() == before
        assert before.percent_mode is PercentMode.DISCOUNT_FIRST
