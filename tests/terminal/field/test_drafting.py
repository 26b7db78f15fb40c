from __future__ import annotations

from terminal import events
from terminal.errors import Code
from tests.terminal.desk import CASHIER

MILK_GR = 349


def test_an_order_has_a_number_prices_of_today_and_one_document(shop, field) -> None:
    field.begin("ZS", "c1")
    field.add("milk", 2000)
    field.add("bag", 1000, 500)
    field.add("cheese", 1500)
    field.change_line(0, 3000, MILK_GR, 1000)
    field.remove_line(1)
    field.set_terms("2026-12-01", " rano ")
    order = field.confirm()
    assert order.number == "ZS/T1/000001"
    assert [line.gross_gr for line in order.lines] == [942, 4485]
    assert (order.total_gr, order.due, order.note) == (5427, "2026-12-01", "rano")
    assert (order.customer, order.representative, order.state) == ("c1", "r1", "open")
    assert shop.do(lambda: shop.till.field.draft) is None
    (told,) = shop.documents("sales_document")
    assert (told["rid"], told["number"], told["total_gr"]) == (order.id, order.number, 5427)
    assert field.look("sales_documents") == [order]
    assert field.look("sales_documents", "kawiar zs") == [order]
    assert field.look("sales_documents", "", "OS") == []


def test_numbers_have_no_gaps_whatever_is_given_up(field) -> None:
    field.written()
    field.begin("ZS", "c1")
    field.give_up()
    field.begin("ZS", "c1")
    assert field.code("confirm") is Code.EMPTY_RECEIPT
    field.add("milk")
    assert field.confirm().number == "ZS/T1/000002"
    assert field.written("OS").number == "OS/T1/000001"


def test_a_draft_is_there_after_a_power_cut(shop, field) -> None:
    field.begin("OS", "c1", "v1")
    field.add("milk", 2000)
    field.set_terms("2026-12-24", "święta")
    before = shop.do(lambda: shop.till.field.draft)
    shop.restart()
    assert shop.do(lambda: shop.till.field.draft) == before
    assert before.total_gr == 2 * MILK_GR
    assert field.code("begin", "ZS", "c1") is Code.DRAFT_OPEN
    field.confirm()
    (told,) = shop.documents("sales_document")
    assert (told["type"], told["visit"], told["due"]) == ("OS", "v1", "2026-12-24")


def test_screens_hear_of_each_change_of_the_draft(shop, field) -> None:
    since = shop.heard.mark()
    field.begin("ZS", "c1")
    assert shop.heard.wait(events.DraftChanged, since).draft.customer == "c1"


def test_what_cannot_be_written(shop, field) -> None:
    assert field.code("begin", "ZS", "nobody") is Code.NOT_FOUND
    assert field.code("add", "milk") is Code.EMPTY_RECEIPT
    field.begin("ZS", "c1")
    assert field.code("add", "gone") is Code.NOT_FOUND
    assert field.code("add", "bag") is Code.PRICE_WANTED
    assert field.code("add", "g") is Code.RATE_INACTIVE
    assert field.code("add", "milk", 0) is Code.BAD_AMOUNT
    assert field.code("add", "milk", 1500) is Code.NOT_A_WHOLE
    assert field.code("change_line", 0, 1000, 1, 0) is Code.EMPTY_RECEIPT
    field.add("milk")
    assert field.code("change_line", 0, 1000, MILK_GR, 10_000) is Code.DISCOUNT_TOO_BIG
    assert field.code("set_terms", "2026-02-30", "") is Code.BAD_FIELD
    assert field.code("set_terms", "", "x" * 2001) is Code.BAD_FIELD


def test_a_price_of_ones_own_and_a_discount_need_their_rights(shop, field) -> None:
    shop.restart(login=CASHIER)
    field.begin("ZS", "c1")
    assert field.code("add", "milk", 1000, 1) is Code.NO_RIGHT
    field.add("milk")
    assert field.code("change_line", 0, 1000, 1, 0) is Code.NO_RIGHT
    assert field.code("change_line", 0, 1000, MILK_GR, 100) is Code.NO_RIGHT
    field.change_line(0, 5000, MILK_GR, 0)
