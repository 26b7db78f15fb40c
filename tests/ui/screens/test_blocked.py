from __future__ import annotations

import pytest

from terminal import events
from terminal.errors import Blocked as BlockedError
from terminal.errors import Code
from terminal.sync.wire import Right
from tests.ui.conftest import running
from ui.screens.blocked import Blocked


async def test_why_what_is_safe_and_the_way_out(sale, till):
    sale.keys("1", "enter")
    await sale.until("Mleko")
    till.engine.tell(events.SellingBlocked(BlockedError(Code.MEMORY_FULL)))
    text = await sale.until("SELLING IS STOPPED", "E-11", "The open receipt (1 line) is kept.")
    assert "3 daily report, 7 1 printer" in text
    before = list(till.calls)
    sale.keys("2", "enter", "esc").scan("5900000000001")
    await sale.until("Answer first")
    assert till.calls == before
    sale.keys("f10", "7", "1")
    await sale.until("Selling is stopped")
    till.engine.tell(events.SellingBlocked(None))
    sale.keys("esc")
    await sale.until("TOTAL", "Mleko")


async def test_service_accepts_after_a_question(till):
    till.blocked = BlockedError(Code.DISAGREES, detail="x")
    async with running(till) as screen:
        await screen.until("Identifier")
        screen.keys("1", "enter", *"1234", "enter")
        await screen.until("SELLING IS STOPPED", "Service: Enter takes")
        screen.keys("enter")
        await screen.until("Take the printer's figures for the truth?")
        screen.keys("enter")
        await screen.until("TOTAL")
    assert till.calls == [("accept_printer",)]


@pytest.mark.parametrize(
    ("rights", "code"),
    [({Right.SELL}, Code.DISAGREES), (set(Right), Code.MEMORY_FULL)],
)
async def test_others_cannot(till, rights, code):
    till.rights = frozenset(rights)
    till.blocked = BlockedError(code, detail="x")
    async with running(till) as screen:
        await screen.until("Identifier")
        screen.keys("1", "enter", *"1234", "enter")
        await screen.until("SELLING IS STOPPED")
        screen.keys("enter")
        await screen.true(lambda: isinstance(screen.app.desk.page, Blocked))
    assert not till.calls


async def test_both_pictures_are_shown(till):
    till.blocked = BlockedError(Code.DISAGREES, detail="x", expected="8 receipts", found="9")
    async with running(till) as screen:
        await screen.until("Identifier")
        screen.keys("1", "enter", *"1234", "enter")
        await screen.until("SELLING IS STOPPED", "Till: 8 receipts", "Printer: 9")


@pytest.mark.parametrize("is_manager", [True, False])
async def test_a_manager_confirms_other_totals(till, is_manager):
    till.rights = frozenset({Right.SELL, *([Right.CLOSE_DAY] if is_manager else [])})
    till.blocked = BlockedError(
        Code.REPORT_DIFFERS,
        report_no=7,
        printer="1,01",
        till="1,00",
        expected="A 1,00",
        found="A 1,01",
    )
    async with running(till) as screen:
        await screen.until("Identifier")
        screen.keys("1", "enter", *"1234", "enter")
        await screen.until("SELLING IS STOPPED", "Till: A 1,00", "Printer: A 1,01")
        screen.keys("enter")
        if is_manager:
            await screen.until("TOTAL")
        else:
            await screen.true(lambda: isinstance(screen.app.desk.page, Blocked))
    assert till.calls == [("confirm_report",)] * is_manager
