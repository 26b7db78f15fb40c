from __future__ import annotations

from tests.ui.cash_desk import counter
from tests.ui.screens.test_cash import opened


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
