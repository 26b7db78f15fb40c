from __future__ import annotations

from terminal.events import Pulled
from terminal.field.customers import CustomerFields
from terminal.sync.wire import Customer


def own(shop) -> int:
    return shop.sql("SELECT count(*) FROM own_row")[0][0]


def test_own_rows_go_when_those_of_the_office_are_there(shop, field) -> None:
    made = field.create_customer(CustomerFields("Ewa"))
    field.written()
    assert own(shop) == 2
    shop.context.tell(Pulled("customers", 1, 0, 0))
    shop.do(lambda: None)
    assert own(shop) == 2
    shop.publish("customers", Customer(made.id, "Ewa"))
    shop.context.tell(Pulled("customers", 1, 0, 0))
    shop.do(lambda: None)
    assert own(shop) == 1
    shop.restart()
    assert own(shop) == 1


def test_a_draft_of_another_program_is_no_draft(shop, field) -> None:
    field.begin("ZS", "c1")
    shop.sql('UPDATE sales_draft SET body = \'{"type": "XX"}\'')
    shop.restart()
    assert shop.do(lambda: shop.till.field.draft) is None
    field.begin("ZS", "c1")
