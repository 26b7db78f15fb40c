"""The form of a customer: what is known goes in and comes out as it was."""

from __future__ import annotations

from terminal.sync.wire import Customer
from ui.screens.customer_form import CustomerForm, fields_of, write_down

WHOLE = Customer(
    "c9",
    "Hurt Dąb",
    "5260250274",
    street="Leśna 1",
    postal_code="90-001",
    city="Łódź",
    email="a@b.pl",
    phone="600700800",
    is_potential=True,
)


def test_every_field_that_is_typed_is_taken_from_the_row():
    fields = fields_of(WHOLE)
    assert {name: getattr(fields, name) for name in fields.__dataclass_fields__} == {
        name: getattr(WHOLE, name) for name in fields.__dataclass_fields__
    }


async def test_nothing_is_lost_by_going_through_all_fields_with_enter(sale, till):
    till.shelf.sets["customers"].append(WHOLE)
    saved: list[Customer] = []
    desk = sale.app.desk
    desk._hop(lambda: desk.open(CustomerForm(desk, WHOLE, saved.append)))
    await sale.until("> 1 Name", "90-001")
    for _ in range(7):
        sale.keys("enter", "enter")
    await sale.until("> 8 Not a customer yet       yes")
    sale.keys("#")
    await sale.true(lambda: saved == [WHOLE])


async def test_an_address_of_mail_is_typed_with_the_point_of_the_keypad(sale, till):
    saved: list[Customer] = []
    desk = sale.app.desk
    desk._hop(lambda: desk.open(CustomerForm(desk, Customer("c2", "Jan Dąb"), saved.append)))
    await sale.until("> 1 Name")
    sale.keys("7", *"jan@dab", ",", *"pl", "enter")
    await sale.until("7 E-mail                   jan@dab.pl")
    sale.keys("#")
    await sale.true(lambda: [one.email for one in saved] == ["jan@dab.pl"])


async def test_a_new_one_may_be_given_up_at_each_question(sale):
    saved: list[Customer] = []
    desk = sale.app.desk
    desk._hop(lambda: write_down(desk, saved.append, "ola"))
    await sale.until("Name [Abc]: ola_")
    sale.keys("enter")
    await sale.until("NIP (empty: none)")
    sale.keys("esc")
    await sale.until("TOTAL")
    assert saved == []
