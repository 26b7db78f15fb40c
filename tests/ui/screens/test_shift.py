from __future__ import annotations

from tests.ui.cash_desk import counter


async def test_a_login_asks_for_the_opening_cash(tmp_path):
    async with counter(tmp_path, opening_float_gr=20_000) as screen:
        await screen.log_in()
        text = await screen.until("Opening of the shift", "leave it out", "200,00")
        screen.type("15000")
        # Left out only while nothing is typed.
        await screen.until("150,00")
        assert "leave it out" not in screen.text
        screen.keys("*", "enter")
        await screen.until("The shift is open", "TOTAL")
        assert screen.shop.documents("shift")[0]["opening_gr"] == 15_000
        assert "150,00" in text or screen.shop.printer.cash_gr in {0, 15_000}


async def test_enter_takes_the_usual_cash(tmp_path):
    async with counter(tmp_path, opening_float_gr=20_000) as screen:
        await screen.log_in()
        await screen.until("Opening of the shift")
        screen.keys("enter")
        await screen.until("The shift is open")
        assert screen.shop.documents("shift")[0]["opening_gr"] == 20_000


async def test_it_may_be_left_out(tmp_path):
    async with counter(tmp_path) as screen:
        await screen.log_in()
        await screen.until("Opening of the shift")
        screen.keys("*")
        await screen.until("The shift is open")
        assert screen.shop.documents("shift")[0]["opening_gr"] is None


async def test_who_went_back_is_asked_again_at_the_payment(tmp_path):
    async with counter(tmp_path) as screen:
        await screen.log_in()
        await screen.until("Opening of the shift")
        screen.keys("esc", "1", "enter")
        await screen.until("Mleko")
        screen.keys("enter", "enter")
        await screen.until("E-135", "Opening of the shift")
        screen.keys("*")
        await screen.until("The shift is open", "Mleko")
