from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import FrozenInstanceError
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from terminal.store.catalogue import Applied, Article, Catalogue, apply
from terminal.store.db import close_writer, open_reader, open_writer
from terminal.store.folding import fold
from terminal.store.search import search
from terminal.sync.wire import (
    SETS,
    Barcode,
    Currency,
    Discount,
    PaymentMethod,
    Price,
    PriceList,
    Product,
    Role,
    Settings,
    Shop,
    Stock,
    Unit,
    User,
    VatRate,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CRASH_S = 30
MILK = Product("m", "Mleko 3,2%", "C", 399, "szt", "7", ["5900000000017", "590017"], "nabiał")
HAM = Product("h", "Szynka", "C", 4990, "kg", "12", [], is_open_price=True)
BAG = Product("b", "Torba", "A", 50, "szt", "", ["5900000000024"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.db"


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    writer = open_writer(path, "catalogue")
    apply(writer, "units", 1, [Unit("szt", "szt."), Unit("kg", "kg", 3, is_weighed=True)])
    apply(writer, "vat_rates", 1, [VatRate("A", 2300), VatRate("C", 500)])
    yield writer
    close_writer(writer)


@pytest.fixture
def catalogue(db: sqlite3.Connection, path: Path) -> Iterator[Catalogue]:
    apply(db, "products", 3, [MILK, HAM, BAG])
    reader = open_reader(path)
    yield Catalogue(reader)
    reader.close()


def milk(barcode: str, price_gr: int = 399) -> Article:
    return Article(
        "m", "7", barcode, "Mleko 3,2%", "szt.", 0, "C", 500, price_gr, "nabiał", False, False
    )


def ids(found: list[Article]) -> list[str]:
    return [article.id for article in found]


# --- reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "barcode"),
    [("7", "5900000000017"), ("5900000000017", "5900000000017"), ("590017", "590017")],
)
def test_find_by_plu_and_by_each_barcode(catalogue: Catalogue, code: str, barcode: str) -> None:
    assert catalogue.find(code) == [milk(barcode)]
    # Numbers would be equal to truth values; the screen tells them apart.
    assert repr(catalogue.find(code)) == repr([milk(barcode)])


def test_an_article_carries_its_unit_and_flags(catalogue: Catalogue) -> None:
    assert repr(catalogue.find("12")) == repr(
        [Article("h", "12", "", "Szynka", "kg", 3, "C", 500, 4990, "", True, True)]
    )


@pytest.mark.parametrize(
    "code",
    ["", "8", "07", "7 ", "590000000001", "59000000000170", "%", "7' OR '1", "\x00", "7\x00"],
)
def test_an_unknown_code_finds_nothing(catalogue: Catalogue, code: str) -> None:
    assert catalogue.find(code) == []


def test_an_empty_plu_is_no_code(catalogue: Catalogue) -> None:
    assert BAG.plu == ""
    assert catalogue.find("") == []
    assert ids(catalogue.find("5900000000024")) == ["b"]


def test_an_ambiguous_code_finds_all_by_name(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    apply(
        db,
        "products",
        4,
        [
            replace(BAG, id="z", name="Ananas", barcodes=["590017"]),
            replace(BAG, id="y", name="Zapałki", plu="590017", barcodes=[]),
        ],
    )
    assert ids(catalogue.find("590017")) == ["z", "m", "y"]
    assert [article.barcode for article in catalogue.find("590017")] == ["590017", "590017", ""]


def test_a_code_that_is_plu_and_barcode_of_one_product_finds_it_once(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    apply(db, "products", 4, [replace(BAG, plu="590018", barcodes=["590018", "590018"])])
    assert ids(catalogue.find("590018")) == ["b"]


@pytest.mark.parametrize("is_removed", [True, False])
def test_what_cannot_be_sold_is_not_found_but_kept(
    db: sqlite3.Connection, catalogue: Catalogue, is_removed: bool
) -> None:
    if is_removed:
        assert apply(db, "products", 4, [], ["m"]) == Applied(0, 0, 1, 0)
    else:
        assert apply(db, "products", 4, [replace(MILK, is_active=False)]) == Applied(0, 1, 0, 0)
    assert catalogue.find("7") == catalogue.find("590017") == []
    assert catalogue.article("m") is None
    assert search(catalogue, "mleko", by_keys=False) == []
    assert db.execute("SELECT name FROM product WHERE id = 'm'").fetchone() == ("Mleko 3,2%",)
    assert catalogue.counts()["products"] == (2 if is_removed else 3)
    apply(db, "products", 5, [MILK])
    assert ids(catalogue.find("7")) == ids(search(catalogue, "mleko", by_keys=False)) == ["m"]
    assert catalogue.counts()["products"] == 3


def test_changed_codes_forget_the_old_ones(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    apply(db, "products", 4, [replace(MILK, plu="8", barcodes=["590018"])])
    assert catalogue.find("7") == catalogue.find("590017") == catalogue.find("5900000000017") == []
    assert ids(catalogue.find("8")) == ids(catalogue.find("590018")) == ["m"]


def test_article_by_id_has_the_first_barcode(catalogue: Catalogue) -> None:
    assert catalogue.article("m") == milk("5900000000017")
    assert catalogue.article("nobody") is None


def test_articles_keep_the_order_that_was_asked_for(catalogue: Catalogue) -> None:
    numbers = dict(catalogue.db.execute("SELECT id, no FROM product"))
    asked = [numbers["h"], 999, numbers["m"]]
    assert ids(catalogue.articles(asked)) == ["h", "m"]


def test_an_article_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        milk("").price_gr = 0  # type: ignore[misc]


def test_a_letter_or_unit_that_never_came_stops_no_lookup(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    apply(db, "products", 4, [replace(MILK, vat="G", unit="box")])
    apply(db, "units", 2, [], ["kg"])
    (found,) = catalogue.find("7")
    assert (found.vat, found.rate_bp, found.unit, found.precision) == ("G", 10_100, "", 0)
    # Products still name a removed unit, so it stays good for them.
    assert catalogue.find("12")[0].unit == "kg"
    apply(db, "vat_rates", 2, [], ["C"])
    assert catalogue.rates() == {"A": 2300}
    assert catalogue.find("12")[0].rate_bp == 10_100


def test_a_lookup_is_one_statement(catalogue: Catalogue) -> None:
    seen: list[str] = []
    catalogue.db.set_trace_callback(seen.append)
    catalogue.find("7")
    assert len(seen) == 1
    catalogue.db.set_trace_callback(None)
    plan = catalogue.db.execute(f"EXPLAIN QUERY PLAN {seen[0]}").fetchall()
    assert not [row for row in plan if "SCAN" in row[3] or "TEMP" in row[3]]


def priced(db: sqlite3.Connection) -> None:
    apply(
        db,
        "price_lists",
        1,
        [
            PriceList("always", "Zawsze"),
            PriceList("june", "Czerwiec", "2026-06-01", "2026-06-30", position=1),
            PriceList("rival", "Inny", "2026-06-10", "2026-06-20", position=1),
            PriceList("late", "Od lipca", valid_from="2026-07-15", position=2),
        ],
    )
    apply(
        db,
        "prices",
        1,
        [
            Price("1", "always", "m", 389),
            Price("2", "june", "m", 299),
            Price("3", "rival", "m", 199),
            Price("4", "late", "m", 419),
        ],
    )


@pytest.mark.parametrize(
    ("day", "price_gr"),
    [
        *(("2026-05-31", 389), ("2026-06-01", 299), ("2026-06-30", 299), ("2026-07-01", 389)),
        # Two lists of one position: the id decides.
        ("2026-06-15", 299),
        *(("2026-07-14", 389), ("2026-07-15", 419), ("2099-12-31", 419)),
    ],
)
def test_the_price_in_force_is_that_of_today(
    db: sqlite3.Connection, catalogue: Catalogue, day: str, price_gr: int
) -> None:
    priced(db)
    today = Catalogue(catalogue.db, lambda: datetime.fromisoformat(f"{day}T23:59:59+02:00"))
    (found,) = today.find("7")
    assert found.price_gr == price_gr
    assert today.article("m") == milk("5900000000017", price_gr)
    assert [one.price_gr for one in search(today, "mleko", by_keys=False)] == [price_gr]
    # What no list names costs what its product says.
    assert today.find("5900000000024")[0].price_gr == BAG.price_gr


def test_a_price_that_goes_leaves_that_of_the_product(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    priced(db)
    apply(db, "price_lists", 2, [], ["always", "june", "rival", "late"])
    assert catalogue.find("7")[0].price_gr == MILK.price_gr


def test_the_code_of_a_multipack_sells_several(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    apply(db, "barcodes", 1, [Barcode("5900000000994", "m", 6000)])
    (pack,) = catalogue.find("5900000000994")
    assert (pack.id, pack.barcode, pack.qty_milli) == ("m", "5900000000994", 6000)
    assert pack.quantity(2000) == 12_000
    assert catalogue.find("590017")[0].quantity(2000) == 2000
    assert catalogue.article("m").quantity(1000) == 1000  # type: ignore[union-attr]


def test_discounts_are_those_of_today(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    always = Discount("a", "Stały klient", "receipt", percent_bp=500)
    june = Discount("j", "Czerwiec", "line", 100, 0, False, "2026-06-01", "2026-06-30")
    later = Discount("l", "Lipiec", "line", 100, valid_from="2026-07-01")
    off = Discount("o", "Nic", "line", 100, is_active=False)
    dearer = Discount("m", "Dopłata", "line", 100, is_markup=True)
    apply(db, "discounts", 1, [always, june, later, off, dearer])
    today = Catalogue(catalogue.db, lambda: datetime(2026, 6, 30, 23, 59))
    assert today.discounts() == [june, dearer, always]
    apply(db, "discounts", 2, [], ["a"])
    assert today.discounts() == [june, dearer]


def test_currencies_and_stock(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    euro, franc = Currency("EUR", "Euro", 42_650), Currency("CHF", "Frank", 45_000)
    apply(db, "currencies", 1, [euro, franc, Currency("USD", "Dolar", 1, is_active=False)])
    assert catalogue.currencies() == [franc, euro]
    assert catalogue.stock("m") is None
    counted = Stock("m", -500, "2026-06-01T08:00:00+02:00")
    apply(db, "stock", 1, [counted])
    assert catalogue.stock("m") == counted
    apply(db, "stock", 2, [], ["m"])
    assert catalogue.stock("m") is None


def test_settings_and_shop_before_and_after_they_came(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    assert catalogue.settings() == Settings("settings")
    assert catalogue.shop() is None
    settings_row = Settings("settings", "none", "off", "21:30", "Zapraszamy", "en")
    shop = Shop("s", "Sklep Ósemka", "5260250274", city="Łódź")
    apply(db, "settings", 1, [settings_row])
    apply(db, "shop", 1, [shop])
    assert catalogue.settings() == settings_row
    assert catalogue.shop() == shop


def test_payment_methods_are_active_and_in_order(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    card = PaymentMethod("k", "Karta", "card", 2)
    cash = PaymentMethod("g", "Gotówka", "cash", 1, opens_drawer=True)
    old = PaymentMethod("c", "Czek", "cheque", 0, is_active=False)
    bon = PaymentMethod("b", "Bon", "bon", 2)
    apply(db, "payment_methods", 1, [card, cash, old, bon])
    assert repr(catalogue.payment_methods()) == repr([cash, bon, card])
    apply(db, "payment_methods", 2, [], ["g"])
    assert catalogue.payment_methods() == [bon, card]


def test_users_and_roles(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    ada = User("u1", "11", "Ada", "r")
    bob = User("u2", "12", "Bob", "r", is_active=False)
    role = Role("r", "Kasjer", ["sell", "discount"])
    apply(db, "users", 1, [ada, bob])
    apply(db, "roles", 1, [role])
    assert catalogue.user("11") == ada
    assert catalogue.user("12") is None
    assert catalogue.user_by_id("u2") == bob
    assert catalogue.role("r") == role
    apply(db, "users", 2, [replace(bob, identifier="11", is_active=True)], ["u1"])
    apply(db, "roles", 2, [], ["r"])
    assert catalogue.user("11") == replace(bob, identifier="11", is_active=True)
    assert catalogue.user_by_id("u1") == ada
    assert catalogue.role("r") is None
    assert catalogue.user_by_id("u3") is None


def test_an_empty_catalogue_answers(path: Path) -> None:
    close_writer(open_writer(path, "catalogue"))
    reader = open_reader(path)
    catalogue = Catalogue(reader)
    assert catalogue.find("7") == catalogue.payment_methods() == []
    assert catalogue.revision("products") == 0
    assert catalogue.counts() == dict.fromkeys(SETS, 0)
    assert catalogue.revisions() == {}
    reader.close()


# --- writing -----------------------------------------------------------------------------------


def test_applied_counts_what_really_changed(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    dearer = replace(MILK, price_gr=420)
    juice = replace(BAG, id="s", name="Sok", barcodes=[])
    refused = [("x", "no name", "{}")]
    page = [dearer, HAM, juice]
    assert apply(db, "products", 9, page, ["b", "never"], refused) == Applied(1, 1, 1, 1)
    assert catalogue.revision("products") == 9
    assert apply(db, "products", 10, page, ["b", "never"], refused) == Applied(0, 0, 0, 1)
    assert catalogue.revision("products") == catalogue.revisions()["products"] == 10
    assert catalogue.find("7")[0].price_gr == 420


def test_the_last_of_two_versions_in_a_page_wins(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    assert apply(
        db, "products", 4, [replace(MILK, price_gr=1), replace(MILK, price_gr=2)]
    ) == Applied(0, 1, 0, 0)
    assert catalogue.find("7")[0].price_gr == 2


def test_an_unchanged_name_is_not_indexed_again(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    seen: list[str] = []
    db.set_trace_callback(seen.append)
    apply(db, "products", 4, [replace(MILK, price_gr=1)])
    db.set_trace_callback(None)
    assert not [statement for statement in seen if "INTO name_index" in statement]
    apply(db, "products", 5, [replace(MILK, name="Śmietana")])
    assert search(catalogue, "mleko", by_keys=False) == []
    assert ids(search(catalogue, "smietana", by_keys=False)) == ["m"]


def test_a_refused_row_keeps_the_last_good_version(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    def kept() -> list[Any]:
        rows = db.execute("SELECT set_name, row_id, reason, body FROM refused ORDER BY row_id")
        return rows.fetchall()

    apply(db, "products", 4, [], [], [("m", "no vat", '{"id":"m"}'), ("h", "no unit", "{}")])
    apply(db, "products", 5, [], [], [("m", "still no vat", '{"id":"m"}')])
    apply(db, "units", 5, [], [], [("m", "digits", "{}")])
    assert kept() == [
        ("products", "h", "no unit", "{}"),
        ("products", "m", "still no vat", '{"id":"m"}'),
        ("units", "m", "digits", "{}"),
    ]
    assert catalogue.find("7")[0].price_gr == 399
    # Good at last, and gone: neither is refused any longer. The other set keeps its own.
    apply(db, "products", 6, [MILK], ["h"])
    assert kept() == [("units", "m", "digits", "{}")]


def image(db: sqlite3.Connection) -> list[str]:
    return [line for line in db.iterdump() if "name_index_" not in line]


def broken_rows() -> Iterator[Product]:
    yield replace(MILK, price_gr=1)
    raise RuntimeError


@pytest.mark.parametrize(
    ("rows", "removed", "refused", "error"),
    [
        (broken_rows(), [], [], RuntimeError),
        ([replace(MILK, price_gr=1), replace(HAM, name=None)], ["b"], [], sqlite3.IntegrityError),
        ([replace(MILK, price_gr=10**20)], ["b"], [], OverflowError),
        ([replace(MILK, price_gr=1)], ["b"], [("x", None, "{}")], sqlite3.IntegrityError),
    ],
    ids=["reader", "row", "number", "refusal"],
)
def test_a_bad_page_leaves_everything_untouched(
    db: sqlite3.Connection,
    catalogue: Catalogue,
    rows: Any,
    removed: list[str],
    refused: list[Any],
    error: type[Exception],
) -> None:
    before = image(db)
    with pytest.raises(error):
        apply(db, "products", 9, rows, removed, refused)
    assert image(db) == before
    assert ids(search(catalogue, "mleko", by_keys=False)) == ["m"]
    db.execute("INSERT INTO name_index (name_index) VALUES ('integrity-check')")


CRASH = """
import os, signal, sys
from pathlib import Path
from terminal.store import catalogue
from terminal.store.db import open_writer
from terminal.sync.wire import Product
db = open_writer(Path(sys.argv[1]), "catalogue")
def rows(to):
    names = [(f"p{n}", f"Towar {n} z dnia {to}") for n in range(1, 900)]
    return [Product(row_id, name, "A", to, "szt", row_id[1:]) for row_id, name in names]
catalogue.apply(db, "products", 1, rows(1))
def crash(*args):
    os.kill(os.getpid(), signal.SIGKILL)
catalogue._note_refused = crash
catalogue.apply(db, "products", 2, rows(2), ["p5"])
"""


def test_a_crash_in_the_middle_of_a_page_leaves_the_page_before(path: Path) -> None:
    crash = [sys.executable, "-c", CRASH, str(path)]
    assert subprocess.run(crash, check=False, timeout=CRASH_S).returncode == -9
    db = open_writer(path, "catalogue")
    catalogue = Catalogue(db)
    assert catalogue.revision("products") == 1
    assert catalogue.counts()["products"] == 899
    assert db.execute("SELECT DISTINCT price_gr FROM product").fetchall() == [(1,)]
    assert ids(catalogue.find("5")) == ["p5"]
    assert len(search(catalogue, "dnia 1", by_keys=False, limit=500)) == 500
    assert search(catalogue, "dnia 2", by_keys=False, limit=1)[0].name.startswith("Towar 2")
    db.execute("INSERT INTO name_index (name_index) VALUES ('integrity-check')")
    close_writer(db)


def test_a_page_reaches_open_readers_whole(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    prices: list[int] = []

    def rows() -> Iterator[Product]:
        yield replace(MILK, price_gr=1)
        prices.append(catalogue.find("7")[0].price_gr)

    apply(db, "products", 4, rows())
    prices.append(catalogue.find("7")[0].price_gr)
    assert prices == [399, 1]


PRODUCTS = st.builds(
    Product,
    id=st.sampled_from(["a", "b", "c", "d"]),
    name=st.sampled_from(["Mleko", "Mleczko", "Żółty ser", "Sok"]),
    vat=st.sampled_from(["A", "C"]),
    price_gr=st.integers(0, 3),
    unit=st.sampled_from(["szt", "kg"]),
    plu=st.sampled_from(["", "1", "2", "590001"]),
    barcodes=st.lists(st.sampled_from(["590001", "590002", "590003"]), max_size=3),
    is_active=st.booleans(),
)
PAGES = st.lists(
    st.tuples(
        st.lists(PRODUCTS, max_size=4), st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=2)
    ),
    max_size=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=PAGES)
def test_any_pages_end_equal_to_the_model(
    db: sqlite3.Connection, pages: list[tuple[list[Product], list[str]]]
) -> None:
    catalogue = Catalogue(db)
    apply(db, "products", 0, [], ["a", "b", "c", "d"])
    model: dict[str, Product] = {}
    for to, (rows, removed) in enumerate(pages, start=1):
        before = dict(model)
        model.update({row.id: row for row in rows})
        page = {row.id for row in rows}
        gone = {row_id for row_id in removed if row_id in model}
        applied = apply(db, "products", to, rows, removed)
        assert applied.added == len(page - before.keys())
        assert applied.changed == len([r for r in page & before.keys() if before[r] != model[r]])
        assert applied.removed == len(gone)
        for row_id in gone:
            del model[row_id]
        assert catalogue.revision("products") == to
    sold = [product for product in model.values() if product.is_active]
    assert catalogue.counts()["products"] == len(model)
    for code in ("1", "2", "590001", "590002", "590003"):
        wanted = {product.id for product in sold if code in (product.plu, *product.barcodes)}
        found = ids(catalogue.find(code))
        assert set(found) == wanted
        assert len(found) == len(wanted)
    for product in sold:
        article = catalogue.article(product.id)
        assert article is not None
        assert (article.name, article.price_gr) == (product.name, product.price_gr)
        assert article.barcode == (product.barcodes or [""])[0]
    for text in ("mle", "mlecz", "ser", "so"):
        wanted = {product.id for product in sold if text in fold(product.name)}
        assert set(ids(search(catalogue, text, by_keys=False))) == wanted
    db.execute("INSERT INTO name_index (name_index) VALUES ('integrity-check')")
