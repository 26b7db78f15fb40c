from __future__ import annotations

from tests.ui.screens.test_refunding import RETURN, until_refund
from ui.screens.given import in_words


async def test_the_protocol_is_shown_and_comes_back_here(till, sale):
    await until_refund(till, sale, *RETURN)
    sale.keys("enter", "*")
    await sale.until("NOT A FISCAL DOCUMENT", "Date of sale")
    sale.keys("pagedown", "pagedown")
    await sale.until("Signature of the customer", "Signature of the seller")
    sale.keys("esc")
    await sale.until("is written down")


def test_no_money_has_a_word() -> None:
    assert in_words(()) == "no money is given back"
