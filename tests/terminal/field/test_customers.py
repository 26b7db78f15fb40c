from __future__ import annotations

import pytest

from terminal.errors import Code
from terminal.field.customers import CustomerFields
from terminal.sync.wire import Customer
from tests.terminal.field.conftest import CAFE

EWA = CustomerFields(
    " Ewa Lis ", "526-025-02-74", "Polna 1", "90-001", "Łódź", "ewa@lis.example", "600", True
)


def test_a_new_customer_is_there_with_all_fields_at_once_and_after_a_restart(shop, field) -> None:
    made = field.create_customer(EWA)
    assert made == Customer(
        made.id, "Ewa Lis", "5260250274", "Polna 1", "90-001", "Łódź", "ewa@lis.example", "600",
        is_potential=True,
    )  # fmt: skip
    shop.restart()
    assert field.look("customers", "lis") == [made]
    assert field.look("customer", made.id) == made
    (told,) = shop.documents("customer")
    assert (told["rid"], told["city"], told["is_potential"]) == (made.id, "Łódź", True)
    assert told["operator_id"] == "u2"


def test_personal_data_of_both_documents_lie_apart(shop, field) -> None:
    made = field.create_customer(EWA)
    field.edit_customer(made.id, CustomerFields("Ewa Kos", phone="601"))
    bodies = [row[0] for row in shop.sql("SELECT body FROM document WHERE kind LIKE 'customer%'")]
    assert len(bodies) == 2
    assert not [
        word for word in ("Ewa", "Polna", "lis.example", "601") for it in bodies if word in it
    ]


def test_a_change_is_shown_at_once_and_until_the_office_says_otherwise(shop, field) -> None:
    after = field.edit_customer("c1", CustomerFields("Kawiarnia Nowa", CAFE.nip, city="Pabianice"))
    assert field.look("customers", "") == [after]
    shop.restart()
    assert field.look("customer", "c1") == after
    (told,) = shop.documents("customer_edit")
    assert (told["customer"], told["name"], told["city"]) == ("c1", "Kawiarnia Nowa", "Pabianice")
    theirs = Customer("c1", "Kawiarnia Trzecia")
    shop.publish("customers", theirs)
    assert field.look("customers", "") == [theirs]


def test_an_edit_that_changes_nothing_tells_nothing(shop, field) -> None:
    assert field.edit_customer("c1", CustomerFields("Kawiarnia", CAFE.nip, city="Łódź")) == CAFE
    assert shop.documents("customer_edit") == []
    assert field.code("edit_customer", "nobody", EWA) is Code.NOT_FOUND


def test_a_known_nip_is_asked_about_once(shop, field) -> None:
    twin = CustomerFields("Inna", "526 100 10 01")
    refused = shop.refused(shop.till.field.create_customer, twin)
    assert (refused.code, refused.params["name"]) == (Code.NIP_TAKEN, "Kawiarnia")
    assert shop.documents("customer") == []
    made = field.create_customer(twin, is_confirmed=True)
    assert made.nip == CAFE.nip
    # One's own number is no other's.
    field.edit_customer("c1", CustomerFields("Kawiarnia", CAFE.nip))


@pytest.mark.parametrize(
    ("way", "code"), [("block", Code.CUSTOMER_KNOWN), ("ignore", None), ("warn", Code.NIP_TAKEN)]
)
def test_the_shop_says_what_a_known_nip_means(shop, field, monkeypatch, way, code) -> None:
    monkeypatch.setattr(shop.till.field._customers, "_way", lambda: way)
    twin = CustomerFields("Inna", CAFE.nip)
    if code is None:
        assert field.create_customer(twin).nip == CAFE.nip
    else:
        assert field.code("create_customer", twin) is code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (CustomerFields(" "), Code.BAD_AMOUNT),
        (CustomerFields("x" * 121), Code.BAD_AMOUNT),
        (CustomerFields("a\nb"), Code.BAD_AMOUNT),
        (CustomerFields("Ewa", "5260250275"), Code.BAD_NIP),
        (CustomerFields("Ewa", "526"), Code.BAD_NIP),
        (CustomerFields("Ewa", "\u0661"), Code.BAD_NIP),
        (CustomerFields("Ewa", street="x" * 71), Code.BAD_FIELD),
        (CustomerFields("Ewa", phone="\x1b[31m"), Code.BAD_FIELD),
    ],
)
def test_what_cannot_be_written_down(shop, field, fields, code) -> None:
    assert field.code("create_customer", fields) is code
    assert shop.documents("customer") == []
