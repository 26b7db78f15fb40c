from __future__ import annotations

import msgspec
import pytest

from backoffice.crosscheck import NEEDS, faults
from terminal.sync import wire
from terminal.sync.wire import (
    Barcode,
    Category,
    PaymentMethod,
    Price,
    PriceList,
    Product,
    QuickKey,
    Role,
    Settings,
    Shop,
    Stock,
    Unit,
    User,
)


def live(**sets):
    shelves = {name: {} for name in wire.SETS}
    shelves["vat_rates"] = {
        "A": wire.VatRate("A", 2300), "C": wire.VatRate("C", 500), "F": wire.VatRate("F", 10_100),
    }  # fmt: skip
    shelves["units"] = {"szt": Unit("szt", "szt.")}
    for name, rows in sets.items():
        shelves[name] = {row.id: row for row in rows}
    return shelves


def found(name, shelves, *changed):
    return {(row_id, fault.path) for row_id, fault in faults(name, shelves, changed)}


def product(row_id="1", name="Mleko", vat="C", price_gr=100, unit="szt", **more):
    return Product(row_id, name, vat, price_gr, unit, **more)


def test_every_set_says_what_it_needs():
    assert set(NEEDS) == set(wire.SETS)
    assert not list(faults("payment_methods", {"payment_methods": {}}, ["x"]))
    assert PaymentMethod in wire.SETS.values()


def test_a_product_that_fits_has_no_fault():
    shelves = live(products=[product(category="")])
    assert found("products", shelves, "1") == set()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"vat": "F"}, "$.vat"),
        ({"vat": "B"}, "$.vat"),
        ({"unit": "kg"}, "$.unit"),
        ({"category": "none"}, "$.category"),
        ({"name": "!?-"}, "$.name"),
        ({"name": "Mleko\tUHT"}, "$.name"),
        ({"price_gr": 0}, "$.price_gr"),
        ({"barcodes": ["5901234123457", "5901234123457"]}, "$.barcodes[1]"),
    ],
)
def test_a_product_must_fit_the_shop(change, path):
    shelves = live(products=[product(**change)])
    assert found("products", shelves, "1") == {("1", path)}


def test_price_zero_is_for_open_prices():
    shelves = live(products=[product(price_gr=0, is_open_price=True)])
    assert found("products", shelves, "1") == set()


def test_codes_are_unique_among_active_products():
    codes = {"plu": "7", "barcodes": ["5901234123457"]}
    one, other = product("1", **codes), product("2", "Kefir", **codes)
    assert found("products", live(products=[one, other]), "2") == {
        ("2", "$.plu"), ("2", "$.barcodes[0]"),
    }  # fmt: skip
    assert found("products", live(products=[one, other]), "1") == {
        ("1", "$.plu"), ("1", "$.barcodes[0]"),
    }  # fmt: skip
    sleeping = product("2", "Kefir", is_active=False, **codes)
    assert found("products", live(products=[one, sleeping]), "2") == set()
    assert found("products", live(products=[one, other]), "1", "2") == {
        ("2", "$.plu"), ("2", "$.barcodes[0]"),
    }  # fmt: skip


def test_two_names_alike_to_the_printer_need_the_same_letter():
    one = product("1", "Coca-Cola", "A")
    assert found("products", live(products=[one, product("2", "coca cola")]), "2") == {
        ("2", "$.name")
    }
    same = product("2", "COCA:COLA", "A")
    assert found("products", live(products=[one, same]), "2") == set()
    # The printer remembers the name of a product that is no longer sold.
    sleeping = product("1", "Coca-Cola", "A", is_active=False)
    assert found("products", live(products=[sleeping, product("2", "cocacola")]), "2") == {
        ("2", "$.name")
    }


def test_what_products_use_cannot_go():
    shelves = live(products=[product(category="c")], categories=[])
    shelves["units"] = {}
    shelves["vat_rates"] = {"C": wire.VatRate("C", 10_100)}
    assert found("units", shelves, "szt") == {("szt", "$.id")}
    assert found("categories", shelves, "c") == {("c", "$.id")}
    assert found("vat_rates", shelves, "C") == {("C", "$.rate_bp")}
    del shelves["vat_rates"]["C"]
    assert found("vat_rates", shelves, "C") == {("C", "$.rate_bp")}
    assert found("vat_rates", shelves, "A") == set()


def test_a_letter_of_sleeping_products_may_go():
    shelves = live(products=[product(is_active=False)])
    shelves["vat_rates"] = {}
    assert found("vat_rates", shelves, "C") == set()


def test_categories_are_a_tree():
    tree = [Category("a", "A"), Category("b", "B", "a"), Category("c", "C", "b")]
    assert found("categories", live(categories=tree), "a", "b", "c") == set()
    assert found("categories", live(categories=tree[1:]), "b") == {("b", "$.parent")}
    assert found("categories", live(categories=tree[1:]), "a") == {("a", "$.id")}
    loop = [Category("a", "A", "c"), *tree[1:]]
    assert found("categories", live(categories=loop), "a") == {("a", "$.parent")}
    own = [Category("a", "A", "a")]
    assert found("categories", live(categories=own), "a") == {("a", "$.parent")}


