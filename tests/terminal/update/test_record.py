"""The journal tells the end of an update once, whatever was cut off between it and the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.store import releases
from terminal.update import record
from terminal.update.launcher import Boot
from tests.terminal.desk import desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.terminal.desk import Desk

OLD, NEW = "0.1.0-aaaaaaaa", "0.2.0-bbbbbbbb"
NAMES = ("update_installed", "update_rolled_back", "update_barred")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        one.start()
        one.do(record.begin, one.context.journal, NEW, OLD)
        yield one


def told(shop: Desk) -> list[tuple[str, dict[str, object]]]:
    found = [(body["name"], body["detail"]) for body in shop.documents("event")]
    return [one for one in found if one[0] in NAMES]


def tell(shop: Desk, boot: Boot, counter: int = 2) -> bool:
    return shop.do(record.tell, shop.context, boot, counter)


def test_a_confirmed_update_is_told_once_and_raises_the_floor(shop: Desk) -> None:
    assert tell(shop, Boot(NEW, NEW))
    assert not tell(shop, Boot(NEW, NEW))
    assert told(shop) == [("update_installed", {"version": "0.2.0", "was": "0.1.0"})]
    assert shop.do(releases.remembered, shop.context.journal).floor == 2


def test_one_that_was_given_up_is_told_with_its_reason(shop: Desk) -> None:
    boot = Boot(OLD, OLD, bad=("0.2.0",), why="ended with code 1")
    assert tell(shop, boot)
    assert not tell(shop, boot)
    why = {"version": "0.2.0", "why": "ended with code 1"}
    assert told(shop) == [
        ("update_rolled_back", {**why, "back": "0.1.0"}),
        ("update_barred", why),
    ]
    assert shop.do(record.given_up, shop.context.journal) == "0.2.0: ended with code 1"
    assert shop.do(releases.remembered, shop.context.journal).floor == 0


def test_nothing_is_told_while_it_is_tried(shop: Desk) -> None:
    assert not tell(shop, Boot(NEW, OLD, 2))
    assert told(shop) == []
    assert shop.do(record.begun, shop.context.journal).slot == NEW


def test_one_that_was_cut_off_before_it_was_armed_is_forgotten(shop: Desk) -> None:
    assert tell(shop, Boot(OLD, OLD))
    assert told(shop) == []
    assert shop.do(record.begun, shop.context.journal) is None


def test_going_back_by_hand_bars_the_newer_one(shop: Desk) -> None:
    shop.do(record.begin, shop.context.journal, OLD, NEW)
    assert tell(shop, Boot(OLD, OLD, bad=("0.2.0",)), 1)
    assert [name for name, _ in told(shop)] == ["update_installed", "update_barred"]


def test_the_head_of_the_chain_is_held_against_the_one_from_then(shop: Desk) -> None:
    begun = shop.do(record.begun, shop.context.journal)
    assert begun.seq == len(shop.documents())
    shop.pay("1")
    assert shop.do(record.is_head_kept, shop.context.journal, begun)


def test_a_bar_is_told_at_once(shop: Desk) -> None:
    shop.do(record.bar, shop.context, "0.2.0", "ImportError")
    assert told(shop) == [("update_barred", {"version": "0.2.0", "why": "ImportError"})]
