"""Tills whose history is newer than the office that was put back: nothing is lost or doubled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from backoffice import publish, settings
from backoffice.copies.restoring import restore
from backoffice.copies.sqlite_file import copy
from backoffice.moments import now
from backoffice.store.engine import reading, writing
from backoffice.store.tables import alarm, journal_entry, receipt, verdict
from tests.shop import MILK, counter, wait_until

SHOP = "lipa"


@pytest.fixture
def shop(tmp_path):
    with counter(tmp_path) as one:
        one.start_till()
        one.ready()
        yield one


def ask(shop, chosen):
    with reading(shop.office.office.engine) as database:
        return database.execute(chosen).all()


def told(shop):
    """What the office holds of the till: the number of each receipt, and of all documents."""
    numbers = [row.receipt_no for row in ask(shop, select(receipt.c.receipt_no))]
    return sorted(numbers), ask(shop, select(func.count()).select_from(journal_entry))[0][0]


def reprice(shop, price_gr):
    with writing(shop.office.office.engine) as database:
        publish.merge(database, "products", SHOP, MILK, {"price_gr": price_gr})


def fetched_price(shop):
    shop.do(shop.till.pull, "products")
    shop.fetched()
    (product,) = shop.till.lookup.call(shop.till.shelf.find, MILK).result()
    return product.price_gr


def numbered(shop, moment):
    with writing(shop.office.office.engine) as database:
        return settings.counted_up(database, settings.ROLLOUT_NUMBER, moment)


def all_sent(shop):
    """Wait until the office has every document of the till."""

    def is_sent():
        written = shop.journal("SELECT count(*) FROM document")[0][0]
        return told(shop)[1] == written

    wait_until(is_sent, "everything sent", 60)


def test_what_came_after_the_copy_comes_again_once(shop, tmp_path):
    shop.sell(MILK)
    reprice(shop, 111)
    all_sent(shop)
    target = tmp_path / "copy.db"
    copied = copy(tmp_path / "office.db", target)
    for _ in range(3):
        shop.sell(MILK)
    reprice(shop, 222)
    assert fetched_price(shop) == 222
    moment = now()
    number = numbered(shop, moment)
    all_sent(shop)
    before = told(shop)
    assert before[0] == [1, 2, 3, 4]

    shop.stop_office()
    restored = restore(target, make_url(f"sqlite:///{tmp_path}/office.db"), now())
    assert restored.held.documents == copied.documents < before[1]
    shop.start_office()
    assert fetched_price(shop) == 111  # without anybody at the till who says so
    reprice(shop, 333)
    assert fetched_price(shop) == 333
    shop.sell(MILK)
    all_sent(shop)

    assert told(shop)[0] == [1, 2, 3, 4, 5]
    assert ask(shop, select(verdict.c.is_accepted).where(verdict.c.is_accepted.is_(False))) == []
    assert ask(shop, select(alarm)) == []
    assert numbered(shop, moment + timedelta(seconds=1)) > number
