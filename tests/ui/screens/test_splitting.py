"""Menu 6 3: what goes onto another receipt."""

from __future__ import annotations

import pytest


@pytest.fixture
async def split(sale):
    sale.type("3*1").keys("enter").type("2").keys("enter")
    await sale.until("2 items")
    sale.keys("f10", "6", "3")
    await sale.until("Split: what goes onto another receipt?", "Mleko", "Chleb")
    return sale


async def test_lines_and_parts_of_lines(split, till):
    split.type("2").keys("enter", "down", "enter", "#")
    await split.until("The other receipt")
    split.keys("enter")
    await split.until("Parked: Sale 1", "TOTAL")
    assert till.calls[-1] == ("split", {0: 2000, 1: 1000}, "")


async def test_what_goes_is_shown_and_may_stay(split, till):
    split.keys("enter")
    await split.until("3 →")
    split.keys("enter")
    await split.true(lambda: "→" not in split.text)
    split.keys("#")
    await split.until("E-17")
    split.type("1").keys("enter")
    await split.until("1 →")
    split.keys("#").type("Jan").keys("enter")
    await split.true(lambda: till.calls[-1] == ("split", {0: 1000}, "Jan"))


@pytest.mark.parametrize("typed", ["4", "0", ","])
async def test_more_than_there_is_is_refused(split, till, typed):
    split.type(typed).keys("enter")
    await split.until("E-18")


async def test_nothing_to_split(sale):
    sale.keys("f10", "6", "3")
    await sale.until("The receipt is empty")
    sale.keys("enter", "#")
    await sale.until("E-17")
