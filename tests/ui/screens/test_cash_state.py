from __future__ import annotations

from tests.terminal.desk import CASHIER
from tests.ui.cash_desk import counter
from tests.ui.screens.test_cash import opened


async def test_the_state_of_the_drawer(tmp_path):
    async with counter(tmp_path) as screen:
        await opened(screen, *"1000", "enter")
        screen.shop.pay("1", amount_gr=1000)
        screen.keys("f10", "2", "4")
        text = await screen.until("State of the drawer", "Marek, since 2026-11-23 10:00")
        for name, amount in (
            ("Opening cash", "10,00"),
            ("Cash received", "10,00"),
            ("Change given", "-6,51"),
            ("Should be in the drawer", "13,49"),
            ("Gotówka (1)", "3,49"),
        ):
            (line,) = [line for line in text.splitlines() if name in line]
            assert line.split()[-1] == amount, line
        screen.keys("*")
        await screen.until("E-95")


async def test_a_blind_count_hides_it(tmp_path):
    async with counter(tmp_path, blind_count=True) as screen:
        await screen.log_in(CASHIER)
        await screen.until("Opening of the shift")
        screen.keys(*"1000", "enter")
        await screen.until("The shift is open")
        screen.keys("f10", "2", "4")
        text = await screen.until("counted blindly", "Opening cash")
        assert "Should be" not in text
