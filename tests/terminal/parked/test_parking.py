"""Parking, switching, splitting, merging, giving up: what lies where, also after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal import events
from terminal.errors import Code
from terminal.i18n import use_language
from terminal.sale.receipt import State
from terminal.sync.wire import Product, Right, Role, Settings
from tests.terminal.desk import CASHIER, MANAGER, NOBODY, ROWS, TECHNICIAN, Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NIP = "5260001246"
ON = Settings("settings", "identifier", parking=True, parking_names=["Stolik 1", "Stolik 2"])


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, settings=[ON]) as one:
        yield one.start()


def sold(shop: Desk, *codes: str) -> None:
    for code in codes:
        shop.do(shop.till.sell, code)


def listed(shop: Desk) -> dict[str, tuple[str, int]]:
    """Names in the list, with the first item and the total of what lies under them."""
    bills = shop.do(shop.till.parking.bills)
    lying = {bill.name: bill.lying for bill in bills}
    return {name: (one.first, one.total_gr) if one else ("", 0) for name, one in lying.items()}


def test_a_parked_receipt_is_listed_and_taken_up_whole(shop: Desk) -> None:
    sold(shop, "1", "3")
    shop.do(shop.till.discount_line, 1, percent_bp=1000)
    shop.do(shop.till.discount_receipt, amount_gr=100)
    shop.do(shop.till.set_nip, NIP)
    before = shop.receipt()
    assert shop.do(shop.till.parking.park) == "Sale 1"
    assert not shop.receipt().rid
    assert shop.view().parking == events.ParkingChanged("", 1)
    total = before.total_gr
    assert listed(shop) == {
        "Stolik 1": ("", 0),
        "Stolik 2": ("", 0),
        "Sale 1": ("Mleko 1 l", total),
    }
    (lying,) = (one.lying for one in shop.do(shop.till.parking.bills) if one.lying)
    assert (lying.operator, lying.opened_at, lying.items) == ("Marek", before.opened_at, 2)
    shop.restart()
    assert not shop.receipt().rid
    assert shop.do(shop.till.parking.switch, "Sale 1") == ()
    assert shop.receipt() == before
    assert shop.view().parking == events.ParkingChanged("Sale 1", 0)


def test_switching_lays_aside_what_is_on_the_screen(shop: Desk) -> None:
    sold(shop, "1")
    first = shop.receipt()
    shop.do(shop.till.parking.switch, "Stolik 2")
    assert (shop.receipt().rid, shop.view().parking.name) == ("", "Stolik 2")
    sold(shop, "3")
    second = shop.receipt()
    shop.do(shop.till.parking.switch, "Sale 1")
    assert shop.receipt() == first
    assert listed(shop)["Stolik 2"] == ("Wódka", 3999)
    shop.do(shop.till.parking.switch, "Stolik 2")
    assert shop.receipt() == second
    # Once more the same: nothing happens.
    shop.do(shop.till.parking.switch, "Stolik 2")
    assert shop.receipt() == second


def test_what_is_on_the_screen_keeps_its_name_over_a_restart(shop: Desk) -> None:
    sold(shop, "1")
    shop.do(shop.till.parking.park, "Anna  z  biura")
    shop.do(shop.till.parking.switch, "Anna z biura")
    shop.restart()
    assert shop.view().parking == events.ParkingChanged("Anna z biura", 0)
    assert shop.do(shop.till.parking.park) == "Anna z biura"


def test_a_receipt_that_is_paid_or_printed_stays_on_the_screen(shop: Desk) -> None:
    parking = shop.till.parking
    sold(shop, "1", "3")
    shop.do(parking.park, "other")
    sold(shop, "1", "3")
    shop.do(shop.till.pay, "card", 100)
    for verb, args in (
        (parking.park, ()),
        (parking.begin, ()),
        (parking.switch, ("other",)),
        (parking.split, ({0: 1000},)),
        (parking.merge, ("other",)),
    ):
        assert shop.code(verb, *args) is Code.PAYMENT_BEGUN
    assert listed(shop)["other"] == ("Mleko 1 l", 4348)
    since = shop.heard.mark()
    shop.do(shop.till.pay, "cash")
    assert isinstance(shop.ended(since), events.ReceiptPrinted)


def test_after_the_sale_an_added_name_stays_until_the_daily_report(shop: Desk) -> None:
    sold(shop, "1")
    shop.do(shop.till.parking.park, "Anna")
    sold(shop, "3")
    shop.do(shop.till.parking.park, "Jan")
    shop.do(shop.till.parking.switch, "Anna")
    assert isinstance(shop.pay(), events.ReceiptPrinted)
    shop.settle()
    assert [one["parked_as"] for one in shop.documents("receipt")] == ["Anna"]
    assert shop.view().parking == events.ParkingChanged("", 1)
    assert listed(shop)["Anna"] == ("", 0)
    assert shop.do(shop.till.day_summary).parked == ("Jan",)
    shop.close_day()
    shop.settle()
    shop.do(shop.till.login, MANAGER)
    # What has lines on it is kept with its name.
    assert listed(shop) == {"Stolik 1": ("", 0), "Stolik 2": ("", 0), "Jan": ("Wódka", 3999)}


def test_a_new_one_has_the_name_that_was_typed_or_the_next_number(shop: Desk) -> None:
    parking = shop.till.parking
    sold(shop, "1")
    shop.do(parking.begin)
    assert shop.view().parking == events.ParkingChanged("Sale 2", 1)
    sold(shop, "3")
    shop.do(parking.begin, "Hotel")
    assert set(listed(shop)) == {"Stolik 1", "Stolik 2", "Sale 1", "Sale 2", "Hotel"}
    assert shop.code(parking.begin, "Hotel") is Code.BILL_EXISTS
    sold(shop, "1")
    assert shop.code(parking.park, "Stolik 1") is Code.BILL_EXISTS
    assert shop.receipt().total_gr == 349


def test_split_and_merge_owe_the_same_together(shop: Desk) -> None:
    parking = shop.till.parking
    shop.do(shop.till.sell, "1", 3000)
    sold(shop, "3")
    shop.do(shop.till.discount_receipt, percent_bp=1000)
    before = shop.receipt()
    assert shop.do(parking.split, {0: 1000, 1: 1000}) == "Sale 1"
    rest, total = shop.receipt(), before.total_gr
    assert [(line.name, line.qty_milli) for line in rest.lines] == [("Mleko 1 l", 2000)]
    assert rest.total_gr + listed(shop)["Sale 1"][1] == total
    shop.restart()
    assert shop.receipt() == rest
    shop.do(parking := shop.till.parking.merge, "Sale 1")
    assert shop.receipt().total_gr == total
    assert [line.qty_milli for line in shop.receipt().lines] == [2000, 1000, 1000]
    assert listed(shop)["Sale 1"] == ("", 0)
    assert isinstance(shop.pay(), events.ReceiptPrinted), parking
    (told,) = shop.named("receipt_split")
    (joined,) = shop.named("receipts_merged")
    assert told["detail"]["receipt"] == before.rid
    assert joined["detail"]["into"] == [rest.rid]
    (document,) = shop.documents("receipt")
    assert (document["rid"], document["total_gr"]) == (rest.rid, total)


def test_nothing_is_divided_from_nothing(shop: Desk) -> None:
    parking = shop.till.parking
    assert shop.code(parking.park) is Code.EMPTY_RECEIPT
    assert shop.code(parking.split, {0: 1000}) is Code.EMPTY_RECEIPT
    assert shop.code(parking.merge, "Stolik 1") is Code.EMPTY_RECEIPT
    sold(shop, "1")
    assert shop.code(parking.merge, "Stolik 1") is Code.EMPTY_RECEIPT
    assert shop.code(parking.switch, "nowhere") is Code.BILL_GONE
    assert shop.code(parking.merge, "nowhere") is Code.BILL_GONE
    assert shop.code(parking.drop, "Stolik 1") is Code.EMPTY_RECEIPT
    assert shop.receipt().total_gr == 349


def test_giving_up_a_parked_receipt_is_told_to_the_office(shop: Desk) -> None:
    sold(shop, "1", "3")
    shop.do(shop.till.parking.park, "Jan")
    shop.do(shop.till.parking.drop, "Jan")
    (document,) = shop.documents("dropped")
    assert (document["total_gr"], document["authorised_by"]) == (4348, "Marek")
    assert "Jan" not in listed(shop)
    # A name of the office stays.
    shop.do(shop.till.parking.switch, "Stolik 1")
    sold(shop, "1")
    shop.do(shop.till.parking.park)
    shop.do(shop.till.parking.drop, "Stolik 1")
    assert listed(shop)["Stolik 1"] == ("", 0)


def test_an_empty_added_name_goes_without_a_document(shop: Desk) -> None:
    shop.do(shop.till.parking.begin, "Hotel")
    shop.do(shop.till.parking.drop, "Hotel")
    assert "Hotel" not in listed(shop)
    assert shop.view().parking.name == ""
    assert shop.documents("dropped") == []


def test_each_verb_asks_for_its_right(shop: Desk) -> None:
    sold(shop, "1")
    shop.do(shop.till.parking.park, "Jan")
    for who in (NOBODY, CASHIER):
        shop.do(shop.till.login, who)
        assert shop.code(shop.till.parking.drop, "Jan") is Code.NO_RIGHT
    shop.do(shop.till.login, NOBODY)
    parking = shop.till.parking
    for verb, args in (
        (parking.bills, ()),
        (parking.park, ()),
        (parking.begin, ()),
        (parking.switch, ("Jan",)),
        (parking.reprice, ()),
        (parking.split, ({0: 1000},)),
        (parking.merge, ("Jan",)),
    ):
        assert shop.code(verb, *args) is Code.NO_RIGHT
    shop.do(shop.till.lock)
    assert shop.code(parking.park) is Code.NOT_LOGGED_IN


def test_a_shop_that_does_not_park(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.start()
        sold(shop, "1")
        for verb, args in (
            (shop.till.parking.park, ()),
            (shop.till.parking.bills, ()),
            (shop.till.parking.begin, ()),
            (shop.till.parking.drop, ("x",)),
        ):
            assert shop.code(verb, *args) is Code.PARKING_OFF


@pytest.mark.parametrize(
    ("visibility", "sees"), [("own", False), ("all", True), ("role", False)], ids=str
)
def test_who_sees_what_others_have_parked(tmp_path: Path, visibility: str, sees: bool) -> None:
    settings = Settings("settings", "identifier", parking=True, parking_visibility=visibility)
    with desk(tmp_path, settings=[settings]) as shop:
        shop.start()
        sold(shop, "1")
        shop.do(shop.till.parking.park, "Jan")
        shop.do(shop.till.login, CASHIER)
        assert ("Jan" in listed(shop)) is sees
        if not sees:
            assert shop.code(shop.till.parking.switch, "Jan") is Code.NO_RIGHT
            # What is not seen is there all the same.
            assert shop.code(shop.till.parking.begin, "Jan") is Code.BILL_EXISTS
        # Who may see the receipts of others does.
        shop.do(shop.till.login, TECHNICIAN)
        assert "Jan" in listed(shop)


def test_the_same_role_sees(tmp_path: Path) -> None:
    settings = Settings("settings", "identifier", parking=True, parking_visibility="role")
    users = [user for user in ROWS["users"] if user.id != "u1"]
    rights = [right for right in Right if right is not Right.OTHERS_RECEIPTS]
    roles = [Role(role.id, role.name, rights) for role in ROWS["roles"]]
    same = type(users[0])("u1", CASHIER, "Anna", MANAGER)
    with desk(tmp_path, settings=[settings], users=[*users, same], roles=roles) as shop:
        shop.start()
        sold(shop, "1")
        shop.do(shop.till.parking.park, "Jan")
        shop.do(shop.till.login, CASHIER)
        assert "Jan" in listed(shop)
        shop.do(shop.till.login, TECHNICIAN)
        assert "Jan" not in listed(shop)


def test_old_prices_stay_until_somebody_asks_for_those_of_today(shop: Desk) -> None:
    sold(shop, "1", "3", "1")
    shop.do(shop.till.set_price, 2, 300)
    shop.do(shop.till.parking.park, "Jan")
    milk = Product("milk", "Mleko 1 l", "C", 379, "pcs", "1", ["5900000000015"])
    shop.publish("products", milk)
    (changed,) = shop.do(shop.till.parking.switch, "Jan")
    assert (changed.no, changed.name, changed.old_gr, changed.new_gr) == (0, "Mleko 1 l", 349, 379)
    assert shop.receipt().total_gr == 349 + 3999 + 300
    shop.do(shop.till.parking.reprice)
    assert shop.receipt().total_gr == 379 + 3999 + 300
    shop.do(shop.till.parking.park)
    assert shop.do(shop.till.parking.switch, "Jan") == ()


def test_a_receipt_may_lie_aside_once_its_payments_are_back(shop: Desk) -> None:
    sold(shop, "1")
    shop.do(shop.till.sell, "3")
    shop.do(shop.till.pay, "card", 10)
    assert shop.code(shop.till.parking.park) is Code.PAYMENT_BEGUN
    shop.do(shop.till.take_back_payments)
    shop.do(shop.till.parking.park, "Jan")
    assert listed(shop)["Jan"] == ("Mleko 1 l", 4348)
    assert shop.receipt().state is State.OPEN
