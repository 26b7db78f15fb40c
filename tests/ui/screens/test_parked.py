"""F6, F7 and menu 6: parked receipts on the screen."""

from __future__ import annotations

import msgspec
import pytest

from terminal.errors import Code, Rejected, SyncError
from terminal.sale.repricing import PriceChange
from terminal.sync.wire import SharedHead


@pytest.fixture
async def parked(sale, till):
    """A receipt with two lines lies under "Sale 1"."""
    sale.type("2*1").keys("enter").type("2").keys("enter")
    await sale.until("2 items")
    sale.keys("f6")
    await sale.until("Parked: Sale 1. F7 takes it up again", "[1 parked]")
    return sale


async def test_f6_parks_and_f7_takes_up(parked, till):
    assert not till.receipt.rid
    parked.keys("f7")
    text = await parked.until("Parked receipts: take one up", "Sale 1")
    (line,) = (line for line in text.splitlines() if "Sale 1" in line)
    assert "11-22 12:01" in line
    assert "12,18" in line
    assert "Mleko" in line
    assert "+1" in line
    assert "Anna Nowak" in line
    parked.keys("down", "enter")
    text = await parked.until("Sale 1 ", "Mleko", "Chleb", "2 items")
    assert "parked" not in text.splitlines()[1]


async def test_nothing_is_parked_without_a_receipt(sale):
    sale.keys("f6")
    await sale.until("E-17")


async def test_a_line_that_is_being_edited_is_left_when_its_receipt_is_parked(sale):
    sale.type("1").keys("enter", "f5")
    await sale.until("Discount (%) on Mleko")
    sale.keys("f6")
    await sale.until("Parked: Sale 1", "Code: _")


async def test_switching_parks_what_is_on_the_screen(parked, till):
    parked.type("1").keys("enter")
    await parked.until("Mleko")
    parked.keys("f10", "6", "2", "enter")
    await parked.until("Telefon ", "[2 parked]")
    assert ("switch", "Telefon") in till.calls


async def test_the_list_is_left_by_the_key_that_opened_it(parked):
    parked.keys("f7")
    await parked.until("take one up")
    parked.keys("f7")
    await parked.until("TOTAL")


async def test_new_prices_are_a_question(parked, till):
    till.parking.changes = (PriceChange(0, "Mleko", 349, 379), *[PriceChange(1, "x", 1, 2)] * 9)
    parked.keys("f7", "down", "enter")
    await parked.until("Prices have changed since: Mleko 3,49 → 3,79,", "…", "the old ones stay")
    parked.keys("esc")
    await parked.until("TOTAL", "2 items")
    assert ("reprice",) not in till.calls
    parked.keys("f6")
    await parked.until("[1 parked]")
    parked.keys("f7", "down", "enter")
    await parked.until("Prices have changed")
    parked.keys("enter")
    await parked.until("TOTAL")
    await parked.true(lambda: ("reprice",) in till.calls)


async def test_a_new_one_with_a_name(parked, till):
    parked.keys("f10", "6", "1")
    await parked.until("A new receipt; this one is parked")
    parked.type("Pan Jan").keys("enter")
    await parked.until("Pan Jan", "TOTAL")
    assert till.calls[-1] == ("begin", "Pan Jan")
    till.parking.refuse = Rejected(Code.BILL_EXISTS, name="Pan Jan")
    parked.keys("f10", "6", "1").type("Pan Jan").keys("enter")
    # The name is still there to be changed.
    await parked.until("E-114", "Name (empty: the next number): Pan Jan")


async def test_merging_is_confirmed(parked, till):
    parked.type("1").keys("enter")
    await parked.until("3,49")
    parked.keys("f10", "6", "4")
    text = await parked.until("Merge: the lines of which", "Sale 1")
    assert "Telefon" not in text
    parked.keys("enter")
    await parked.until("Put the lines of Sale 1 (12,18) onto this receipt?")
    parked.keys("enter")
    await parked.until("TOTAL")
    await parked.true(lambda: till.calls[-1] == ("merge", "Sale 1"))


