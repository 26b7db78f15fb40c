from __future__ import annotations

from terminal import events
from terminal.errors import Code, SyncError
from terminal.version import VERSION
from tests.ui.fake_finder import SIZE


async def opened(sale):
    sale.keys("f10", "8", "4", "5")
    return await sale.until("Update the program", VERSION)


async def test_up_to_date(sale):
    await opened(sale)
    await sale.until("The program is up to date.")
    sale.keys("enter")
    await sale.until("TOTAL")


async def test_an_offer_is_asked_about_and_no_leaves(sale, till):
    till.finder.offer("1.2.0", 1_500_000)
    await opened(sale)
    await sale.until(
        "The back office offers", "1.2.0", "31,4 MB, 1,5 MB of it are here", "Fetch it"
    )
    sale.keys("esc")
    await sale.until("TOTAL")
    assert not till.finder.cancelled


async def test_yes_fetches_with_a_bar_and_tells_what_becomes_of_it(sale, till):
    till.finder.offer("1.2.0")
    await opened(sale)
    await sale.until("Fetch it now?")
    sale.keys("y")
    await sale.until("Please wait")
    till.engine.tell(events.ReleaseComes("1.2.0", SIZE // 2, SIZE, 1_250_000))
    await sale.until("Version 1.2.0: 15,7 of 31,4 MB, 1250 kB/s", "█", "░", "15332/30665")
    till.engine.tell(events.ReleaseComes("1.2.0", SIZE, SIZE, 1_250_000))
    await sale.until("checking signature and content")
    till.finder.fetching.set_result(till.finder.prepare("1.2.0"))
    await sale.until("Version 1.2.0 is prepared. It will be installed at the day close.")
    sale.keys("enter")
    await sale.until("TOTAL")


async def test_escape_breaks_it_off_at_any_time(sale, till):
    till.finder.offer("1.2.0")
    await opened(sale)
    await sale.until("Fetch it now?")
    sale.keys("enter")
    await sale.until("Please wait")
    till.engine.tell(events.ReleaseComes("1.2.0", SIZE // 2, SIZE, 1_250_000))
    await sale.until("15,7 of 31,4 MB")
    sale.keys("esc")
    await sale.until("Cancelled. What is here stays")
    assert till.finder.cancelled == 1
    till.finder.fetching.set_result(None)
    sale.keys("esc")
    await sale.until("TOTAL")


async def test_goods_are_sold_while_it_comes(sale, till):
    till.finder.offer("1.2.0")
    await opened(sale)
    await sale.until("Fetch it now?")
    sale.keys("enter")
    await sale.until("Please wait")
    sale.scan("5901234123457")
    await sale.until("TOTAL")
    assert not till.finder.cancelled


async def test_the_day_close_has_taken_the_line(sale, till):
    till.finder.offer("1.2.0")
    await opened(sale)
    await sale.until("Fetch it now?")
    sale.keys("enter")
    till.finder.fetching.set_result(None)
    await sale.until("It was broken off")


async def test_what_is_prepared_already_is_told(sale, till):
    till.finder.offer("1.2.0", SIZE, is_prepared=True)
    await opened(sale)
    await sale.until("Version 1.2.0 is prepared. It will be installed at the day close.")


async def test_a_program_that_cannot_be_exchanged_says_so(sale, till):
    till.finder.offer("1.2.0", SIZE, is_prepared=True)
    till.finder.is_installable = False
    await opened(sale)
    await sale.until("Version 1.2.0 is prepared", "kasoterminal install")


async def test_an_urgent_one_says_so_also_on_another_page(sale, till):
    till.finder.offer("1.2.0", is_urgent=True)
    await opened(sale)
    await sale.until("an early day close is asked for")
    sale.keys("esc")
    await sale.until("TOTAL")
    till.engine.tell(events.ReleasePrepared("1.2.0", is_urgent=True))
    await sale.until("Version 1.2.0 is urgent", "day close (menu 3)")


async def test_the_office_has_stopped_it(sale, till):
    till.finder.offer("1.2.0", is_paused=True)
    await opened(sale)
    await sale.until("The back office has stopped it for now: it waits.")


async def test_a_refusal_says_why(sale, till):
    for error, told in (
        (SyncError(Code.NO_NETWORK), "! E-50"),
        (SyncError(Code.NO_ROOM, needed=100, free=3), "100 MiB are needed, 3 MiB are free"),
        (SyncError(Code.NOT_GENUINE, detail="releases"), "! E-162"),
        (SyncError(Code.UPDATES_OFF, reason="no file"), "Updates are off on this till: no file"),
    ):
        till.finder.trouble = error
        await opened(sale)
        await sale.until(told)
        sale.keys("enter")
        await sale.until("TOTAL")
