from __future__ import annotations

from tests.ui.cash_desk import counter
from tests.ui.screens.test_cash import opened


async def test_notes_and_coins_are_added_up_and_the_shift_ends(tmp_path):
    async with counter(tmp_path) as screen:
        await opened(screen, *"20349", "enter")
        screen.keys("f10", "2", "5")
        await screen.until("End of the shift", "Pieces of 500,00 zł")
        screen.keys("enter", "1", "enter")  # 200
        screen.keys("down", "down", "down", "down", "down", "down")
        await screen.until("Pieces of 1,00 zł")
        screen.keys("3", "enter")
        await screen.until("Counted", "203,00")
        screen.keys("*")
        await screen.until("Should be in the drawer", "203,49", "-0,49", "Cash is missing")
        screen.keys("enter")
        await screen.until("Why does it differ?")
        screen.keys("1")
        await screen.until("The shift of Marek is closed.", "-0,49")
        told = screen.shop.documents("shift")[-1]
        assert told["coins"] == [{"pieces": 1, "value_gr": 20000}, {"pieces": 3, "value_gr": 100}]
        assert told["reason"] == "wrong_change"
        await screen.until("Not sent to the back office")
        screen.keys("esc")
        await screen.until("Identifier")


async def test_the_whole_amount_is_enough(tmp_path):
    async with counter(tmp_path) as screen:
        await opened(screen, *"1000", "enter")
        screen.keys("f10", "2", "5", "#")
        await screen.until("Cash in the drawer")
        screen.type("1000").keys("enter")
        await screen.until("It fits")
        screen.keys("enter")
        await screen.until("The shift of Marek is closed.")
        assert screen.shop.documents("shift")[-1]["counted_gr"] == 1000


async def test_nothing_says_what_is_expected_before_it_is_counted(tmp_path):
    async with counter(tmp_path, blind_count=True) as screen:
        await opened(screen, *"123456", "enter")
        screen.keys("f10", "2", "5")
        text = await screen.until("Pieces of 500,00 zł")
        assert "234,56" not in text
        screen.type("100000").keys("enter")
        await screen.until("That is too many")
