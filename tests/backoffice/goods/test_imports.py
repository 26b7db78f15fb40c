from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select

from backoffice import publish
from backoffice.actor import Actor
from backoffice.errors import BadRows, NotFound
from backoffice.goods import imports, kept
from backoffice.rights import Role
from backoffice.store import data_rows, goods_rows
from backoffice.store.engine import reading, writing
from backoffice.store.tables import audit, goods_change
from tests.backoffice.goods.conftest import SHOP, product

OWNER = Actor("a1", "Ewa", Role.OWNER, None, "pl")
SHEET = (
    "ID;PLU;Nazwa;Jednostka;VAT;Cena;Kategoria\n"
    "1;7;Mleko;szt.;A;3,00;Nabiał\n"
    "2;;Ser;szt.;A;2,49;\n"
    ";9;Masło;szt.;A;7,99;Nabiał\n"
)
GOODS = (product("1", "Mleko", plu="12", barcodes=["590123"]), product("2", "Ser"))


def rows(engine):
    with reading(engine) as database:
        found = map(msgspec.json.decode, data_rows.living(database, "products", SHOP))
        assert goods_rows.differing(database, SHOP) == []
        return {row["name"]: row for row in found}


def look_at(engine, clock, text, title="cennik.csv"):
    with writing(engine) as database:
        content = text.encode()
        return imports.look_at(database, OWNER, clock(), SHOP, title, content)


def one(engine, number):
    with reading(engine) as database:
        row = kept.one(database, SHOP, number)
    return (row.added, row.changed, row.same, row.wrong), imports.faults_of(row.faults)


def take(engine, clock, number):
    with writing(engine) as database:
        return imports.take(database, OWNER, clock(), SHOP, number)


def undo(engine, clock, number):
    with writing(engine) as database:
        return kept.undo(database, OWNER, clock(), SHOP, number)


def test_a_sheet_is_looked_at_taken_and_undone(engine, stocked, clock):
    stocked(*GOODS)
    before = rows(engine)
    number = look_at(engine, clock, SHEET)
    assert one(engine, number) == ((1, 1, 1, 0), [])
    assert rows(engine) == before
    assert take(engine, clock, number) == 2
    after = rows(engine)
    assert after["Mleko"] == {**before["Mleko"], "plu": "7", "price_gr": 300, "category": "dairy"}
    assert after["Masło"]["plu"] == "9"
    assert undo(engine, clock, number) == 2
    assert rows(engine) == before
    with reading(engine) as database:
        acts = database.execute(select(audit.c.act, audit.c.name).order_by(audit.c.id)).all()
    assert [tuple(act) for act in acts] == [("import", "Ewa"), ("undo", "Ewa")]


def test_bad_lines_are_said_and_the_good_ones_taken(engine, stocked, clock):
    stocked(*GOODS)
    number = look_at(
        engine,
        clock,
        SHEET + "1;;Mleko drugie;szt.;A;1;\n;12;Kefir;szt.;A;1;\n;;!!!;szt.;A;1;\n"
        ";;mleko;szt.;B;1;\n;;;szt.;A;1;\n;;Chleb;;A;1;\n;;" + "x" * 41 + ";szt.;A;1;\n",
    )
    counts, faults = one(engine, number)
    assert counts == (2, 1, 1, 6)
    assert [(it.line, it.column, it.typed) for it in faults] == [
        (5, "ID", "1"),
        (7, "Nazwa", "!!!"),
        (8, "Nazwa", "mleko"),
        (9, "Nazwa", ""),
        (10, "Jednostka", ""),
        (11, "Nazwa", "x" * 41),
    ]
    assert faults[2].reason.values["product"] == "1"
    assert take(engine, clock, number) == 3
    assert sorted(rows(engine)) == ["Kefir", "Masło", "Mleko", "Ser"]


def test_an_external_id_names_a_product_of_another_program(engine, stocked, clock):
    stocked(product("1", "Mleko", external_id="ERP-1"))
    number = look_at(engine, clock, "ID zewnętrzne;Nazwa;Cena\nERP-1;Mleko 2%;5\n")
    assert one(engine, number)[0] == (0, 1, 0, 0)
    take(engine, clock, number)
    assert rows(engine)["Mleko 2%"]["id"] == "1"


