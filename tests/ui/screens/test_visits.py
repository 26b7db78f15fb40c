"""Visits: planned, begun, ended with a note and the next one, given up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ui.fake_field import visit


@pytest.fixture
def day(till):
    return till.now().date()


async def test_planned_by_customer_day_hour_and_subject(sale, till, day):
    sale.keys("f10", "9", "4")
    await sale.until("No visits in these days")
    sale.keys("#")
    await sale.until("Jan Dąb")
    sale.type("dąb").keys("enter")
    await sale.until("Day (empty: today)")
    tomorrow = day + timedelta(days=1)
    sale.type(f"{tomorrow:%d%m%Y}").keys("enter")
    await sale.until("Hour (9, 930 or 1430)")
    sale.type("25").keys("enter")
    await sale.until("E-201")
    sale.keys("esc").type("930").keys("enter")
    await sale.until("Subject (may be empty)")
    sale.keys("enter")
    await sale.until(f"Planned: {tomorrow} 09:30, Jan Dąb", f"> {tomorrow} 09:30", "planned")
    (_verb, customer, at, subject, _minutes) = till.calls[-1]
    assert (customer, at[:16], subject) == ("c2", f"{tomorrow}T09:30", "")


async def test_enter_comes_and_goes_and_agrees_upon_the_next(sale, till, day):
    till.shelf.calendar = [visit(1, f"{day}T23:30:00+01:00")]
    sale.keys("f10", "9", "4")
    await sale.until("Nowa oferta", "Lipa sp. z o.o.")
    sale.keys("enter")
    await sale.until("Enter Begin the visit")
    sale.keys("enter")
    await sale.until("there now", "Enter End the visit")
    sale.keys("enter")
    await sale.until("What came of it")
    sale.keys("6", "5", "5", "enter")
    await sale.until("Next visit: Lipa sp. z o.o.", "Day (empty: none)")
    later = day + timedelta(days=7)
    sale.type(f"{later:%d%m%Y}").keys("enter").type("8").keys("enter")
    await sale.until("done", "Mk")
    (_verb, key, note, next_at) = till.calls[-1]
    assert (key, note, next_at[:16]) == ("v1", "Mk", f"{later}T08:00")


async def test_one_without_a_next_one_and_one_that_does_not_take_place(sale, till, day):
    till.shelf.calendar = [
        visit(1, f"{day}T22:30:00+01:00", began_at=f"{day}T22:30:00+01:00"),
        visit(2, f"{day}T23:30:00+01:00"),
    ]
    sale.keys("f10", "9", "4")
    await sale.until("there now", "planned")
    sale.keys("enter", "enter", "enter", "enter")
    await sale.until("done")
    assert till.calls[-1] == ("end_visit", "v1", "", "")
    sale.keys("esc", "down", "enter", "*")
    await sale.until("5 It does not take place")
    sale.keys("5", "enter")
    await sale.until("cancelled")
    assert till.calls[-1] == ("cancel_visit", "v2", "")


async def test_the_past_is_newest_first(sale, till, day):
    for no in (3, 2, 1):
        before = day - timedelta(days=no)
        made = visit(no, f"{before}T12:00:00+01:00", subject=f"Temat {no}")
        till.shelf.calendar.append(made)
    sale.keys("f10", "9", "4")
    await sale.until("No visits in these days")
    sale.keys("*")
    text = await sale.until("Visits of the past", "Temat 1", "Temat 3")
    assert text.index("Temat 1") < text.index("Temat 3")
    sale.keys("*")
    await sale.until("Visits from today")


async def test_an_order_written_on_a_visit_knows_it(sale, till, day):
    till.shelf.calendar = [visit(1, f"{day}T23:30:00+01:00")]
    sale.keys("f10", "9", "4")
    await sale.until("Nowa oferta")
    sale.keys("enter", "*", "2")
    await sale.until("Order (ZS)   Lipa")
    assert till.calls[-1] == ("begin", "ZS", "c1", "v1")
