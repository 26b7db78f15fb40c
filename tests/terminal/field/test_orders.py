from __future__ import annotations

from terminal.errors import Code


def test_an_order_is_cancelled_once(shop, field) -> None:
    order = field.written()
    assert field.cancel_document(order.id, "rozmyślił się").state == "cancelled"
    assert field.look("sales_document", order.id).state == "cancelled"
    assert field.code("cancel_document", order.id) is Code.SALES_CLOSED
    assert field.code("sell", order.id) is Code.SALES_CLOSED
    (told,) = shop.documents("sales_state")
    assert (told["of"], told["state"], told["reason"]) == (order.id, "cancelled", "rozmyślił się")
    # A row of the office that does not know it yet opens nothing.
    shop.publish("sales_documents", order)
    assert field.look("sales_document", order.id).state == "cancelled"
    assert field.code("sell", order.id) is Code.SALES_CLOSED


def test_a_quote_becomes_an_order_once(shop, field) -> None:
    quote = field.written("OS", ("milk", 2000), ("cheese", 500))
    order = field.order_from(quote.id)
    assert (order.type, order.number, order.from_quote) == ("ZS", "ZS/T1/000001", quote.id)
    assert (order.lines, order.total_gr) == (quote.lines, quote.total_gr)
    assert field.look("sales_document", quote.id).state == "realised"
    assert field.code("order_from", quote.id) is Code.SALES_CLOSED
    assert field.code("order_from", order.id) is Code.SALES_CLOSED
    (state,) = shop.documents("sales_state")
    assert (state["of"], state["state"]) == (quote.id, "realised")
