"""Customers who are written down at the till: usable at once, told once, there after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.errors import Code
from terminal.sync.wire import Customer
from tests.terminal.desk import Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CAFE = Customer("c1", "Kawiarnia", "5261001001")
NIP = "5260250274"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, customers=[CAFE]) as one:
        yield one.start()


def found(shop: Desk, text: str) -> list[Customer]:
    till = shop.till
    return till.lookup.call(till.shelf.customers, text).result(5)


def test_a_new_customer_is_used_at_once_and_survives(shop: Desk) -> None:
    made = shop.do(shop.till.clients.create, "  Ewa Lis ", "526-025-02-74")
    assert (made.name, made.nip) == ("Ewa Lis", NIP)
    assert found(shop, "lis") == [made]
    shop.do(shop.till.set_customer, made.id)
    shop.do(shop.till.sell, "1")
    shop.restart()
    assert found(shop, NIP) == [made]
    assert (shop.receipt().customer_id, shop.receipt().customer) == (made.id, "Ewa Lis")
    shop.pay()
    (receipt,) = shop.documents("receipt")
    assert (receipt["customer_id"], receipt["customer"], receipt["nip"]) == (made.id, "Ewa Lis", "")
    (told,) = shop.documents("customer")
    assert (told["rid"], told["name"], told["nip"], told["operator"]) == (
        made.id, "Ewa Lis", NIP, "Marek",
    )  # fmt: skip


def test_the_offices_row_takes_its_place(shop: Desk) -> None:
    made = shop.do(shop.till.clients.create, "Ewa Lis")
    row = Customer(made.id, "Ewa Lis-Kowalska", city="Łódź")
    shop.publish("customers", row)
    assert found(shop, "") == [row, CAFE]
    shop.do(shop.till.set_customer, made.id)
    assert shop.receipt().customer == "Ewa Lis-Kowalska"
    # The office may also take it away, and then it does not come back.
    shop.publish("customers", Customer(made.id, "Ewa", is_active=False))
    assert found(shop, "") == [CAFE]
    assert shop.code(shop.till.set_customer, made.id) is Code.NOT_FOUND


@pytest.mark.parametrize(
    ("name", "nip", "code"),
    [
        ("Ewa", "5260250275", Code.BAD_NIP),
        ("Ewa", "abc", Code.BAD_NIP),
        ("Ewa", "\u0661\u0661", Code.BAD_NIP),
        ("Inna kawiarnia", "526-100-10-01", Code.CUSTOMER_KNOWN),
        (" ", "", Code.BAD_AMOUNT),
        ("x" * 121, "", Code.BAD_AMOUNT),
        ("a\nb", "", Code.BAD_AMOUNT),
    ],
)
def test_what_cannot_be_written_down(shop: Desk, name: str, nip: str, code: Code) -> None:
    assert shop.code(shop.till.clients.create, name, nip) is code
    assert shop.documents("customer") == []


def test_two_of_one_nip_are_one(shop: Desk) -> None:
    shop.do(shop.till.clients.create, "Ewa", NIP)
    assert shop.refused(shop.till.clients.create, "Ewa", NIP).params["name"] == "Ewa"


def test_a_customer_comes_off_again(shop: Desk) -> None:
    shop.do(shop.till.set_customer, "c1")
    shop.do(shop.till.set_customer, "")
    assert (shop.receipt().customer_id, shop.receipt().customer) == ("", "")
    assert shop.code(shop.till.set_customer, "nobody") is Code.NOT_FOUND
