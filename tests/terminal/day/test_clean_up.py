"""What ends with the day ends once, whatever was done of it before."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from terminal.day.clean_up import REASON, CleanUp
from terminal.sync.wire import Settings
from tests.terminal.desk import Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, settings=[Settings("settings", "identifier", parking=True)]) as one:
        yield one.start()


def test_what_was_given_up_is_dropped_once_and_the_rest_stays(shop: Desk) -> None:
    rids = {}
    for name in ("Anna", "Jan"):
        shop.do(shop.till.sell, "1")
        rids[name] = shop.receipt().rid
        shop.do(shop.till.parking.park, name)
    ended = []
    clean_up = CleanUp(shop.context, shop.till._ledger, lambda: ended.append(1))
    row = SimpleNamespace(drops=(rids["Anna"], "unknown"), operator="Marek")
    for _ in range(2):
        shop.do(clean_up.do, row)
    told = shop.documents("dropped")
    assert [(it["rid"], it["reason"]) for it in told] == [(rids["Anna"], REASON)]
    assert shop.sql("SELECT bill FROM receipt WHERE state = 'OPEN'") == [("Jan",)]
    assert ended == [1, 1]


def test_what_was_taken_up_again_is_not_given_up(shop: Desk) -> None:
    shop.do(shop.till.sell, "1")
    rid = shop.receipt().rid
    shop.do(shop.till.parking.park, "Anna")
    shop.do(shop.till.parking.switch, "Anna")
    clean_up = CleanUp(shop.context, shop.till._ledger, lambda: None)
    shop.do(clean_up.do, SimpleNamespace(drops=(rid,), operator="Marek"))
    assert (shop.receipt().rid, shop.documents("dropped")) == (rid, [])
