from __future__ import annotations

from concurrent.futures import Future

import pytest

from terminal.errors import Code, SyncError
from terminal.events import PullProgress, UnsentChanged
from terminal.store.outbox import Unsent
from terminal.sync.datasets import CHOICES
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


async def test_everything_goes_on_when_a_part_fails(screen, till):
    till.refuse_push = SyncError(Code.NO_NETWORK)
    await screen.until("Identifier")
    screen.keys("f10", "1", "1")
    await screen.until("Synchronise everything", "Transactions: 3 to send", "Customers")
    screen.keys("enter")
    text = await screen.until("Enter finish", "added 17")
    assert text.count("E-50") == 1
    assert till.calls == [("push",), ("pull", "all")]


async def test_how_many_wait_is_told_before_and_not_guessed(sale, till):
    sale.keys("f10", "8", "4", "3")
    await sale.until("Products", "last version 17 from 2026-11-22 10:15", "waiting: 12")
    till.refuse_pull = SyncError(Code.NO_NETWORK)
    sale.keys("esc", "f10", "8", "4", "3")
    text = await sale.until("! E-50", "Start?")
    assert "waiting" not in text


async def test_the_letters_of_yes_and_no_answer(sale, till):
    sale.keys("f10", "8", "4", "1", "n")
    await sale.until("TOTAL")
    assert not till.calls
    sale.keys("f10", "8", "4", "1", "Y")
    await sale.until("added 17")
    assert till.calls == [("pull", "configuration")]
    # Once it has begun they are letters like any other.
    sale.keys("n", "y")
    await sale.until("added 17")


async def test_a_bar_fills_while_rows_come(sale, till):
    slow = Future()
    till.pull = lambda entry, ever: slow
    sale.keys("f10", "8", "4", "3")
    await sale.until("waiting: 12")
    sale.keys("enter")
    await sale.until("0/12")
    till.engine.tell(PullProgress("products", 6))
    text = await sale.until("Products: 6 rows received", "6/12")
    assert 30 < text.count("█") < 40
    slow.set_result([])
    await sale.until("Enter finish")


async def test_documents_go_one_by_one_and_what_came_back_has_its_reason(sale, till):
    slow = Future()
    till.push = lambda cause: slow
    till.shelf.rejections = [("2026-11-22 10:15 receipt 7", "unknown product")]
    sale.keys("f10", "8", "4", "4", "enter")
    await sale.until("0/3")
    till.engine.tell(UnsentChanged(Unsent(1, "2026-11-22T10:15:00+01:00", 0)))
    await sale.until("2/3")
    slow.set_result(2)
    await sale.until(
        "2 documents sent",
        "! Rejected by the back office: 1",
        "! 2026-11-22 10:15 receipt 7: unknown product",
    )


async def test_a_full_download_says_what_it_does(sale, till):
    sale.keys("f10", "8", "4", "8")
    await sale.until("Full download", "Changed since: ever", "Start?", "Settings")
    sale.keys("pagedown")
    await sale.until("Changed since: ever", "Start?", "Stock")
    sale.keys("enter")
    await sale.until("added 17")
    assert till.calls == [("pull", "all", "ever")]


@pytest.mark.parametrize(("key", "choice"), [*enumerate(CHOICES, start=1)])
async def test_the_seven_choices_of_the_data_update(sale, till, key, choice):
    sale.keys("f10", "8", "4", "9")
    await sale.until("Menu > 8 Configuration > 4 Synchronisation > 9 Data update")
    sale.keys(str(key), "enter")
    await sale.until("added 17")
    assert till.calls == [("pull", choice)]


async def test_progress_and_selling_on_meanwhile(sale, till):
    slow = Future()
    till.pull = lambda entry, ever: slow
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
