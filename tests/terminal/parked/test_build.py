"""A till that was built has everything that belongs to parked receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.parked.parking import Parking
from terminal.parked.sharing import Sharing
from terminal.parked.showing import Showing
from tests.terminal.desk import desk

if TYPE_CHECKING:
    from pathlib import Path


def test_it_hangs_on_the_till(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.start()
        till = shop.till
        assert isinstance(till.parking, Parking)
        assert isinstance(till.bill, Showing)
        assert isinstance(till.sharing, Sharing)
        # All of them speak of the same names.
        assert till.bill._parking is till.sharing._handing._parking is till.parking
