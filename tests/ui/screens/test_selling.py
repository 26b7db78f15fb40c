from __future__ import annotations

import pytest
from msgspec.structs import replace

from terminal.events import Exchanged
from terminal.store.exchanges import Cause, Exchange
from tests.ui.conftest import running
from ui.screens.question import Choices, Question
from ui.screens.selling import Selling


async def sold(sale, *keys, shows):
    sale.keys(*keys)
    return await sale.until(shows)


async def test_three_pieces_of_one_code(sale, till):
    text = await sold(sale, "3", "*", "1", "enter", shows="10,47")
    assert "Mleko ŁACIATE 3,2% 1l" in text
    assert "3 szt × 3,49" in text
    assert ("sell", "1", 3000) in till.calls


async def test_nothing_is_sold_before_enter(sale, till):
    sale.keys("3", "*", "1")
    assert "3 × 1_" in await sale.until("3 × 1_")
    assert not till.receipt.lines


async def test_an_unknown_code_is_told_and_the_message_stays_until_the_next_key(sale, till):
    await sold(sale, "7", "7", "enter", shows="E-01")
    assert "! E-01 No matching item: 77" in sale.text
    assert not till.receipt.lines
    sale.keys("1")
    await sale.true(lambda: "E-01" not in sale.text)


async def test_a_voided_line_stays_with_a_word_and_adds_nothing(sale):
    await sold(sale, "1", "enter", "2", "enter", shows="Chleb")
    text = await sold(sale, "f4", shows="VOID Chleb")
    assert "1 item" in text
    styles = [style for line in sale.app.face.rows for words, style in line if "VOID" in words]
    assert styles == ["void"]


async def test_the_changed_line_is_marked_with_a_sign_and_the_last_one_is_visible(sale, till):
    for _ in range(25):
        sale.keys("1", "enter")
    sale.keys("2", "enter")
    await sale.until("26 Chleb")
    sale.keys(*["up"] * 20, "#", "5", "enter")
    text = await sale.until("5 szt")
    marked = [line for line in text.splitlines() if line.startswith(">")]
    assert len(marked) == 1
    assert "6 Mleko" in marked[0]
    assert "26 Chleb" in text


@pytest.mark.parametrize("keys", [("#", "0"), ("#", "#", "0"), ("#",), ("#", "#", "0", ",")])
async def test_a_quantity_or_price_of_nothing_is_refused_at_the_key(sale, till, keys):
    await sold(sale, "1", "enter", shows="Mleko")
    before = till.receipt
    text = await sold(sale, *keys, "enter", shows="E-18")
    assert "Price and quantity must be greater than zero" in text
    assert till.receipt == before


@pytest.mark.parametrize("keys", ["100", "*349", "*1000", "9999"])
async def test_a_discount_above_the_value_is_refused(sale, till, keys):
    await sold(sale, "1", "enter", shows="Mleko")
    before = till.receipt
    await sold(sale, "#", "#", "#", *keys, "enter", shows="E-19")
    assert till.receipt == before


async def test_hash_goes_through_quantity_price_discount(sale, till):
    await sold(sale, "1", "enter", shows="Mleko")
    await sold(sale, "#", shows="Quantity of Mleko")
    await sold(
        sale, "#", "4", "0", "0", shows="Price of Mleko ŁACIATE 3,2% 1l (now 3,49): 4,00 zł_"
    )
    await sold(sale, "enter", shows="4,00 A")
    await sold(sale, "#", "#", "#", "1", "0", shows="Discount (%) on Mleko")
    text = await sold(sale, "enter", shows="-0,40")
    assert "Code: _" in text
    assert till.receipt.total_gr == 360


async def test_hash_without_a_line_is_the_price_check(sale):
    await sold(sale, "#", shows="Price check: nothing is sold")


async def test_keys_typed_ahead_edit_the_line_they_mean(sale, till):
    sale.keys("1", "enter", "2", "enter", "#", "7", "enter", "5", "enter")
    await sale.until("Piwo jasne")
    assert [line.qty_milli for line in till.receipt.lines] == [1000, 7000, 1000]


async def test_digits_before_f3_multiply(sale, till):
    sale.keys("3", "f3", "1", "enter")
    await sale.until("3 szt × 3,49")
    sale.keys("f3", "2", "enter")
    await sale.until("2 szt × 3,49")


async def test_a_scan_is_never_a_quantity(sale, till):
    sale.keys("3", "*").scan("5900000000001")
    await sale.until("3 szt × 3,49")
    sale.keys("#").scan("5900000000002")
    await sale.until("Chleb")
    sale.keys("8").scan("5900000000001", end="tab")
    await sale.until("3 items")
    assert [line.qty_milli for line in till.receipt.lines] == [3000, 1000, 1000]
    assert "Code: _" in sale.text


async def test_an_empty_receipt_is_not_paid(sale):
    text = await sold(sale, "enter", shows="E-17")
    assert "The receipt is empty" in text


