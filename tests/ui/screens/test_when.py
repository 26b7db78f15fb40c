"""Days and hours as they are asked for: what is none is asked again with what was typed."""

from __future__ import annotations

from datetime import date

from ui.screens.when import ask_day, ask_moment


async def test_a_day_an_empty_one_and_one_that_is_none(sale):
    days: list[date | None] = []
    desk = sale.app.desk

    def ask():
        desk._hop(lambda: ask_day(desk, "Delivery", "Day", days.append))

    ask()
    await sale.until("Day (3, 0312 or 03122026): _")
    sale.type("3113").keys("enter")
    await sale.until("E-200 No day: 3113", "03122026): 3113_")
    sale.keys("esc").type("31122030").keys("enter")
    await sale.true(lambda: days == [date(2030, 12, 31)])
    ask()
    await sale.until("Day (3, 0312 or 03122026): _")
    sale.keys("enter")
    await sale.true(lambda: days[-1] is None)


async def test_an_empty_day_is_today_or_no_moment_at_all(sale, till):
    moments: list[str] = []
    desk = sale.app.desk
    desk._hop(lambda: ask_moment(desk, "Next", moments.append))
    await sale.until("Day (empty: none)")
    sale.keys("enter")
    await sale.true(lambda: moments == [""])
    desk._hop(lambda: ask_moment(desk, "Visit", moments.append, is_needed=True))
    await sale.until("Day (empty: today)")
    sale.keys("enter")
    await sale.until("Hour (9, 930 or 1430)")
    sale.type("1430").keys("enter")
    await sale.true(lambda: len(moments) == 2)
    assert moments[1][:16] == f"{till.now():%Y-%m-%d}T14:30"
    assert moments[1][16:] in {"+00:00", "+01:00", "+02:00"}
