"""Orders and quotes are sold: realised exactly when the receipt is printed."""

from __future__ import annotations

import pytest

from terminal.errors import Code
from terminal.sync.wire import PaymentMethod, Product, Settings
from tests.terminal.desk import ROWS, VODKA
from tests.terminal.field.conftest import Field, shop

__all__ = ["shop"]


@pytest.fixture
def field(shop) -> Field:
    return Field(shop)


def state(field: Field, document_id: str) -> tuple[str, str]:
    row = field.look("sales_document", document_id)
    return row.state, row.receipt


def test_it_is_realised_when_the_receipt_is_printed_and_not_before(shop, field) -> None:
    order = field.written("ZS", ("milk", 2000), ("cheese", 1500))
    field.sell(order.id)
    assert shop.receipt().fulfils == order.id
    assert (shop.receipt().total_gr, shop.receipt().customer) == (order.total_gr, "Kawiarnia")
    assert state(field, order.id) == ("open", "")
    assert field.code("sell", order.id) is Code.SALES_CLOSED
    assert field.code("cancel_document", order.id) is Code.SALES_CLOSED
    shop.restart()
    assert shop.receipt().fulfils == order.id
    shop.pay()
    (receipt,) = shop.documents("receipt")
    assert receipt["fulfils"] == order.id
    assert state(field, order.id) == ("realised", receipt["rid"])
    shop.restart()
    assert state(field, order.id) == ("realised", receipt["rid"])
    assert field.code("sell", order.id) is Code.SALES_CLOSED


def test_a_receipt_that_is_given_up_fulfils_nothing(shop, field) -> None:
    quote = field.written("OS")
    field.sell(quote.id)
    shop.do(shop.till.drop_receipt, "klient")
    assert state(field, quote.id) == ("open", "")
    field.sell(quote.id)
    shop.pay()
    assert state(field, quote.id)[0] == "realised"
    assert [one["fulfils"] for one in shop.documents("receipt")] == [quote.id]


def test_whose_lines_are_all_struck_through_is_not_fulfilled_by_what_is_sold_then(
    shop, field
) -> None:
    order = field.written()
    field.sell(order.id)
    shop.do(shop.till.void_line, 0)
    shop.pay("1")
    assert state(field, order.id) == ("open", "")
    assert shop.documents("receipt")[0]["fulfils"] == ""


def test_a_discount_comes_to_the_same_grosz_whatever_the_printer_rounds(shop, field) -> None:
    field.begin("ZS", "c1")
    field.add("cheese", 1234)
    field.change_line(0, 1234, 2990, 1550)
    order = field.confirm()
    field.sell(order.id)
    assert shop.receipt().total_gr == order.total_gr
    shop.pay()
    assert shop.documents("receipt")[0]["total_gr"] == order.total_gr


def test_a_second_order_does_not_go_on_the_same_receipt(shop, field) -> None:
    first, second = field.written(), field.written()
    shop.do(shop.till.sell, "1")
    field.sell(first.id)
    assert len(shop.receipt().lines) == 2
    assert field.code("sell", second.id) is Code.OTHER_ORDER


def test_all_lines_or_none(shop, field) -> None:
    grown = [*ROWS["products"][:2], Product(VODKA, "Wódka", "A", 3999, "pcs", "3", min_age=18)]
    order = field.written("ZS", ("milk", 1000), ("vodka", 1000))
    shop.publish("products", *grown)
    assert field.code("sell", order.id) is Code.AGE_WANTED
    assert shop.receipt().lines == ()
    shop.do(shop.till.confirm_age, 18)
    field.sell(order.id)
    assert len(shop.receipt().lines) == 2


def test_a_bill_keeps_the_order_until_its_receipt_is_printed(shop, field) -> None:
    methods = [
        *ROWS["payment_methods"],
        PaymentMethod("bill", "Rachunek", "other", is_fiscal=False),
    ]
    shop.publish("payment_methods", *methods)
    order = field.written()
    field.sell(order.id)
    shop.do(shop.till.pay, "bill")
    (bill,) = shop.documents("bill")
    assert bill["fulfils"] == order.id
    assert state(field, order.id) == ("open", "")
    assert field.code("sell", order.id) is Code.SALES_CLOSED
    shop.do(shop.till.receipt_from_bill, bill["rid"])
    shop.pay()
    (receipt,) = shop.documents("receipt")
    assert state(field, order.id) == ("realised", receipt["rid"])


def test_a_parked_receipt_keeps_the_order(shop, field) -> None:
    shop.publish("settings", Settings("settings", "identifier", parking=True))
    order = field.written()
    field.sell(order.id)
    shop.do(shop.till.parking.park, "Jan")
    assert field.code("sell", order.id) is Code.SALES_CLOSED
    shop.do(shop.till.parking.drop, "Jan")
    field.sell(order.id)
    shop.pay()
    assert state(field, order.id)[0] == "realised"
