from __future__ import annotations

from terminal.i18n import use_language


async def test_a_language_is_switched_live_and_left_with_the_operator(sale, till):
    sale.keys("f10", "8", "6")
    await sale.until("1 Polski", "2 English", "5 Colours", "6 High contrast")
    sale.keys("1")
    await sale.until("Wygląd", "2 English")
    sale.keys("esc")
    await sale.until("SUMA")
    till.lock()
    await sale.until("Identifier: _")
    use_language("en")


async def test_a_theme_is_switched_live(sale):
    sale.keys("f10", "8", "6", "6")
    await sale.true(lambda: sale.app.desk.theme == "contrast")
    sale.keys("5")
    await sale.true(lambda: sale.app.desk.theme == "normal")
