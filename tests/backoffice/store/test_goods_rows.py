from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from backoffice import publish
from backoffice.errors import BadRows, NotFound
from backoffice.store import goods_rows
from backoffice.store.engine import reading, writing
from backoffice.store.tables import goods, goods_code

SHOP = "lipa"
NEEDED = {
    "vat_rates": [{"id": "A", "rate_bp": 2300}, {"id": "B", "rate_bp": 800}],
    "units": [{"id": "szt", "name": "szt."}],
    "categories": [{"id": "food", "name": "Jedzenie"}],
}
CODES = [f"590{number:04d}" for number in range(6)]


def product(row_id, name="Woda", **more):
    fields = {"id": row_id, "name": name, "vat": "A", "price_gr": 249, "unit": "szt", **more}
    return {field: value for field, value in fields.items() if value is not None}


def fill(engine, *products):
    with writing(engine) as database:
        for name, rows in {**NEEDED, "products": products}.items():
            publish.put(database, name, SHOP, rows)


def one(engine, row_id):
    with reading(engine) as database:
        chosen = select(goods).where(goods.c.id == row_id)
        return database.execute(chosen).mappings().one_or_none()


def differing(engine):
    with reading(engine) as database:
        return goods_rows.differing(database, SHOP)


def test_a_product_is_found_by_what_it_is_called(engine):
    fill(engine, product("w", "Żywiec Zdrój 1,5 l", plu="12", barcodes=CODES[:2], category="food"))
    row = one(engine, "w")
    assert (row["folded"], row["printed"]) == ("zywiec zdroj 1,5 l", "żywieczdrój1,5l")
    assert (row["plu"], row["category"]) == (12, "food")
    assert row["codes"] == " 5900000 5900001"
    assert (row["shop"], row["company"], row["revision"]) == (SHOP, "main", 1)


def test_codes_of_multipacks_count_while_they_are_there(engine):
    fill(engine, product("w", barcodes=CODES[:1]))
    with writing(engine) as database:
        publish.put(database, "barcodes", SHOP, [{"id": CODES[3], "product": "w"}])
    assert one(engine, "w")["codes"] == " 5900000 5900003"
    with writing(engine) as database:
        publish.put(database, "products", SHOP, [product("w", "Woda gazowana", barcodes=[])])
    assert one(engine, "w")["codes"] == " 5900003"
    with writing(engine) as database:
        publish.remove(database, "barcodes", SHOP, CODES[3])
    assert one(engine, "w")["codes"] == ""
    assert differing(engine) == []


def test_a_removed_product_is_not_found(engine):
    fill(engine, product("w", barcodes=CODES[:2]))
    with writing(engine) as database:
        publish.remove(database, "products", SHOP, "w")
    assert one(engine, "w") is None
    with reading(engine) as database:
        assert database.execute(select(goods_code)).all() == []


@pytest.mark.parametrize(
    ("table", "change"), [(goods, {"price_gr": 1}), (goods_code, {"product": "x"})]
)
def test_a_table_that_is_not_what_the_rows_say_is_noticed(engine, table, change):
    fill(engine, product("w", barcodes=CODES[:1]))
    with writing(engine) as database:
        database.execute(update(table).values(**change))
    assert "w" in differing(engine)


ids = st.sampled_from("pqrs")
steps = st.one_of(
    st.tuples(
        st.just("products"),
        st.builds(
            product,
            ids,
            st.sampled_from(["Woda", "Żółta", "Ser 2%", "Gęś"]),
            vat=st.sampled_from("AB"),
            price_gr=st.integers(1, 500),
            plu=st.sampled_from(["", "1", "22", "333"]),
            barcodes=st.lists(st.sampled_from(CODES), max_size=3),
            category=st.sampled_from(["", "food"]),
            is_active=st.booleans(),
        ),
    ),
    st.tuples(
        st.just("barcodes"),
        st.fixed_dictionaries({"id": st.sampled_from(CODES), "product": ids}),
    ),
    st.tuples(st.just("remove products"), ids),
    st.tuples(st.just("remove barcodes"), st.sampled_from(CODES)),
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, min_size=5, max_size=20))
def test_after_any_changes_the_table_is_what_the_rows_say(engine, changes):
    """Also after changes that are refused half way."""
    fill(engine)
    for what, row in changes:
        act, _, name = what.rpartition(" ")
        try:
            with writing(engine) as database:
                if act:
                    publish.remove(database, name, SHOP, row)
                else:
                    publish.put(database, name, SHOP, [row])
        except (BadRows, NotFound):
            pass
    assert differing(engine) == []
