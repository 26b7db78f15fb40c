from __future__ import annotations

from concurrent.futures import Future

from terminal.errors import Code, SyncError
from terminal.events import PullProgress
from ui.screens.selling import Selling


async def test_products_confirm_progress_counts(sale, till):
    sale.keys("f10", "8", "4", "3")
    await sale.until("Synchronise products", "last version 17 from 2026-11-22 10:15", "Start?")
    assert not till.calls
    sale.keys("enter")
    text = await sale.until("added 17, changed 4, removed 1, refused 1", "! p9: No price")
    assert "Enter finish" in text
    sale.keys("enter")
    await sale.true(lambda: isinstance(sale.app.desk.page, Selling))


async def test_esc_at_the_question_does_nothing(sale, till):
    sale.keys("f10", "8", "4", "1", "esc")
    await sale.until("TOTAL")
    assert not till.calls


async def test_transactions(sale, till):
    sale.keys("f10", "8", "4", "4")
    await sale.until("Transactions: 3 to send, 0 rejected")
    sale.keys("enter")
    await sale.until("3 documents sent")


async def test_everything_goes_on_when_a_part_fails(sale, till):
    till.refuse_pull = SyncError(Code.NO_NETWORK)
    sale.keys("f10", "0")
    await sale.until("Synchronise everything")
    sale.keys("enter")
    text = await sale.until("Enter finish")
    assert text.count("E-50") == 3
    assert till.calls == [
        ("push",),
        ("pull", "configuration"),
        ("pull", "users"),
        ("pull", "products"),
    ]


async def test_progress_and_selling_on_meanwhile(sale, till):
    slow = Future()
    till.pull = lambda entry: slow
    sale.keys("f10", "8", "4", "3", "enter")
    await sale.until("Please wait")
    till.engine.tell(PullProgress("products", 1200))
    await sale.until("Products: 1200 rows received")
    sale.keys("esc", "1", "enter")
    await sale.until("Mleko")
    slow.set_result([])
    await sale.until("Synchronisation is finished")


async def test_a_scan_at_the_question_is_swallowed(sale, till):
    sale.keys("f10", "8", "4", "3")
    await sale.until("Start?")
    sale.scan("5900000000001")
    await sale.until("Answer first", "Start?")
    assert not till.calls
