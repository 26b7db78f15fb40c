from __future__ import annotations

import pytest

from terminal.sync.wire import Right
from tests.ui.conftest import running
from ui.menu import MENU, find
from ui.screens.closing import Closing
from ui.screens.customers import Customers
from ui.screens.data_sets import DataSets
from ui.screens.exchange import Exchange
from ui.screens.history import History
from ui.screens.leaving import Leaving
from ui.screens.menu import Menu
from ui.screens.release import Release
from ui.screens.sales import Sales
from ui.screens.selling import Selling
from ui.screens.status import Connections, PrinterStatus, Unsent
from ui.screens.wizard import Wizard

PAGES = {
    "lock": Leaving,
    "close_day": Closing,
    "sales": Sales,
    "printer_status": PrinterStatus,
    "connections": Connections,
    "unsent": Unsent,
    "push": Exchange,
    "sync_all": Wizard,
    "sync_history": History,
    "pull_ever": Exchange,
    "data_sets": DataSets,
    "customers": Customers,
    "find_release": Release,
    **{choice.verb: Exchange for choice in MENU if choice.verb.startswith("pull.")},
}


@pytest.mark.parametrize("choice", MENU, ids=lambda choice: choice.path)
async def test_every_path_typed_fast_opens_its_page(sale, choice):
    sale.keys("f10", *choice.path)
    wanted = PAGES[choice.verb] if choice.verb else Menu
    await sale.true(lambda: type(sale.app.desk.page) is wanted and _arrived(sale, choice))
    assert sale.app.desk.said is None


def _arrived(sale, choice):
    return choice.verb or sale.app.desk.page.path == choice.path


async def test_the_way_is_shown_and_esc_goes_up_level_by_level(sale):
    sale.keys("f10", "8", "4")
    await sale.until("Menu > 8 Configuration > 4 Synchronisation", "3  Synchronise products")
    sale.keys("esc")
    await sale.until("Menu > 8 Configuration ")
    sale.keys("esc", "esc")
    await sale.true(lambda: isinstance(sale.app.desk.page, Selling))


async def test_arrows_and_enter_do_the_same(sale):
    sale.keys("f10", "down", "down", "down")
    await sale.until("> 5  Transactions", "Printed receipts, newest first")
    sale.keys("enter")
    await sale.true(lambda: isinstance(sale.app.desk.page, Sales))


async def test_no_such_number(sale):
    sale.keys("f10", "8", "9")
    await sale.until("No such menu entry: 8 9")
    assert isinstance(sale.app.desk.page, Menu)


async def test_f10_leaves_and_hash_shows_the_keys(sale):
    sale.keys("f10", "#")
    await sale.until("Help: Menu")
    sale.keys("esc", "f10")
    await sale.true(lambda: isinstance(sale.app.desk.page, Selling))


async def test_what_has_no_right_is_shown_locked_and_asks_for_approval(till):
    till.rights = frozenset({Right.SELL})
    async with running(till) as screen:
        await screen.log_in()
        screen.keys("f10")
        await screen.until("3  Daily report (close the day)  [no permission]")
        screen.keys("3")
        await screen.until("E-48", "daily report", "Another operator approves")
        screen.keys("esc", "8", "4", "3")
        await screen.until("E-48", "synchronisation")
        screen.keys("esc")
        await screen.until("Menu > 8 Configuration > 4 Synchronisation")
        assert isinstance(screen.app.desk.page, Menu)
    assert not till.calls


async def test_a_scan_in_the_menu_goes_to_the_sale_and_chooses_nothing(sale, till):
    sale.keys("f10")
    await sale.until("Lock the screen")
    sale.scan("1900000000001")
    await sale.until("E-01")
    assert isinstance(sale.app.desk.page, Selling)
    assert till.operator is not None
    sale.keys("f10").scan("5900000000001")
    await sale.until("Mleko")


async def test_quitting_exists_only_in_the_demonstration(till):
    assert find("99") is None
    async with running(till, allow_quit=True) as screen:
        await screen.log_in()
        screen.keys("f10", "9")
        await screen.until("9  Quit the program")
        screen.keys("9")
        await screen.true(lambda: not screen.app.is_running)


async def test_no_quitting_in_a_shop(sale):
    sale.keys("f10", "9", "9", "ctrl+q", "ctrl+c")
    await sale.until("No such menu entry")
    assert sale.app.is_running
