from __future__ import annotations

import pytest

from terminal.paper.closings import ClosingSlips
from terminal.sync.wire import Shop
from tests.terminal.paper.desk_of_slips import close_day


@pytest.fixture
def due(context):
    """The titles of what is due."""
    one = ClosingSlips(context, lambda: Shop("shop", "Lipa", "5261040828"))
    found = lambda: [(rid, slip.title) for rid, slip in one.due()]  # noqa: E731
    found.closings = one
    return found


def test_nothing_is_due_on_the_first_day(due):
    assert due() == []


def test_a_day_close_is_due_until_it_was_queued(due, context):
    due()
    close_day(context, 1)
    assert due() == due() == [("report-1", "Day close, daily report 1")]
    due.closings.queued()
    assert due() == []
    close_day(context, 2)
    assert due() == [("report-2", "Day close, daily report 2")]


def test_a_new_receipt_printer_does_not_begin_with_yesterday(due, context):
    close_day(context, 1)
    assert due() == []
    close_day(context, 2)
    assert due() == [("report-2", "Day close, daily report 2")]


def test_what_is_on_it(due, context):
    due()
    close_day(context, 1)
    ((_, slip),) = due.closings.due()
    texts = [row.text for row in slip.rows]
    assert {"Lipa", "A note"} <= set(texts)
    head = context.journal.execute("SELECT hash FROM document WHERE seq = 1").fetchone()[0]
    assert any(row.right == head[:8] for row in slip.rows)
