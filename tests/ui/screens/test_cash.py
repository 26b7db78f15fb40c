from __future__ import annotations

from tests.ui.cash_desk import counter


async def opened(screen, *keys):
    await screen.log_in()
    await screen.until("Opening of the shift")
    screen.keys(*keys)
    await screen.until("The shift is open")


async def test_cash_in_asks_for_its_reason_and_says_when_it_is_booked(tmp_path):
    async with counter(tmp_path) as screen:
        await opened(screen, "*")
        screen.keys("f10", "2", "1")
        await screen.until("Cash in", "Amount")
        screen.type("5000").keys("enter")
        await screen.until("Cash in: 50,00 zł", "1 change money", "2 from the safe")
        screen.keys("1")
        await screen.until("Cash in: 50,00 zł", "TOTAL")
        (told,) = screen.shop.documents("cash")
        assert (told["amount_gr"], told["reason"], told["slip_no"]) == (5000, "coins", 2)


async def test_more_than_there_is_stays_on_the_page(tmp_path):
    async with counter(tmp_path) as screen:
        await opened(screen, *"1000", "enter")
        screen.keys("f10", "2", "2")
        await screen.until("Cash out", "Amount")
        screen.type("1001").keys("enter", "1")
        await screen.until("! E-33", "Cash out")
        screen.type("1000").keys("enter", "1")
        await screen.until("Cash out: 10,00 zł", "TOTAL")
        assert screen.shop.printer.cash_gr == 0


async def test_f8_asks_why_and_opens(tmp_path):
    async with counter(tmp_path) as screen:
        await opened(screen, "*")
        screen.keys("f8")
        await screen.until("Open the drawer: why?", "2 check of the drawer")
        screen.keys("2")
        await screen.true(lambda: screen.shop.printer.count("open_drawer") == 1)
        screen.keys("1", "enter")
        await screen.until("Mleko")
        screen.keys("f8", "1")
        await screen.until("E-49")
        assert screen.shop.printer.count("open_drawer") == 1


async def test_menu_2_is_locked_with_its_reason(tmp_path):
    async with counter(tmp_path, cash_management=False) as screen:
        await screen.log_in()
        await screen.until("TOTAL")
        screen.keys("f10")
        await screen.until("2  Cash >  [switched off]")
        screen.keys("2")
        await screen.until("E-137")
