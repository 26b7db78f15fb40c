from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select

from backoffice import changes, publish
from backoffice.actor import administrator
from backoffice.editing import BadElsewhere, Editor, NothingToUndo, can_undo
from backoffice.errors import BadRows, NotFound, RowChanged
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from backoffice.store.tables import audit

SHOP, OTHER = "lipa", "dab"


def unit(row_id, name="szt.", **more):
    return {"id": row_id, "name": name, **more}


@pytest.fixture
def edit(engine, clock):
    """Runs one act of an editor in a transaction of its own."""

    def act(name, *given, **how):
        with writing(engine) as database:
            return getattr(Editor(database, administrator(), clock()), name)(*given, **how)

    return act


@pytest.fixture
def row(engine):
    def now(row_id, shop=SHOP, name="units"):
        with reading(engine) as database:
            body = data_rows.body_of(database, name, shop, row_id)
        return msgspec.json.decode(body) if body else None

    return now


def revision(engine, row_id, name="units", shop=SHOP):
    with reading(engine) as database:
        return publish.revision_of(database, name, shop, row_id)


def acts(engine):
    with reading(engine) as database:
        return [(it.act, it.what, it.shop) for it in database.execute(select(audit))]


def test_a_saved_row_has_its_line_in_the_audit(engine, edit, row):
    edit("save", "units", SHOP, unit("a"), 0)
    edit("save", "units", SHOP, unit("a", "kg"), 1)
    assert row("a")["name"] == "kg"
    with reading(engine) as database:
        last, first = changes.history(database, "units/a", SHOP, 9)
    assert (first.before, msgspec.json.decode(last.before)["name"]) == ("", "szt.")
    assert msgspec.json.decode(last.after)["name"] == "kg"


def test_what_changes_nothing_leaves_no_line(engine, edit):
    edit("save", "units", SHOP, unit("a"), 0)
    edit("save", "units", SHOP, unit("a"), 1)
    assert acts(engine) == [("put", "units/a", SHOP)]


def test_the_second_of_two_editors_is_told_and_leaves_no_line(engine, edit, row):
    edit("save", "units", SHOP, unit("a"), 0)
    edit("save", "units", SHOP, unit("a", "kg"), 1)
    with pytest.raises(RowChanged):
        edit("save", "units", SHOP, unit("a", "g"), 1, elsewhere=[OTHER])
    assert row("a")["name"] == "kg"
    assert row("a", OTHER) is None
    assert len(acts(engine)) == 2


def test_in_other_shops_only_what_was_changed_changes(edit, row):
    edit("save", "units", SHOP, unit("a", "kg"), 0, elsewhere=[OTHER, "new"])
    edit("save", "units", OTHER, unit("a", "kg", precision=3), 1)
    edit("save", "units", SHOP, unit("a", "kg.", precision=0), 1, elsewhere=[SHOP, OTHER])
    assert (row("a", OTHER)["name"], row("a", OTHER)["precision"]) == ("kg.", 3)
    assert row("a", "new")["name"] == "kg"


def test_when_another_shop_says_no_nothing_is_written_anywhere(engine, edit, row):
    with writing(engine) as database:
        for shop in (SHOP, OTHER):
            publish.put(database, "vat_rates", shop, [{"id": "C", "rate_bp": 500}])
        publish.put(database, "units", OTHER, [unit("szt")])
        sold = {"id": "w", "name": "Woda", "vat": "C", "price_gr": 1, "unit": "szt"}
        publish.put(database, "products", OTHER, [sold])
    with pytest.raises(BadElsewhere) as refused:
        edit("save", "vat_rates", SHOP, {"id": "C", "rate_bp": 10_100}, 1, elsewhere=[OTHER])
    assert (refused.value.shop, refused.value.faults[0].path) == (OTHER, "$.rate_bp")
    assert row("C", SHOP, "vat_rates")["rate_bp"] == 500
    assert acts(engine) == []


def test_a_removed_row_is_put_back_as_it_was(engine, edit, row):
    edit("save", "units", SHOP, unit("a", "kg", precision=3), 0)
    was = row("a")
    with pytest.raises(RowChanged):
        edit("remove", "units", SHOP, "a", 7)
    edit("remove", "units", SHOP, "a", 1)
    with reading(engine) as database:
        assert [msgspec.json.decode(it) for it in data_rows.removed(database, "units", SHOP)] == [
            was
        ]
    edit("put_back", "units", SHOP, "a")
    assert row("a") == was
    with pytest.raises(NotFound):
        edit("put_back", "units", SHOP, "a")
    assert [act for act, *_ in acts(engine)] == ["put", "remove", "restore"]


