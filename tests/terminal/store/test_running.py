from __future__ import annotations

import pytest
from msgspec.structs import replace

from terminal.store import outbox
from terminal.store.db import write
from terminal.store.running import running_total
from terminal.sync.wire import RunningTotal
from tests.terminal.audit.journals import journal
from tests.terminal.sale.sold import entry_of


@pytest.fixture
def made(tmp_path):
    with journal(tmp_path) as one:
        yield one


def test_sales_and_what_came_back_are_counted_apart(made):
    assert running_total(made.db) == RunningTotal()
    sold = made.receipt()
    made.receipt()
    made.event()
    made.add(replace(entry_of(sold), total_gr=100))
    assert running_total(made.db) == RunningTotal(698, 100, 2)
    made.close_day()
    made.receipt()
    assert running_total(made.db) == RunningTotal(1047, 100, 3)
    assert running_total(made.db, (1, 3)) == RunningTotal(698, 0, 2)


def test_a_new_device_does_not_set_it_back(made):
    made.receipt()
    with write(made.db):
        outbox.begin_anew(made.db, 2)
    made.receipt()
    assert running_total(made.db) == RunningTotal(698, 0, 2)


def test_documents_without_it_are_added_up_to_the_last_that_has_it(made, monkeypatch):
    made.receipt()
    monkeypatch.setattr(outbox, "counts", lambda _: False)
    made.add(replace(entry_of(made.receipt()), total_gr=49))
    assert running_total(made.db) == RunningTotal(698, 49, 2)
