"""What the till tells the office of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.version import VERSION
from tests.terminal.desk import Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def test_how_the_till_is_for_the_office(shop: Desk) -> None:
    shop.pay("1")
    shop.printer.is_off = True
    shop.settle()
    unsent = shop.view().unsent
    beat = shop.do(shop.till.heartbeat, unsent)
    assert (beat.version, beat.day, beat.printer, beat.operator) == (
        VERSION,
        "OPEN",
        "offline",
        "Marek",
    )
    assert (beat.unsent, beat.oldest_unsent_at) == (2, shop.documents()[0]["at"])
    shop.do(shop.till.lock)
    assert shop.do(shop.till.heartbeat, unsent).operator == ""
