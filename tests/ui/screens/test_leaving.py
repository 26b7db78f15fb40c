from __future__ import annotations

from concurrent.futures import Future

from terminal.errors import Code, SyncError
from terminal.events import UnsentChanged
from terminal.store.exchanges import Cause
from terminal.store.outbox import Unsent
from ui.screens.login import Login


async def logged_out(sale):
    await sale.true(lambda: isinstance(sale.app.desk.page, Login), "the login page")


async def test_with_everything_sent_nobody_is_asked(sale, till):
    till._push()
    await sale.until("all sent")
    sale.keys("f10", "1")
    await logged_out(sale)
    assert not till.calls


async def test_the_question_says_how_many_and_since_when(sale, till):
    sale.keys("f10", "1")
    await sale.until("Not sent to the back office: 3, the oldest is of 10:15.", "Enter send now")
    assert till.operator is not None


async def test_enter_sends_and_then_locks_by_itself(sale, till):
    sale.keys("f10", "1", "enter")
    await logged_out(sale)
    assert till.calls == [("push", Cause.LEAVING)]


async def test_red_leaves_at_once(sale, till):
    sale.keys("f10", "1", "esc")
    await logged_out(sale)
    assert not till.calls


async def test_whoever_cannot_send_reads_why_and_leaves(sale, till):
    till.refuse_push = SyncError(Code.NO_NETWORK)
    sale.keys("f10", "1", "enter")
    await sale.until("E-50", "Enter leave")
    assert till.operator is not None
    sale.keys("enter")
    await logged_out(sale)


async def test_waiting_is_no_duty(sale, till):
    slow = Future()
    till.push = lambda cause: slow
    sale.keys("f10", "1", "enter")
    await sale.until("0/3")
    sale.keys("enter", "down", "esc")
    await logged_out(sale)
    slow.set_result(3)


async def test_the_menu_is_the_way_back(sale, till):
    sale.keys("f10", "1")
    await sale.until("Not sent")
    sale.keys("f10", "esc", "f10", "5")
    await sale.until("Transactions")
    assert till.operator is not None


async def test_what_goes_by_itself_meanwhile_is_not_asked_about_any_more(sale, till):
    sale.keys("f10", "1")
    await sale.until("back office: 3")
    till.engine.tell(UnsentChanged(Unsent(2, "2026-11-22T10:16:00+01:00", 0)))
    await sale.until("back office: 2, the oldest is of 10:16")
    till.engine.tell(UnsentChanged(Unsent(0, "", 0)))
    await logged_out(sale)
