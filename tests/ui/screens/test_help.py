from __future__ import annotations

from ui.screens.help import Help


async def test_help_names_the_keys_of_the_page_below(sale):
    sale.keys("f1")
    text = await sale.until("Help: Sale", "void, cancel", "discount on the line", "8 4 3")
    assert "F10" in text
    assert isinstance(sale.app.desk.page, Help)
    sale.keys("down")
    await sale.until("TOTAL")


async def test_help_before_login(screen):
    await screen.until("Identifier")
    screen.keys("f1")
    await screen.until("Help: Log in")
    screen.keys("enter")
    await screen.until("Identifier: _")
