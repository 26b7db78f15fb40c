from __future__ import annotations

import base64
import hashlib
from collections import Counter

import msgspec
import pytest
from stdnum import ean
from stdnum.pl import nip

from backoffice import publish
from backoffice.names import compared
from backoffice.sample import SAMPLE_SHOP, load_sample
from backoffice.store.company import MAIN, of_company
from backoffice.store.engine import open_engine, reading, writing
from backoffice.store.upgrade import upgrade
from terminal.sync import wire


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('sample')}/office.db"
    engine = of_company(open_engine(url), MAIN)
    upgrade(engine)
    assert load_sample(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def rows(loaded):
    def read(name):
        with reading(loaded) as database:
            found = publish.living(database, name, SAMPLE_SHOP, "", 5000)
        return [msgspec.json.decode(row, type=wire.SETS[name]) for row in found]

    return read


def test_every_set_has_rows(rows):
    # What tills write is in none of the files.
    written = {"sales_documents", "visits", "attachments"}
    assert all(rows(name) for name in wire.SETS if name not in written)


def test_there_are_two_hundred_goods_with_plu_one_and_up(rows):
    products = rows("products")
    assert len(products) >= 200
    assert sorted(int(it.plu) for it in products) == list(range(1, len(products) + 1))
    assert all(len(it.name) <= 40 and it.name == it.name.strip() for it in products)


def test_names_are_one_name_each_to_the_printer(rows):
    names = Counter(compared(it.name) for it in rows("products"))
    assert "" not in names
    assert max(names.values()) == 1


def test_bar_codes_are_polish_ean_13_with_right_check_digits(rows):
    codes = Counter(code for it in rows("products") for code in it.barcodes)
    assert len(codes) > 100
    assert max(codes.values()) == 1
    assert all(ean.is_valid(code) and len(code) == 13 for code in codes)
    assert all(code.startswith("590") for code in codes)
    assert any(len(it.barcodes) == 2 for it in rows("products"))


def test_goods_use_letters_units_and_categories_as_a_grocery_does(rows):
    products = rows("products")
    letters = Counter(it.vat for it in products)
    assert set(letters) == set("ABCD")
    assert letters["C"] > letters["A"] > letters["B"] > letters["D"] == 1
    assert {it.unit for it in products} == {"szt", "kg", "op", "l"}
    open_price = [it for it in products if it.is_open_price]
    assert 2 <= len(open_price) <= 3
    assert all(it.price_gr == 0 for it in open_price)
    assert all(it.category for it in products)


def test_rates_units_and_payments(rows):
    assert {it.id: it.rate_bp for it in rows("vat_rates")} == {
        "A": 2300, "B": 800, "C": 500, "D": 0, "E": 10_000, "F": 10_100, "G": 10_100,
    }  # fmt: skip
    assert {it.id: (it.name, it.precision) for it in rows("units")} == {
        "szt": ("szt.", 0), "kg": ("kg", 3), "op": ("op.", 0), "l": ("l", 3),
    }  # fmt: skip
    payments = {it.id: it.kind for it in rows("payment_methods")}
    assert payments == {
        "gotowka": "cash",
        "karta": "card",
        "bon": "bon",
        "blik": "other",
        "przelew": "transfer",
        "rachunek": "other",
    }


def test_prices_of_today_are_those_of_the_goods(rows):
    own = {it.id: it.price_gr for it in rows("products")}
    lists = {it.id: it for it in rows("price_lists")}
    for price in rows("prices"):
        if not lists[price.price_list].valid_to:
            assert price.price_gr == own[price.product]
    over = [it for it in lists.values() if it.valid_to]
    assert over
    assert all(it.valid_to < "2026" for it in over)


def test_quick_keys_lead_to_goods_and_alcohol_asks_for_the_age(rows):
    keys, products = rows("quick_keys"), {it.id: it for it in rows("products")}
    assert {it.product for it in keys} - {""} <= products.keys()
    assert {it.category for it in keys} - {""} <= {it.id for it in rows("categories")}
    strong = {it.id for it in products.values() if it.category == "alkohol"}
    assert strong == {it.id for it in products.values() if it.min_age}
    assert len(strong) > 5


def test_a_multipack_has_a_code_of_its_own(rows):
    (pack,) = rows("barcodes")
    assert ean.is_valid(pack.id)
    assert pack.qty_milli == 6000


def test_three_people_with_pins_that_are_nowhere_readable(rows):
    users = {it.identifier: it for it in rows("users")}
    assert {key: (it.name, it.role) for key, it in users.items()} == {
        "1": ("Anna", "kasjer"), "2": ("Marek", "kierownik"), "3": ("Ewa", "wlasciciel"),
    }  # fmt: skip
    for pin, user in zip(("1111", "2222", "3333"), (users[it] for it in "123"), strict=True):
        _, _, _, salt, digest = user.pin_hash.split("$")
        raw = base64.b64decode(salt)
        again = hashlib.scrypt(pin.encode(), salt=raw, n=2**14, r=8, p=1, maxmem=2**26, dklen=32)
        assert base64.b64encode(again).decode() == digest
    rights = {it.id: set(it.rights) for it in rows("roles")}
    assert rights["kasjer"] < rights["kierownik"] < rights["wlasciciel"] == set(wire.Right)


def test_the_shop_and_its_settings(rows):
    shop, settings = rows("shop")[0], rows("settings")[0]
    assert shop.name == "Sklep Pod Lipą"
    assert nip.is_valid(shop.nip)
    assert settings.close_profile == "block"


def test_only_an_empty_office_is_filled(engine):
    with writing(engine) as database:
        publish.put(database, "units", "dab", [{"id": "kg", "name": "kg"}])
    assert not load_sample(engine)
    with reading(engine) as database:
        assert publish.living(database, "products", SAMPLE_SHOP, "", 1) == []