def test_undo_takes_back_each_kind_of_change_and_itself(engine, edit, row):
    edit("save", "units", SHOP, unit("a"), 0)
    edit("save", "units", SHOP, unit("a", "kg"), 1)
    edit("undo", "units", SHOP, "a")
    assert row("a")["name"] == "szt."
    edit("undo", "units", SHOP, "a")
    assert row("a")["name"] == "kg"
    edit("remove", "units", SHOP, "a", revision(engine, "a"))
    edit("undo", "units", SHOP, "a")
    assert row("a")["name"] == "kg"
    edit("save", "units", SHOP, unit("b"), 0)
    edit("undo", "units", SHOP, "b")
    assert row("b") is None


def test_undo_refuses_what_changed_in_another_way_since(engine, edit, row):
    with pytest.raises(NothingToUndo):
        edit("undo", "units", SHOP, "a")
    edit("save", "units", SHOP, unit("a"), 0)
    with writing(engine) as database:
        publish.put(database, "units", SHOP, [unit("a", "kg")])
        assert not can_undo(database, "units", SHOP, "a")
    with pytest.raises(NothingToUndo):
        edit("undo", "units", SHOP, "a")
    assert row("a")["name"] == "kg"


def test_undo_refuses_what_does_not_fit_any_more(engine, edit, row):
    """A unit that something is sold in meanwhile stays."""
    edit("save", "units", SHOP, unit("a"), 0)
    with writing(engine) as database:
        publish.put(database, "vat_rates", SHOP, [{"id": "C", "rate_bp": 500}])
        sold = {"id": "w", "name": "Woda", "vat": "C", "price_gr": 1, "unit": "a"}
        publish.put(database, "products", SHOP, [sold])
        assert can_undo(database, "units", SHOP, "a")
    with pytest.raises(BadRows):
        edit("undo", "units", SHOP, "a")
    assert row("a") is not None


def test_undo_keeps_a_secret_that_the_audit_does_not_know(edit, row):
    edit("take", "roles", SHOP, [{"id": "r", "name": "R"}])
    user = {"id": "1", "identifier": "1", "name": "Ala", "role": "r", "pin_hash": "$scrypt$x"}
    edit("save", "users", SHOP, user, 0)
    edit("save", "users", SHOP, user | {"name": "Ola"}, 1)
    edit("undo", "users", SHOP, "1")
    now = row("1", SHOP, "users")
    assert (now["name"], now["pin_hash"]) == ("Ala", "$scrypt$x")


def test_undo_of_a_removal_brings_the_secret_back(edit, row):
    edit("take", "roles", SHOP, [{"id": "r", "name": "R"}])
    user = {"id": "1", "identifier": "1", "name": "Ala", "role": "r", "pin_hash": "$scrypt$x"}
    edit("save", "users", SHOP, user, 0)
    edit("remove", "users", SHOP, "1", 1)
    edit("undo", "users", SHOP, "1")
    assert row("1", SHOP, "users")["pin_hash"] == "$scrypt$x"


def test_undo_takes_back_a_field_that_an_older_program_did_not_write(engine, edit, row):
    with writing(engine) as database:
        data_rows.lock(database, "units", SHOP)
        data_rows.store(database, "units", SHOP, {"a": '{"id":"a","name":"szt."}'})
    edit("save", "units", SHOP, unit("a", precision=3), 1)
    edit("undo", "units", SHOP, "a")
    assert row("a")["precision"] == 0


def test_arrows_change_the_order_and_only_that(engine, edit, row):
    names = ("cash", "card", "bon")
    kinds = [{"id": it, "name": it, "kind": "cash", "position": 5 * (it == "bon")} for it in names]
    edit("take", "payment_methods", SHOP, kinds)

    def order():
        rows = [row(it, SHOP, "payment_methods") for it in names]
        return [it["id"] for it in sorted(rows, key=lambda it: (it["position"], it["id"]))]

    assert order() == ["card", "cash", "bon"]
    edit("move", "payment_methods", SHOP, "bon", is_up=True)
    assert order() == ["card", "bon", "cash"]
    edit("move", "payment_methods", SHOP, "card", is_up=False)
    assert order() == ["bon", "card", "cash"]
    edit("move", "payment_methods", SHOP, "bon", is_up=True)
    assert order() == ["bon", "card", "cash"]
    with pytest.raises(NotFound):
        edit("move", "payment_methods", SHOP, "none", is_up=True)