async def test_deleting_is_confirmed(parked, till):
    parked.keys("f10", "6", "5", "down", "enter")
    await parked.until("Cancel the parked receipt Sale 1 (12,18)?")
    parked.keys("esc")
    await parked.until("Delete a parked receipt")
    parked.keys("enter", "enter")
    await parked.true(lambda: ("drop", "Sale 1") in till.calls)
    await parked.true(lambda: "Sale 1" not in parked.text and "Telefon" in parked.text)


async def test_a_name_without_a_receipt_is_taken_off_the_list(sale, till):
    till.parking.lying["Jan"] = None
    sale.keys("f10", "6", "5", "down", "enter")
    await sale.until("Take Jan off the list?")


async def test_the_bill_of_what_is_on_the_screen(parked, till):
    parked.keys("f10", "6", "6")
    await parked.until("The bill is being printed", "TOTAL")
    assert ("bill",) in till.calls


async def test_a_shop_that_does_not_park(sale, till):
    till.parking.refuse = Rejected(Code.PARKING_OFF)
    sale.type("1").keys("enter", "f6")
    await sale.until("E-110")


# --- shared between tills ------------------------------------------------------------------------

HEAD = SharedHead("s1", "T2", "Hotel", "2026-11-22T12:05:00+01:00", "u2", "Marek", 349, 3, "Mleko")


@pytest.fixture
async def shared(parked, till):
    """Another till has parked "Hotel"; of ours, "Sale 1" lies with the office."""
    till.settings = msgspec.structs.replace(till.settings, parking=True, parking_shared=True)
    parked.app.desk.look()
    await parked.true(lambda: parked.app.desk.known.settings.parking_shared)
    till.sharing.heads = [HEAD]
    till.sharing.receipts = dict.fromkeys(("s1", "s2"), till.parking.lying["Sale 1"])
    till.parking.shares["Sale 1"] = "s2"
    return parked


async def test_those_of_other_tills_follow_with_the_till(shared, till):
    shared.keys("f7")
    text = await shared.until("Sale 1", "Hotel", "T2 Marek", "+2", "F5 refresh")
    assert text.index("Sale 1") < text.index("Hotel")
    till.sharing.heads = []
    shared.keys("f5")
    await shared.true(lambda: "Hotel" not in shared.text)


async def test_one_of_another_till_is_fetched_and_taken_up(shared, till):
    shared.keys("f7")
    await shared.until("Hotel")
    shared.keys("down", "down", "enter")
    await shared.until("Hotel ", "2 items")
    assert till.calls.index(("take", "s1", "u2")) < till.calls.index(("switch", "Hotel"))


async def test_our_own_is_fetched_from_the_office_first(shared, till):
    shared.keys("f7", "down", "enter")
    await shared.until("Sale 1 ", "2 items")
    assert till.calls.index(("take", "s2", "u1")) < till.calls.index(("switch", "Sale 1"))


async def test_what_is_deleted_is_fetched_first(shared, till):
    shared.keys("f10", "6", "5", "down", "enter")
    await shared.until("Cancel the parked receipt Sale 1 (12,18)?")
    assert ("take", "s2", "u1") in till.calls


async def test_another_till_was_quicker(shared, till):
    shared.keys("f7")
    await shared.until("Hotel")
    till.sharing.refuse = Rejected(Code.BILL_GONE, name="Hotel")
    shared.keys("down", "down", "enter")
    await shared.until("E-111", "Parked receipts: take one up")


async def test_without_the_office_only_ours_are_shown(shared, till):
    till.sharing.refuse = SyncError(Code.NO_NETWORK, detail="")
    shared.keys("f7")
    text = await shared.until("only receipts of this till are shown", "Sale 1")
    assert "Hotel" not in text
    till.sharing.refuse = SyncError(Code.OFFICE_REFUSED, detail="old office")
    shared.keys("f5")
    await shared.until("E-51", "old office")
