from __future__ import annotations

import pytest

from terminal.errors import Code, SyncError
from terminal.sync.datasets import DATA_SETS
from terminal.sync.wire import Customer
from ui.screens.data_sets import PAGE_ROWS


async def open_set(sale, name):
    sale.keys("f10", "8", "1")
    await sale.until("Terminal settings (view)", "Currencies")
    sale.keys(*["down"] * list(DATA_SETS).index(name), "enter")


async def test_every_set_is_there_with_its_count(sale):
    sale.keys("f10", "8", "1")
    text = await sale.until("Settings", "Price lists", "       2")
    sale.keys("pagedown", "pagedown", "pagedown")
    text += "\n" + await sale.until("Stock")
    lines = [line for line in text.splitlines() if line.startswith((" ", ">"))]
    counts = {line.split()[-2]: line.split()[-1] for line in lines if line.rstrip()[-1:].isdigit()}
    assert len(counts) == len(DATA_SETS)
    assert (counts["Currencies"], counts["Users"]) == ("1", "0")


async def test_rows_and_one_of_them_in_full(sale):
    await open_set(sale, "currencies")
    await sale.until("> EUR  euro  4,2587 zł")
    sale.keys("enter")
    text = await sale.until("Exchange rate", "4,2587 zł")
    assert "In use" in text
    sale.keys("enter")
    await sale.until("> EUR  euro")


async def test_refresh_fetches_the_set_and_says_what_changed(sale, till):
    await open_set(sale, "customers")
    await sale.until("Jan Dąb")
    till.shelf.sets["customers"].append(Customer("c3", "Ewa Lis"))
    sale.keys("f5")
    await sale.until("Ewa Lis", "added 17, changed 4, removed 1")
    assert till.calls == [("pull", "customers")]


async def test_refresh_without_the_office_shows_what_is_here(sale, till):
    await open_set(sale, "customers")
    await sale.until("Jan Dąb")
    till.refuse_pull = SyncError(Code.NO_NETWORK)
    sale.keys("f5")
    await sale.until("E-50", "Jan Dąb")


async def test_a_set_without_rows(sale):
    await open_set(sale, "users")
    await sale.until("Nothing here")
    sale.keys("enter", "down", "esc")
    await sale.until("Terminal settings (view)")


async def test_more_rows_are_fetched_near_the_end(sale, till):
    count = 2 * PAGE_ROWS + 5
    till.shelf.sets["customers"] = [Customer(f"c{no:04}", f"No {no}") for no in range(count)]
    await open_set(sale, "customers")
    await sale.until("No 0")
    page = sale.app.desk.page
    assert page.count == PAGE_ROWS
    sale.keys(*["pagedown"] * 9)
    await sale.true(lambda: page.count == 2 * PAGE_ROWS)
    sale.keys(*["pagedown"] * 10)
    await sale.true(lambda: page.count == count)
    sale.keys(*["pagedown"] * 3)
    await sale.until(f"> c{count - 1:04}")


@pytest.mark.parametrize("key", ["down", "up", "pagedown"])
async def test_a_row_in_full_scrolls_only_as_far_as_it_must(sale, key):
    await open_set(sale, "customers")
    await sale.until("Lipa")
    sale.keys("enter", key)
    await sale.until("Lipa sp. z o.o.", "NIP")
