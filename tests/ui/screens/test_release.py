from __future__ import annotations

from concurrent.futures import Future

from terminal.errors import Code, SyncError


async def test_up_to_date(sale):
    sale.keys("f10", "8", "4", "5")
    await sale.until("The program is up to date.")
    sale.keys("enter")
    await sale.until("TOTAL")


async def test_a_version_is_offered(sale, till):
    till.version = "1.2.0"
    sale.keys("f10", "8", "4", "5")
    await sale.until("The back office offers version 1.2.0.")


async def test_no_network(sale, till):
    failed = Future()
    failed.set_exception(SyncError(Code.NO_NETWORK))
    till.find_release = lambda: failed
    sale.keys("f10", "8", "4", "5")
    await sale.until("! E-50")
