from __future__ import annotations

import pytest

from terminal import events
from terminal.day.state import Day
from terminal.errors import Code, SyncError
from terminal.store.exchanges import Cause
from terminal.store.outbox import Unsent
from tests.ui.cash_desk import counter
from tests.ui.screens.test_cash import opened
from ui.screens.login import Login


async def test_too_much_wants_a_reason_too_and_esc_goes_back_to_counting(tmp_path):
    async with counter(tmp_path) as screen:
        await opened(screen, "*")
        screen.keys("f10", "2", "5", "#")
        await screen.until("Cash in the drawer")
        screen.type("5").keys("enter")
        await screen.until("Too much is in the drawer", "0,05")
        screen.keys("esc")
        await screen.until("Cash in the drawer")
        screen.type("7").keys("enter")
        await screen.until("0,07")
        screen.keys("enter", "2")
        await screen.until("The shift of Marek is closed.")
        assert screen.shop.documents("shift")[-1]["difference_gr"] == 7


async def ended(sale):
    """From the sale to the figures of a closed shift."""
    sale.keys("f10", "2", "5", "#")
    await sale.until("Cash in the drawer")
    sale.type("212350").keys("enter")
    await sale.until("Cash is missing")
    sale.keys("enter", "1")
    await sale.until("The shift of Anna Nowak is closed.")


async def test_who_goes_home_sees_what_is_unsent_and_enter_sends_it(sale, till):
    await ended(sale)
    await sale.until("Not sent to the back office: 3, the oldest is of 10:15.", "send now")
    sale.keys("enter")
    await sale.true(lambda: isinstance(sale.app.desk.page, Login))
    assert till.calls[-1] == ("push", Cause.LEAVING)
    assert till.unsent.count == 0


async def test_who_cannot_send_leaves_all_the_same(sale, till):
    till.refuse_push = SyncError(Code.NO_NETWORK)
    await ended(sale)
    sale.keys("enter")
    await sale.until("E-50")
    sale.keys("esc")
    await sale.true(lambda: isinstance(sale.app.desk.page, Login))
    assert till.unsent.count == 3


async def test_esc_leaves_without_sending(sale, till):
    await ended(sale)
    sale.keys("esc")
    await sale.true(lambda: isinstance(sale.app.desk.page, Login))
    assert ("push", Cause.LEAVING) not in till.calls


@pytest.mark.parametrize("key", ["enter", "esc"])
async def test_when_all_is_sent_one_key_ends_it(sale, till, key):
    till.unsent = Unsent(0, "", 0)
    till.engine.tell(events.UnsentChanged(till.unsent))
    await ended(sale)
    assert "Not sent" not in sale.text
    sale.keys(key)
    await sale.true(lambda: isinstance(sale.app.desk.page, Login))
    assert ("push", Cause.LEAVING) not in till.calls


async def test_the_last_shift_says_that_the_report_is_due(sale, till):
    await ended(sale)
    assert "The daily report is due" not in sale.text
    till.day = Day.DUE
    till.engine.tell(events.DayChanged(Day.DUE))
    await sale.until("The daily report is due (menu 3).")
