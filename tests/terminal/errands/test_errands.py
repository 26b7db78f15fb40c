"""What the office asks: done once, between two receipts, whatever is lost or switched off."""

from __future__ import annotations

import uuid
from concurrent.futures import Future
from typing import TYPE_CHECKING

import pytest

from terminal.errands.errands import Errands
from terminal.errors import Code, Rejected, SyncError
from terminal.events import ErrandsCame, Failed
from terminal.store import errands as kept
from terminal.sync.wire import Errand, ErrandKind
from tests.terminal.desk import CASHIER, Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one.start()


def asked(kind: str = ErrandKind.LOCK, what: str = "") -> Errand:
    return Errand(str(uuid.uuid4()), kind, what)


def name(shop: Desk, *errands: Errand) -> None:
    """The answer to a heartbeat."""
    shop.context.tell(ErrandsCame(errands))
    shop.settle()


def told(shop: Desk) -> list[tuple[str, str, str]]:
    details = [event["detail"] for event in shop.named("errand")]
    return [(it["errand"], it["state"], it["why"]) for it in details]


class Ways:
    """Ends an errand when the test says so."""

    def __init__(self, shop: Desk) -> None:
        self.begun: list[str] = []
        self.ends: list[Future[None]] = []
        self.is_free = True
        context = shop.context
        # In place of those that the till has.
        context.engine._listeners.remove(shop.till.errands._hear)
        self.errands = Errands(
            context, {"slow": self.begin}, is_free=lambda: self.is_free, told=lambda: None
        )

    def begin(self, held: kept.Held) -> Future[None]:
        self.begun.append(held.id)
        self.ends.append(Future())
        return self.ends[-1]


def test_one_is_taken_and_done_and_both_are_told(shop: Desk) -> None:
    lock = asked()
    name(shop, lock)
    assert shop.view().operator is None
    assert told(shop) == [(lock.id, "taken", ""), (lock.id, "done", "")]
    failed = [event.error.code for event in shop.heard.events if isinstance(event, Failed)]
    assert failed == [Code.LOCKED_BY_OFFICE]
    detail = shop.named("errand")[0]["detail"]
    assert (detail["asked"], detail["what"]) == ("lock", "")


def test_an_open_receipt_is_finished_first(shop: Desk) -> None:
    lock = asked()
    shop.do(shop.till.sell, "1")
    name(shop, lock)
    name(shop, lock)
    assert shop.view().operator is not None
    assert told(shop) == [(lock.id, "taken", "")]
    assert shop.pay("2").receipt_no == 1
    shop.heard.wait(Failed)
    shop.settle()
    assert shop.view().operator is None
    assert told(shop)[1:] == [(lock.id, "done", "")]


def test_an_answer_that_is_lost_has_nothing_done_twice(shop: Desk) -> None:
    lock = asked()
    name(shop, lock)
    shop.do(shop.till.login, CASHIER)
    name(shop, lock)
    shop.restart()
    name(shop, lock)
    assert shop.view().operator is not None
    assert [state for _, state, _ in told(shop)] == ["taken", "done"]


def test_what_was_taken_up_before_a_restart_is_done_after_it(shop: Desk) -> None:
    lock = asked()
    shop.do(shop.till.sell, "1")
    name(shop, lock)
    shop.restart()
    assert shop.view().operator is not None
    shop.pay("2")
    shop.heard.wait(Failed)
    shop.settle()
    assert [state for _, state, _ in told(shop)] == ["taken", "done"]


def test_without_the_office_it_is_tried_again_and_dropped_when_it_is_named_no_more(
    shop: Desk,
) -> None:
    ways, slow = Ways(shop), asked("slow")
    name(shop, slow)
    ways.ends[0].set_exception(SyncError(Code.NO_NETWORK, detail="away"))
    shop.settle()
    assert told(shop) == [(slow.id, "taken", "")]
    name(shop, slow)
    ways.ends[1].set_exception(SyncError(Code.NO_NETWORK, detail="away"))
    shop.settle()
    name(shop)
    name(shop)
    assert ways.begun == [slow.id, slow.id]
    assert shop.do(kept.held, shop.context.journal) == []


def test_what_is_being_done_is_ended_though_the_office_names_it_no_more(shop: Desk) -> None:
    ways, slow = Ways(shop), asked("slow")
    name(shop, slow)
    name(shop)
    ways.ends[0].set_result(None)
    shop.settle()
    assert [state for _, state, _ in told(shop)] == ["taken", "done"]


def test_one_after_the_other_and_a_failure_is_told(shop: Desk) -> None:
    ways, first, second = Ways(shop), asked("slow"), asked("slow")
    name(shop, first, second)
    assert ways.begun == [first.id]
    ways.ends[0].set_exception(Rejected(Code.NOT_FOUND, item="x"))
    shop.settle()
    assert ways.begun == [first.id, second.id]
    assert [it[:2] for it in told(shop)] == [
        (first.id, "taken"),
        (second.id, "taken"),
        (first.id, "refused"),
    ]
    assert "E-01" in told(shop)[-1][2]


def test_a_till_that_is_busy_begins_with_a_later_answer(shop: Desk) -> None:
    ways, slow = Ways(shop), asked("slow")
    ways.is_free = False
    name(shop, slow)
    assert ways.begun == []
    ways.is_free = True
    name(shop, slow)
    assert ways.begun == [slow.id]


def test_a_kind_that_this_version_does_not_know_is_refused(shop: Desk) -> None:
    new = asked("dance")
    name(shop, new)
    name(shop, new)
    assert told(shop) == [(new.id, "taken", ""), (new.id, "refused", "unknown")]


def test_an_office_that_asks_for_a_thousand_things_fills_no_journal(shop: Desk) -> None:
    many = [asked("dance") for _ in range(1000)]
    name(shop, *many)
    assert len(told(shop)) == 40
    for start in range(0, 200, 20):
        name(shop, *many[start : start + 20])
    assert len(shop.do(kept.held, shop.context.journal)) == kept.HELD_MAX
