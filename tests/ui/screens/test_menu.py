from __future__ import annotations

from msgspec.structs import replace

from terminal.sync.wire import Right
from tests.ui.conftest import running
from ui.menu import MENU, SERVICE, find
from ui.screens.menu import Menu
from ui.screens.sales import Sales
from ui.screens.selling import Selling
from ui.training import Training

# Done without a page, and said.
AT_ONCE = {"print_bill"}


async def test_paths_of_each_table_typed_fast_open_their_pages(sale, till):
    till.settings = replace(till.settings, cash_management=True)
    sale.app.desk.look()
    await sale.true(lambda: sale.app.desk.known.settings.cash_management)
    sale.app.desk.training = Training(is_on=False, switch=lambda: None)
    for key, table in (("f10", MENU), ("f12", SERVICE)):
        for choice in table:
            sale.keys(key, *choice.path)
            await sale.true(lambda c=choice: arrived(sale.app.desk, c), choice.path)
            if choice.verb in AT_ONCE:
                await sale.true(lambda: sale.app.desk.said is not None, choice.path)
            else:
                assert sale.app.desk.said is None
            sale.app.desk.home()


def arrived(desk, choice):
    if choice.is_submenu:
        return isinstance(desk.page, Menu) and desk.page.path == choice.path
    return choice.verb in AT_ONCE or not isinstance(desk.page, Menu | Selling)


async def test_the_way_is_shown_and_esc_goes_up_level_by_level(sale):
    sale.keys("f10", "8", "4")
    await sale.until("Menu > 8 Configuration > 4 Synchronisation", "3  Synchronise products")
    sale.keys("esc")
    await sale.until("Menu > 8 Configuration ")
    sale.keys("esc", "esc")
    await sale.true(lambda: isinstance(sale.app.desk.page, Selling))


async def test_arrows_and_enter_do_the_same(sale):
    sale.keys("f10", "down", "down", "down", "down")
    await sale.until("> 5  Transactions", "Printed receipts, newest first")
    sale.keys("enter")
    await sale.true(lambda: isinstance(sale.app.desk.page, Sales))


async def test_no_such_number(sale):
    sale.keys("f10", "8", "9")
    await sale.until("No such menu entry: 8 9")
    assert isinstance(sale.app.desk.page, Menu)


async def test_f10_leaves_and_f1_explains_the_marked_entry(sale):
    sale.keys("f10", "8", "down", "#")
    await sale.until("Help: Network", "address, encryption", "8 2", "8 4 3")
    sale.keys("esc", "down", "down", "f1")
    text = await sale.until("Help: Synchronisation", "Fetch data", "8 4 8     ", "Full download")
    assert "Permission" not in text
    sale.keys("esc", "esc", "f1")
    await sale.until("Help: Lock the screen")
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


async def test_help_names_the_right_that_is_wanted(sale):
    sale.keys("f10", "down", "down", "f1")
    await sale.until("Help: Daily report", "Permission", "daily report")


async def test_the_service_menu_before_login(screen, till):
    await screen.until("Identifier")
    screen.keys("f12")
    await screen.until("Service menu", "1  Configuration >", "2  Service >  [log in]")
    screen.keys("1", "2")
    await screen.until("Network", "https://office.example.com", "TLS")
    screen.keys("esc", "f10", "2")
    await screen.until("Log in", "Identifier: _")
    screen.keys("esc")
    await screen.until("Service menu")
    screen.keys("2", "1", "enter", *"1234", "enter")
    await screen.until("Service menu > 2 Service", "4  Printer")
    assert till.operator is not None


async def test_who_came_through_the_door_without_the_right_is_asked_for_an_approval(screen, till):
    till.rights = frozenset({Right.SELL})
    await screen.until("Identifier")
    screen.keys("f12", "2", "1", "enter", *"1234", "enter")
    await screen.until("Another operator approves", "E-48 No permission: service")
    screen.keys("2", "enter", *"2222", "enter")
    await screen.until("Service menu > 2 Service")
    screen.keys("2")
    await screen.until("Event log", "Nothing here")
    assert [call[0] for call in till.calls] == ["approve"]
    screen.keys("esc", "f12", "2")
    await screen.until("Another operator approves")


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