async def test_esc_offers_void_and_cancel_by_digits(sale, till):
    await sold(sale, "1", "enter", "2", "enter", shows="Chleb")
    await sold(sale, "esc", shows="1 Void the line: Chleb")
    assert isinstance(sale.app.desk.page, Choices)
    await sold(sale, "1", shows="VOID Chleb")
    await sold(sale, "esc", shows="1 Cancel the whole receipt")
    await sold(sale, "1", shows="Cancel the whole receipt? Nothing was printed")
    assert isinstance(sale.app.desk.page, Question)
    sale.keys("esc")
    await sale.true(lambda: isinstance(sale.app.desk.page, Selling))
    assert till.receipt.lines
    sale.keys("esc", "1", "enter")
    await sale.true(lambda: not till.receipt.lines)
    assert ("drop_receipt", "cashier") in till.calls


async def test_esc_without_lines_does_nothing(sale):
    sale.keys("esc", "1")
    await sale.until("Code: 1_")


async def test_nip_stands_in_the_heading_and_a_wrong_one_is_refused(sale, till):
    await sold(sale, "f9", *"1234567890", "enter", shows="E-28")
    await sold(sale, "f9", *"5260250274", "enter", shows="NIP 5260250274")
    sale.keys("f9", "enter")
    await sale.true(lambda: till.receipt.nip == "")


async def test_change_due_stays_until_the_first_new_line(sale):
    sale.keys("1", "enter", "enter", "1", "0", "0", "0", "enter")
    text = await sale.until("Last receipt: no. 1, total 3,49", "Change due:")
    assert "0 items" in text
    sale.keys("2")
    await sale.until("Change due:", "Code: 2_")
    sale.keys("enter")
    await sale.until("Chleb")
    assert "Change due" not in sale.text


async def test_two_keys_finish_a_cash_sale(sale, till):
    sale.keys("1", "enter", "enter", "enter")
    await sale.until("Last receipt: no. 1")
    assert ("pay", "cash", None) in till.calls


async def test_discount_key(sale, till):
    sale.keys("1", "enter", "f5", "5", "0", "enter")
    await sale.until("-1,74")
    assert till.receipt.total_gr == 175


def brought(entry, **more):
    return Exchanged(Exchange("2026-11-22T10:15:00+01:00", entry, Cause.LOGIN, "Anna", **more))


async def test_what_a_login_brought_is_shown_until_it_is_accepted(sale, till):
    till.engine.tell(brought("configuration"))
    till.engine.tell(brought("products", changed=2))
    await sale.until("Configuration: no changes", "Products: added 0, changed 2", "Enter = accept")
    sale.keys("enter")
    await sale.true(lambda: "Enter = accept" not in sale.text, "accepted")
    assert not till.calls
    sale.keys("enter")
    await sale.until("E-17")


async def test_it_takes_no_key_of_a_sale_and_waits_until_there_is_none(sale, till):
    till.engine.tell(brought("products", changed=2))
    await sale.until("Enter = accept")
    sale.keys("1", "enter")
    await sale.until("Mleko")
    assert "Enter = accept" not in sale.text
    sale.keys("enter", "enter")
    await sale.until("Last receipt", "Products: added 0, changed 2", "Enter = accept")
    sale.keys("enter")
    await sale.true(lambda: "Enter = accept" not in sale.text, "accepted")


async def test_a_quiet_till_shows_only_what_went_wrong(till):
    async with running(till, is_quiet=True) as screen:
        await screen.log_in()
        till.engine.tell(brought("users", changed=1))
        till.engine.tell(brought("products", error="E-50 no answer"))
        text = await screen.until("Products: E-50 no answer")
        assert "Users" not in text
        screen.keys("enter")
        await screen.true(lambda: "E-50" not in screen.text, "accepted")


async def test_nought_is_the_last_line_once_more(sale, till):
    sale.keys("0", "enter")
    await sale.until("E-108")
    sale.keys("2", "*", "1", "enter", "0", "enter", "5", "*", "0", "enter")
    await sale.until("3 items")
    assert [line.qty_milli for line in till.receipt.lines] == [2000, 2000, 5000]


async def test_the_last_line_of_something_weighed_asks_the_scale(sale, till):
    sale.type("0,5*3").keys("enter")
    await sale.until("0,5 kg")
    till.gear.scale = object()
    sale.keys("0", "enter")
    await sale.until("Weight of Ser gouda")
    till.gear.weights[0].set_result(250)
    await sale.until("0,25 kg")


async def test_plus_and_minus_of_a_keyboard_change_the_line_by_one(sale, till):
    sale.keys("1", "enter", "2", "enter", "up", "+", "+", "-")
    await sale.true(lambda: [one.qty_milli for one in till.receipt.lines] == [2000, 1000])
    sale.keys("-", "-")
    await sale.until("E-18")
    assert till.receipt.lines[0].qty_milli == 1000


async def test_a_shop_with_reasons_asks_for_one(sale, till):
    till.settings = replace(till.settings, void_reasons=["Pomyłka", "Zła cena"])
    sale.app.desk.look()
    await sale.true(lambda: bool(sale.app.desk.known.settings.void_reasons))
    sale.keys("1", "enter", "2", "enter", "f4")
    await sale.until("1 Pomyłka", "2 Zła cena", "3 another reason")
    sale.keys("2")
    await sale.until("VOID Chleb")
    assert ("void_line", 1, "Zła cena") in till.calls
    sale.keys("esc", "1")
    await sale.until("Cancel the whole receipt", "1 Pomyłka")
    sale.keys("3")
    await sale.until("Reason [Abc]")
    sale.type("Klient uciekł").keys("enter")
    await sale.true(lambda: ("drop_receipt", "Klient uciekł") in till.calls)
