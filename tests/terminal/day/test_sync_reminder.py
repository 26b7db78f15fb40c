"""When somebody is asked to synchronise, and what an answer is good for: by virtual time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from terminal import events
from terminal.context import ZONE
from terminal.day.sync_reminder import GRACE, is_overdue, last_synchronised
from terminal.store.db import write
from terminal.store.exchanges import Cause, Exchange, keep
from terminal.sync.wire import Settings
from tests.terminal.desk import CASHIER, MANAGER, Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVERY, SNOOZE = timedelta(minutes=60), timedelta(minutes=10)
THURSDAY = datetime(2026, 11, 26, 12, 0, tzinfo=ZONE)
PARTS = ("configuration", "users", "products", "customers")


def asking(**more: object) -> Settings:
    return Settings("settings", "identifier", close_profile="off", remind_snooze_min=10, **more)


HOURLY = asking(remind_every_min=60)


def fetched(at: datetime, entry: str = "all", error: str = "") -> Exchange:
    return Exchange(at.isoformat(), entry, Cause.KEYS, error=error)


@pytest.mark.parametrize(
    ("exchanges", "last"),
    [
        ([], None),
        ([fetched(THURSDAY)], THURSDAY),
        ([fetched(THURSDAY, error="E-50")], None),
        ([fetched(THURSDAY, error="E-50"), fetched(THURSDAY - EVERY)], THURSDAY - EVERY),
        ([fetched(THURSDAY, one) for one in PARTS], THURSDAY),
        ([fetched(THURSDAY, one) for one in PARTS[1:]], None),
        (
            [fetched(THURSDAY, one) for one in PARTS[1:]] + [fetched(THURSDAY - EVERY)],
            THURSDAY - EVERY,
        ),
        ([fetched(THURSDAY, "push"), fetched(THURSDAY, "articles")], None),
    ],
)
def test_it_counts_from_when_everything_was_fetched_without_a_fault(exchanges, last) -> None:
    assert last_synchronised(exchanges) == last


@pytest.mark.parametrize(
    ("settings", "now", "last", "is_late"),
    [
        (HOURLY, THURSDAY, None, True),
        (HOURLY, THURSDAY, THURSDAY - EVERY + timedelta(seconds=1), False),
        (HOURLY, THURSDAY, THURSDAY - EVERY, True),
        (HOURLY, THURSDAY, THURSDAY + timedelta(hours=1), True),
        (asking(), THURSDAY, None, False),
        (HOURLY, THURSDAY.replace(hour=7, minute=59), None, False),
        (HOURLY, THURSDAY.replace(hour=8), None, True),
        (HOURLY, THURSDAY.replace(hour=19, minute=59), None, True),
        (HOURLY, THURSDAY.replace(hour=20), None, False),
        (asking(remind_every_min=60, remind_days="123567"), THURSDAY, None, False),
        (asking(remind_every_min=60, remind_days="4"), THURSDAY, None, True),
    ],
)
def test_the_clock_asks_in_working_hours_of_working_days_only(settings, now, last, is_late) -> None:
    assert is_overdue(settings, now, last) is is_late


@pytest.fixture
def shop(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    with desk(tmp_path, settings=[getattr(request, "param", HOURLY)]) as one:
        one.now = THURSDAY
        one.start()
        one.do(one.till.login, CASHIER)
        yield one


def asked(shop: Desk) -> bool:
    """Whether the next look asks."""
    since = shop.heard.mark()
    shop.do(shop.till.sync_reminder.look)
    return any(isinstance(event, events.SyncWanted) for event in shop.heard.events[since:])


def synchronise(shop: Desk) -> None:
    def done() -> None:
        journal = shop.till._context.journal
        with write(journal) as db:
            keep(db, fetched(shop.now))

    shop.do(done)


def test_it_asks_until_somebody_answers_and_again_after_the_snooze(shop) -> None:
    synchronise(shop)
    assert not asked(shop)
    shop.now += EVERY
    assert asked(shop)
    assert asked(shop)
    shop.do(shop.till.sync_reminder.put_off)
    shop.now += SNOOZE - timedelta(seconds=1)
    assert not asked(shop)
    shop.now += timedelta(seconds=1)
    assert asked(shop)
    synchronise(shop)
    assert not asked(shop)


def test_a_receipt_that_is_open_is_never_interrupted(shop) -> None:
    shop.do(shop.till.login, MANAGER)
    shop.do(shop.till.sell, "1")
    assert not asked(shop)
    shop.do(shop.till.drop_receipt, "")
    assert asked(shop)


def test_nobody_at_the_till_is_asked_and_whoever_comes_is_asked_anew(shop) -> None:
    shop.do(shop.till.sync_reminder.put_off)
    shop.do(shop.till.lock)
    shop.now += EVERY
    assert not asked(shop)
    shop.do(shop.till.login, CASHIER)
    assert asked(shop)


@pytest.mark.parametrize("shop", [asking(remind_after_login=True)], indirect=True)
def test_after_a_login_it_waits_for_what_comes_by_itself_and_asks_once(shop) -> None:
    assert not asked(shop)
    shop.now += GRACE
    assert asked(shop)
    shop.do(shop.till.sync_reminder.put_off)
    shop.now += EVERY
    assert not asked(shop)
    shop.do(shop.till.lock)
    shop.do(shop.till.login, CASHIER)
    synchronise(shop)
    shop.now += GRACE
    assert not asked(shop)
    shop.now += EVERY
    assert not asked(shop)


@pytest.mark.parametrize("shop", [asking(remind_before_document=True)], indirect=True)
def test_a_document_waits_for_the_question_once_in_a_while(shop) -> None:
    assert not asked(shop)
    assert shop.do(shop.till.sync_reminder.is_first)
    shop.do(shop.till.sync_reminder.put_off)
    assert not shop.do(shop.till.sync_reminder.is_first)
    shop.now += SNOOZE
    assert shop.do(shop.till.sync_reminder.is_first)
    synchronise(shop)
    assert not shop.do(shop.till.sync_reminder.is_first)


def test_a_shop_that_does_not_want_it_is_not_asked_before_a_document(shop) -> None:
    assert not shop.do(shop.till.sync_reminder.is_first)