def test_users_have_a_role_and_an_identifier_of_their_own():
    roles = [Role("kasjer", "Kasjer", ["sell"])]
    anna = User("1", "1", "Anna", "kasjer")
    double = User("2", "1", "Ewa", "kasjer")
    lost = User("3", "3", "Jan", "szef")
    gone = User("4", "1", "Ola", "kasjer", is_active=False)
    shelves = live(roles=roles, users=[anna, double, lost, gone])
    assert found("users", shelves, "2", "3", "4") == {("2", "$.identifier"), ("3", "$.role")}
    assert found("roles", live(roles=[], users=[anna]), "kasjer") == {("kasjer", "$.id")}


def test_roles_name_known_rights_only():
    roles = [Role("kasjer", "Kasjer", ["sell", "fly"])]
    assert found("roles", live(roles=roles), "kasjer") == {("kasjer", "$.rights[1]")}


def test_settings_and_shop_are_one_row_each_and_stay():
    assert found("settings", live(settings=[Settings("settings")]), "settings") == set()
    assert found("settings", live(settings=[Settings("other")]), "other") == {("other", "$.id")}
    assert found("settings", live(), "settings") == {("settings", "$.id")}
    one, two = Shop("lipa", "A", "1234563218"), Shop("dab", "B", "1234563218")
    assert found("shop", live(shop=[one]), "lipa") == set()
    assert found("shop", live(shop=[one, two]), "dab") == {("dab", "$.id")}
    assert found("shop", live(), "lipa") == {("lipa", "$.id")}


EAN = "5901234123457"


def test_extra_codes_belong_to_a_product_and_to_one_only():
    own = product("1", barcodes=[EAN])
    assert found("barcodes", live(products=[own], barcodes=[Barcode("590123", "1")]), "590123") == (
        set()
    )
    lost = live(products=[own], barcodes=[Barcode("590123", "2")])
    assert found("barcodes", lost, "590123") == {("590123", "$.product")}
    doubled = live(products=[own], barcodes=[Barcode(EAN, "1", 6000)])
    assert found("barcodes", doubled, EAN) == {(EAN, "$.id")}
    assert found("products", doubled, "1") == {("1", "$.barcodes[0]")}
    sleeping = product("1", barcodes=[EAN], is_active=False)
    asleep = live(products=[sleeping, product("2", "Kefir")], barcodes=[Barcode(EAN, "2")])
    assert found("barcodes", asleep, EAN) == set()


def test_a_price_is_for_one_product_of_one_list():
    shelves = live(
        products=[product()],
        price_lists=[PriceList("l", "Lato")],
        prices=[
            Price("a", "l", "1", 99),
            Price("b", "l", "1", 89),
            Price("c", "x", "1", 89),
            Price("d", "l", "2", 89),
        ],
    )
    assert found("prices", shelves, "a", "b", "c", "d") == {
        ("b", "$.product"), ("c", "$.price_list"), ("d", "$.product"),
    }  # fmt: skip
    # The one that changes is at fault, also when it stood there first.
    assert found("prices", shelves, "a") == {("a", "$.product")}


def test_what_prices_codes_and_stock_refer_to_cannot_go():
    gone = live(products=[], prices=[Price("a", "l", "1", 99)])
    assert found("products", gone, "1") == {("1", "$.id")}
    assert found("price_lists", gone, "l") == {("l", "$.id")}
    assert found("price_lists", gone, "other") == set()
    assert found("products", live(barcodes=[Barcode(EAN, "1")]), "1") == {("1", "$.id")}
    assert found("products", live(stock=[Stock("1", 0, "2026-01-01T00:00Z")]), "1") == {
        ("1", "$.id")
    }
    assert found("products", live(), "1") == set()


def test_a_quick_key_has_its_own_number_and_leads_somewhere():
    keys = [
        QuickKey("a", 1, product="1"),
        QuickKey("b", 1, category="c"),
        QuickKey("d", 1, product="1", page=2),
        QuickKey("e", 2, product="2"),
        QuickKey("f", 3, category="x"),
    ]
    shelves = live(products=[product()], categories=[Category("c", "Pieczywo")], quick_keys=keys)
    assert found("quick_keys", shelves, "b", "d", "e", "f") == {
        ("b", "$.position"), ("e", "$.product"), ("f", "$.category"),
    }  # fmt: skip
    shelves["categories"] = {}
    assert found("categories", shelves, "c") == {("c", "$.id")}
    assert found("products", live(quick_keys=keys[:1]), "1") == {("1", "$.id")}


def test_stock_is_of_a_product():
    shelves = live(products=[product()], stock=[Stock("1", 5, ""), Stock("2", 5, "")])
    assert found("stock", shelves, "1", "2") == {("2", "$.id")}


def test_a_till_needs_a_fiscal_way_to_pay():
    bill = PaymentMethod("bill", "Rachunek", "other", is_fiscal=False)
    cash = PaymentMethod("cash", "Gotówka", "cash")
    gone = msgspec.structs.replace(cash, is_active=False)
    wrong = {("bill", "$.is_fiscal")}
    assert found("payment_methods", live(payment_methods=[bill, cash]), "bill") == set()
    assert found("payment_methods", live(payment_methods=[bill]), "bill") == wrong
    assert found("payment_methods", live(payment_methods=[bill, gone]), "bill") == wrong
