"""From a label to a line: weights and amounts that are printed on it."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import pytest

from terminal.gear.labels import Found
from tests.ui.fake_till import ARTICLES
from ui.screens.ordering import add_scan

CHEESE = ARTICLES[2]


@pytest.mark.parametrize(
    ("found", "added"),
    [
        (Found((CHEESE,), qty_milli=456), ("add", "p3", 456, None)),
        (Found((CHEESE,), amount_gr=3290), ("add", "p3", 1000, None)),
        (Found((ARTICLES[0],)), ("add", "p1", 1000, None)),
    ],
)
async def test_a_label_tells_how_much(sale, till, found, added):
    till.field.begin("ZS", "c1")
    till.gear.articles = lambda _scan: found
    desk = sale.app.desk
    desk._hop(partial(add_scan, desk, SimpleNamespace(code="2800000012345")))
    await sale.true(lambda: till.calls[-1] == added)


async def test_a_weight_of_what_is_not_weighed_is_refused(sale, till):
    till.field.begin("ZS", "c1")
    till.gear.articles = lambda _scan: Found((ARTICLES[0],), qty_milli=456)
    desk = sale.app.desk
    desk._hop(partial(add_scan, desk, SimpleNamespace(code="2800000012345")))
    await sale.until("E-92")
    assert not till.field.draft.lines


async def test_one_of_several_is_chosen_and_the_label_counts(sale, till):
    till.field.begin("ZS", "c1")
    till.gear.articles = lambda _scan: Found((CHEESE, CHEESE), qty_milli=456)
    desk = sale.app.desk
    desk._hop(partial(add_scan, desk, SimpleNamespace(code="2800000012345")))
    await sale.until("Several articles")
    sale.keys("enter")
    await sale.true(lambda: till.calls[-1] == ("add", "p3", 456, None))
