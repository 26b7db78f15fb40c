"""An order written with scans and quantities, as at the counter; a cut loses none of it."""

from __future__ import annotations

import pytest

from terminal.field.draft import Draft
from terminal.sync.wire import SalesLine
from tests.ui.conftest import running
from tests.ui.fake_field import LINE
from ui.screens.drafting import Drafting
from ui.screens.sales_documents import SalesDocuments
from ui.screens.selling import Selling


async def begin(sale, menu="2"):
    sale.keys("f10", "9", menu)
    await sale.until("Number or customer")
    sale.keys("#")
    await sale.until("Jan Dąb")
    sale.type("dąb").keys("enter")
    return await sale.until("Scan, type a code, or * for a name", "Jan Dąb")


async def test_codes_quantities_scans_and_names_become_lines(sale, till):
    await begin(sale)
    sale.keys("3", "*", "1", "enter")
    await sale.until("3 szt × 3,49", "10,47")
    sale.scan("5900000000002")
    await sale.until("Chleb żytni", "2 items")
    sale.keys("*").type("piwo ja").keys("enter")
    await sale.until("Piwo jasne", "3 items")
    assert [call for call in till.calls if call[0] == "add"] == [
        ("add", "p1", 3000, None),
        ("add", "p2", 1000, None),
        ("add", "p5", 1000, None),
    ]
    assert not till.receipt.lines
    assert isinstance(sale.app.desk.page, Drafting)


async def test_a_scan_in_the_search_never_ends_on_the_receipt(sale, till):
    await begin(sale)
    sale.keys("*")
    await sale.until("Search by name")
    sale.scan("5900000000002")
    await sale.until("the scan 5900000000002 was ignored")
    assert not till.receipt.lines


async def test_several_articles_weights_and_open_prices_are_asked_for(sale, till):
    await begin(sale)
    sale.scan("5900000000099")
    await sale.until("Several articles")
    sale.keys("down", "enter")
    await sale.until("Piwo ciemne", "1 item")
    sale.keys("4", "enter")
    await sale.until("Price of Usługa")
    sale.type("1250").keys("enter")
    await sale.until("12,50")
    sale.keys("3", "enter")
    await sale.until("Weight of Ser gouda")
    sale.type("1,25").keys("enter")
    await sale.until("1,25 kg × 32,90")
    sale.keys("7", "7", "7", "enter")
    await sale.until("E-01")


async def test_quantity_price_and_discount_of_the_marked_line(sale, till):
    await begin(sale)
    sale.keys("1", "enter", "2", "enter")
    await sale.until("> ", "Chleb żytni")
    sale.keys("up", "#", "5", "enter")
    await sale.until("5 szt × 3,49")
    sale.keys("#", "#").type("300").keys("enter")
    await sale.until("5 szt × 3,00", "15,00")
    sale.keys("#", "#", "#").type("10").keys("enter")
    await sale.until("-10 %", "13,50")
    sale.keys("+")
    await sale.until("6 szt × 3,00")
    sale.keys("f4")
    await sale.true(lambda: "Mleko" not in sale.text)
    assert till.calls[-1] == ("remove_line", 0)


async def test_day_and_note_then_one_key_makes_it_an_order(sale, till):
    await begin(sale)
    sale.keys("1", "enter")
    await sale.until("1 item")
    sale.keys("enter")
    await sale.until("Enter confirms", "day of delivery: none")
    sale.keys("1").type("32").keys("enter")
    await sale.until("E-200")
    sale.keys("esc").type("31122026").keys("enter")
    await sale.until("day of delivery: 2026-12-31")
    sale.keys("2", "7", "5", "5", "enter")
    await sale.until("note: Pk")
    sale.keys("enter")
    await sale.until("Written down: ZS/T1/1, 3,49 zł")
    assert isinstance(sale.app.desk.page, SalesDocuments)
    (made,) = till.shelf.documents
    assert (made.customer, made.due, made.note) == ("c2", "2026-12-31", "Pk")


async def test_a_quote_holds_until_a_day(sale, till):
    await begin(sale, "3")
    sale.keys("1", "enter")
    await sale.until("1 item", "Quote (OS)")
    sale.keys("enter")
    await sale.until("holds until: none")
    sale.keys("esc")
    await sale.until("1 item")


async def test_it_is_left_and_offered_again_and_given_up_only_after_a_question(sale, till):
    await begin(sale)
    sale.keys("enter")
    await sale.until("E-17")
    sale.keys("1", "enter")
    await sale.until("1 item")
    sale.keys("esc", "2")
    await sale.true(lambda: not isinstance(sale.app.desk.page, Drafting))
    sale.keys("esc", "f10", "9", "2")
    await sale.until("Order (ZS) was not finished: 1 lines, 3,49 zł. Go on with it?")
    sale.keys("enter")
    await sale.until("1 item")
    sale.keys("esc", "3")
    await sale.until("Its lines are lost")
    sale.keys("esc")
    await sale.until("1 item")
    sale.keys("esc", "3", "enter")
    await sale.true(lambda: till.field.draft is None)
    await sale.true(lambda: isinstance(sale.app.desk.page, SalesDocuments))


async def test_another_one_waits_until_the_first_is_finished(sale, till):
    till.field.draft = Draft("ZS", "c1", (LINE,))
    sale.keys("f10", "9", "3")
    await sale.until("was not finished")
    sale.keys("esc", "#")
    await sale.until("Jan Dąb")
    sale.keys("enter")
    await sale.until("This one was not finished", "Order (ZS)   Lipa")
    assert ("begin", "OS", "c1", "") not in till.calls


async def test_whoever_logs_in_hears_of_what_was_cut_off(till):
    till.field.draft = Draft("OS", "c1", (LINE,))
    async with running(till) as screen:
        await screen.log_in()
        await screen.until("Quote (OS) is not finished: menu 9 3")


async def test_the_question_to_synchronise_comes_before_a_new_one(sale, till):
    till.sync_reminder.is_wanted = True
    sale.keys("f10", "9", "2")
    await sale.until("Number or customer")
    sale.keys("#")
    await sale.until("Jan Dąb")
    sale.type("dąb").keys("enter")
    await sale.until("synchronise now")
    assert till.field.draft is None
    sale.keys("esc")
    await sale.until("Scan, type a code")
    sale.keys("esc")
    await sale.true(lambda: till.field.draft is None)


@pytest.mark.parametrize("size", [(80, 24), (132, 43)])
async def test_a_hundred_lines_scroll_and_the_total_stays(till, size):
    many = tuple(
        SalesLine(f"p{no}", f"Towar {no}", "szt", "A", 1000, 100, 100) for no in range(100)
    )
    till.field.draft = Draft("ZS", "c1", many)
    async with running(till, size) as screen:
        await screen.log_in()
        screen.keys("f10", "9", "2", "enter")
        await screen.until("100 items", "Towar 99")
        screen.keys(*["pageup"] * 10)
        await screen.until("Towar 0", "TOTAL")
        assert not isinstance(screen.app.desk.page, Selling)
