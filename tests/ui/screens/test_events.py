from __future__ import annotations

from terminal.store.events import Logged


def logged(no: int) -> Logged:
    at = f"2026-11-26T10:{no // 60:02}:{no % 60:02}.000+01:00"
    return Logged((1, no), at, "Anna", f"event_{no}", (("user", "u1"),))


async def test_the_log_newest_first_with_more_further_down(sale, till):
    till.shelf.logged = [logged(no) for no in range(120, 0, -1)]
    sale.keys("f12", "2", "2")
    await sale.until("event_120", "event_119", "Anna")
    for oldest in (71, 21, 1):
        sale.keys(*["pagedown"] * 5)
        await sale.until(f"event_{oldest} ")
    sale.keys("enter")
    await sale.until("event_1", "2026-11-26T10:00:01", "user", "u1")
    sale.keys("esc", "pageup", "f5")
    await sale.until("event_120")


async def test_an_empty_log(sale):
    sale.keys("f12", "2", "2", "enter", "down")
    await sale.until("Event log", "Nothing here")


async def test_what_was_rejected_and_why(sale, till):
    sale.keys("f12", "2", "1", "2")
    await sale.until("Rejected documents", "Nothing here")
    till.shelf.rejections = [
        ("2026-11-25 18:00 receipt 44", "total differs"),
        ("2026-11-25 17:00 cash", "no such till"),
    ]
    sale.keys("esc", "f12", "2", "1", "2")
    await sale.until("receipt 44", "total differs")
    sale.keys("down")
    await sale.until("no such till")