def test_an_empty_cell_takes_away_what_may_be_missing_and_leaves_the_rest(engine, stocked, clock):
    stocked(product("1", "Mleko", plu="12", category="dairy", is_active=False, min_age=18))
    text = "ID;PLU;Nazwa;Kategoria;Cena;Aktywny;Wiek\n1;;;;;;\n"
    take(engine, clock, look_at(engine, clock, text))
    row = rows(engine)["Mleko"]
    assert (row["plu"], row["category"]) == ("", "")
    assert (row["price_gr"], row["is_active"], row["min_age"]) == (249, False, 18)


def test_the_decimals_of_a_unit_are_not_changed_by_a_product(engine, stocked, clock):
    stocked(*GOODS)
    number = look_at(engine, clock, "ID;Jednostka;Precyzja\n1;kg;2\n2;szt.;0\n")
    counts, faults = one(engine, number)
    assert counts == (0, 0, 1, 1)
    assert (faults[0].column, faults[0].typed) == ("Precyzja", "2")


def test_a_sheet_is_not_taken_on_goods_that_it_was_not_shown_for(engine, stocked, clock):
    stocked(*GOODS)
    number = look_at(engine, clock, SHEET)
    with writing(engine) as database:
        publish.put(database, "products", SHOP, [product("3", "Chleb", plu="9")])
    before = rows(engine)
    with pytest.raises(kept.TooLate):
        take(engine, clock, number)
    assert rows(engine) == before
    with writing(engine) as database:
        imports.look_again(database, SHOP, number)
    assert one(engine, number)[0] == (0, 1, 1, 1)
    assert take(engine, clock, number) == 1


def test_what_somebody_changed_since_the_preview_is_not_overwritten(engine, stocked, clock):
    """As many rows would change as before, but one of them is another by now."""
    stocked(*GOODS)
    number = look_at(engine, clock, SHEET)
    with writing(engine) as database:
        publish.merge(database, "products", SHOP, "1", {"price_gr": 999})
    with pytest.raises(kept.TooLate):
        take(engine, clock, number)
    assert rows(engine)["Mleko"]["price_gr"] == 999


def test_a_sheet_is_taken_once(engine, stocked, clock):
    stocked(*GOODS)
    number = look_at(engine, clock, SHEET)
    take(engine, clock, number)
    with pytest.raises(kept.TooLate):
        take(engine, clock, number)


def test_what_was_changed_since_is_not_undone(engine, stocked, clock):
    stocked(*GOODS)
    number = look_at(engine, clock, SHEET)
    take(engine, clock, number)
    with writing(engine) as database:
        publish.merge(database, "products", SHOP, "1", {"price_gr": 999})
    before = rows(engine)
    with pytest.raises(kept.TooLate):
        undo(engine, clock, number)
    assert rows(engine) == before


def test_an_undone_import_is_not_undone_again(engine, stocked, clock):
    stocked(*GOODS)
    number = look_at(engine, clock, SHEET)
    take(engine, clock, number)
    undo(engine, clock, number)
    with pytest.raises(kept.TooLate):
        undo(engine, clock, number)


def test_a_new_product_that_is_needed_by_now_stays(engine, stocked, clock):
    stocked(*GOODS)
    number = look_at(engine, clock, SHEET)
    take(engine, clock, number)
    row_id = rows(engine)["Masło"]["id"]
    with writing(engine) as database:
        key = {"id": "1", "position": 1, "product": row_id}
        publish.put(database, "quick_keys", SHOP, [key])
    with pytest.raises(BadRows):
        undo(engine, clock, number)
    assert "Masło" in rows(engine)


def test_changes_of_another_shop_are_not_found(engine, stocked, clock):
    stocked(*GOODS)
    number = look_at(engine, clock, SHEET)
    with pytest.raises(NotFound), reading(engine) as database:
        kept.one(database, "other", number)


def test_old_sheets_and_what_was_before_are_forgotten(engine, stocked, clock):
    stocked(*GOODS)
    taken = look_at(engine, clock, SHEET)
    take(engine, clock, taken)
    left = look_at(engine, clock, SHEET)
    clock.push(days=2)
    look_at(engine, clock, SHEET)
    with reading(engine) as database:
        numbers = set(database.scalars(select(goods_change.c.id)))
    assert taken in numbers
    assert left not in numbers
    clock.moment += timedelta(days=60)
    look_at(engine, clock, SHEET)
    with pytest.raises(kept.TooLate):
        undo(engine, clock, taken)


def test_a_sheet_of_nothing_changes_nothing(engine, stocked, clock):
    stocked(*GOODS)
    number = look_at(engine, clock, "Nazwa;Cena\n")
    assert one(engine, number) == ((0, 0, 0, 0), [])
    assert take(engine, clock, number) == 0
    assert undo(engine, clock, number) == 0
