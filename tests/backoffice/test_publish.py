from __future__ import annotations

import shutil
import threading

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice import publish
from backoffice.errors import BadRequest, BadRows, NotFound, RowChanged
from backoffice.store.company import MAIN, of_company
from backoffice.store.engine import open_engine, reading, writing
from terminal.sync import wire

SHOP = "lipa"
ROWS = {
    "settings": {"id": "settings"},
    "shop": {"id": "lipa", "company": "Lipa", "nip": "1234563218"},
    "vat_rates": {"id": "C", "rate_bp": 500},
    "payment_methods": {"id": "cash", "name": "Gotówka", "kind": "cash"},
    "currencies": {"id": "EUR", "name": "Euro", "rate_e4": 42_650},
    "roles": {"id": "cashier", "name": "Kasjer", "rights": ["sell"]},
    "users": {"id": "1", "identifier": "1", "name": "Anna", "role": "cashier"},
    "representatives": {"id": "r1", "name": "Anna Nowak", "user": "1"},
    "units": {"id": "szt", "name": "szt."},
    "categories": {"id": "drinks", "name": "Napoje"},
    "products": {
        "id": "w", "name": "Woda", "vat": "C", "price_gr": 249, "unit": "szt", "category": "drinks",
    },
    "barcodes": {"id": "5907771200064", "product": "w", "qty_milli": 6000},
    "price_lists": {"id": "summer", "name": "Lato", "valid_to": "2026-08-31"},
    "prices": {"id": "1", "price_list": "summer", "product": "w", "price_gr": 199},
    "discounts": {"id": "d", "name": "Stały klient", "scope": "receipt", "percent_bp": 500},
    "quick_keys": {"id": "1", "position": 7, "product": "w"},
    "customers": {"id": "1", "name": "Kawiarnia", "nip": "5261001001"},
    "sales_documents": {
        "id": "1", "type": "ZS", "number": "ZS/1/K1", "customer": "1", "total_gr": 498,
        "issued_at": "2026-11-25T20:00:00+01:00",
        "lines": [{
            "product": "w", "name": "Woda", "unit": "szt.", "vat": "C", "qty_milli": 2000,
            "price_gr": 249, "gross_gr": 498, "percent_bp": 0,
            "plu": "", "barcode": "", "precision": 0,
        }],
    },
    "visits": {"id": "1", "customer": "1", "at": "2026-11-26T09:00:00+01:00"},
    "attachments": {
        "id": "1", "about": "customer", "of": "1", "kind": "note", "text": "Ring twice",
        "at": "2026-11-25T20:00:00+01:00",
    },
    "stock": {"id": "w", "qty_milli": -6000, "as_of": "2026-11-25T20:00:00+01:00"},
}  # fmt: skip


def unit(row_id, name="szt."):
    return {"id": row_id, "name": name}


def put(engine, name, *raws, shop=SHOP, **how):
    with writing(engine) as database:
        return publish.put(database, name, shop, raws, **how)


def page(engine, name, since=0, limit=100, shop=SHOP):
    with reading(engine) as database:
        return publish.page(database, name, shop, since, limit)


def decoded(rows):
    return [msgspec.json.decode(row) for row in rows]


def test_each_changed_row_gets_the_next_revision(engine):
    assert put(engine, "units", unit("a"), unit("b")).revision == 2
    assert put(engine, "units", unit("a", "kg")).revision == 3
    shown = page(engine, "units")
    assert [row["id"] for row in decoded(shown.rows)] == ["b", "a"]
    assert (shown.since, shown.to, shown.more) == (0, 3, False)


def test_every_set_is_put_shown_and_removed(engine):
    """In their order the sets find what they refer to, backwards nothing is left behind."""
    for name, row in ROWS.items():
        assert put(engine, name, row).changed == 1, name
        (shown,) = decoded(page(engine, name).rows)
        assert shown == {**shown, **row}
    with reading(engine) as database:
        assert [(it.revision, it.rows) for it in publish.states(database, SHOP)] == [
            (1, 1) for _ in wire.SETS
        ]
    for name, row in reversed(ROWS.items()):
        if name not in {"settings", "shop"}:
            with writing(engine) as database:
                assert publish.remove(database, name, SHOP, row["id"]).revision == 2
            assert page(engine, name, since=1).removed == [row["id"]]


def test_a_row_that_is_so_already_gets_no_revision(engine):
    put(engine, "units", unit("a"))
    outcome = put(engine, "units", unit("a"))
    assert (outcome.revision, outcome.taken, outcome.changed) == (1, 1, 0)


def test_rows_are_stored_whole_and_canonical(engine):
    put(engine, "units", unit("a"))
    body = page(engine, "units").rows[0]
    assert bytes(body) == b'{"id":"a","is_weighed":false,"name":"szt.","precision":0}'


def test_removing_leaves_a_tombstone_and_putting_again_revives(engine):
    put(engine, "units", unit("a"), unit("b"))
    with writing(engine) as database:
        assert publish.remove(database, "units", SHOP, "a").revision == 3
    shown = page(engine, "units", since=2)
    assert (decoded(shown.rows), shown.removed) == ([], ["a"])
    assert put(engine, "units", unit("a")).revision == 4
    shown = page(engine, "units", since=2)
    assert ([row["id"] for row in decoded(shown.rows)], shown.removed) == (["a"], [])


def test_removing_what_is_not_there_is_not_found(engine):
    with pytest.raises(NotFound), writing(engine) as database:
        publish.remove(database, "units", SHOP, "a")


def test_one_bad_row_stops_all(engine):
    with pytest.raises(BadRows) as caught:
        put(engine, "units", unit("a"), {"id": "b", "name": "szt.", "precision": 9})
    fault = caught.value.faults[0]
    assert (fault.index, fault.id, fault.path) == (1, "b", "$.precision")
    assert "<= 3" in fault.reason
    assert page(engine, "units").to == 0


def test_take_good_takes_the_others_and_what_depends_on_bad_rows_is_bad_too(engine):
    outcome = put(
        engine,
        "categories",
        {"id": "a", "name": "A", "parent": "b"},
        {"id": "b", "name": "B", "parent": "gone"},
        {"id": "c", "name": "C"},
        {"name": "no id"},
        take_good=True,
    )
    assert [row["id"] for row in decoded(page(engine, "categories").rows)] == ["c"]
    assert [(it.index, it.path) for it in outcome.faults] == [
        (0, "$.parent"), (1, "$.parent"), (3, "$"),
    ]  # fmt: skip
    assert outcome.taken == 1


def test_the_same_id_twice_in_one_request_is_a_fault(engine):
    with pytest.raises(BadRows, match="row 1 has the same id"):
        put(engine, "units", unit("a"), unit("a", "kg"))


def test_merge_changes_the_named_fields_only(engine):
    put(engine, "units", {"id": "kg", "name": "kg", "precision": 3, "is_weighed": True})
    with writing(engine) as database:
        publish.merge(database, "units", SHOP, "kg", {"precision": 2})
        row = msgspec.json.decode(publish.one(database, "units", SHOP, "kg"))
    assert row == {"id": "kg", "name": "kg", "precision": 2, "is_weighed": True}


def test_pages_follow_each_other_without_gap_or_double(engine):
    put(engine, "units", *(unit(f"u{number}") for number in range(7)))
    seen, since = [], 0
    while True:
        shown = page(engine, "units", since, limit=3)
        assert shown.since == since
        seen += [row["id"] for row in decoded(shown.rows)]
        since = shown.to
        if not shown.more:
            break
    assert seen == [f"u{number}" for number in range(7)]
    assert since == 7


def test_a_page_that_just_fits_is_the_last(engine):
    put(engine, "units", *(unit(f"u{number}") for number in range(3)))
    shown = page(engine, "units", limit=3)
    assert (shown.to, shown.more, len(shown.rows)) == (3, False, 3)


def test_a_revision_the_office_never_gave_starts_over(engine):
    put(engine, "units", unit("a"))
    shown = page(engine, "units", since=99)
    assert (shown.since, shown.to, len(shown.rows)) == (0, 1, 1)


@pytest.mark.parametrize(("since", "limit"), [(-1, 10), (0, 0)])
def test_impossible_pages_are_refused(engine, since, limit):
    with pytest.raises(BadRequest):
        page(engine, "units", since, limit)


def test_shops_do_not_see_each_other(engine):
    put(engine, "units", unit("a"))
    put(engine, "units", unit("b"), shop="dab")
    assert [row["id"] for row in decoded(page(engine, "units", shop="dab").rows)] == ["b"]
    assert page(engine, "units", shop="dab").to == 1


def test_states_name_every_set_in_the_order_of_the_wire(engine):
    put(engine, "units", unit("a"), unit("b"))
    with writing(engine) as database:
        publish.remove(database, "units", SHOP, "a")
        states = publish.states(database, SHOP)
    assert [state.name for state in states] == list(wire.SETS)
    known = {state.name: state for state in states}
    left = f"{wire.row_number('b', wire.canonical(wire.Unit(**unit('b')))):064x}"
    assert known["units"] == wire.SetState("units", 3, 1, left)
    assert known["products"] == wire.SetState("products", 0, 0, wire.EMPTY)


def test_only_the_last_page_tells_the_digest_that_the_set_has_then(engine):
    put(engine, "units", *(unit(f"u{number}") for number in range(4)))
    first, last = page(engine, "units", limit=3), page(engine, "units", since=3, limit=3)
    with reading(engine) as database:
        state = next(it for it in publish.states(database, SHOP) if it.name == "units")
    assert (first.digest, last.digest) == ("", state.digest)
    assert page(engine, "units", since=4).digest == state.digest


def test_living_rows_are_paged_by_id(engine):
    put(engine, "units", *(unit(row_id) for row_id in "cab"))
    with reading(engine) as database:
        first = publish.living(database, "units", SHOP, "", 2)
        rest = publish.living(database, "units", SHOP, "b", 2)
    assert [row["id"] for row in decoded(first + rest)] == ["a", "b", "c"]


def test_an_unknown_set_is_not_found(engine):
    with pytest.raises(NotFound, match="products"):
        put(engine, "goods", {})


changes = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(["kg", "szt.", "l", None])), max_size=6
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=changes, between=st.lists(changes, max_size=6), limit=st.integers(1, 4))
def test_a_client_ends_with_exactly_the_living_rows(
    tmp_path_factory, blank_db, first, between, limit
):
    path = tmp_path_factory.mktemp("model") / "office.db"
    shutil.copy(blank_db, path)
    engine = of_company(open_engine(f"sqlite:///{path}"), MAIN)
    office: dict[str, str] = {}
    client: dict[str, str] = {}
    rounds = iter(between)
    try:
        _change(engine, office, first)
        since, more = 0, True
        while more:
            shown = page(engine, "units", since, limit)
            for row in decoded(shown.rows):
                client[row["id"]] = row["name"]
            for row_id in shown.removed:
                client.pop(row_id, None)
            since = shown.to
            changed = next(rounds, [])
            _change(engine, office, changed)
            more = shown.more or bool(changed)
        assert client == office
        with reading(engine) as database:
            states = {it.name: it for it in publish.states(database, SHOP)}
        assert states["units"].rows == len(office)
        assert states["units"].revision == since
    finally:
        engine.dispose()


def _change(engine, office, steps):
    for row_id, name in steps:
        with writing(engine) as database:
            if name is not None:
                publish.put(database, "units", SHOP, [unit(row_id, name)])
                office[row_id] = name
            elif row_id in office:
                publish.remove(database, "units", SHOP, row_id)
                del office[row_id]


def remove(engine, name, row_id, **how):
    with writing(engine) as database:
        return publish.remove(database, name, SHOP, row_id, **how)


def revision(engine, row_id):
    with reading(engine) as database:
        return publish.revision_of(database, "units", SHOP, row_id)


def test_a_row_has_a_revision_while_it_lives(engine):
    put(engine, "units", unit("a"), unit("b"))
    assert (revision(engine, "a"), revision(engine, "b"), revision(engine, "c")) == (1, 2, 0)
    put(engine, "units", unit("a", "kg"))
    assert revision(engine, "a") == 3
    remove(engine, "units", "a")
    assert revision(engine, "a") == 0


def test_who_saw_an_older_row_changes_nothing(engine):
    """The second of two editors learns how the row is now, and nothing of his is written."""
    put(engine, "units", unit("a", "kg"))
    put(engine, "units", unit("a", "g"), expected={"a": 1})
    with pytest.raises(RowChanged) as refused:
        put(engine, "units", unit("a", "dag"), unit("b"), expected={"a": 1, "b": 0})
    assert (refused.value.revision, refused.value.row["name"]) == (2, "g")
    assert [row["name"] for row in decoded(page(engine, "units").rows)] == ["g"]
    with pytest.raises(RowChanged):
        remove(engine, "units", "a", expected=1)
    assert remove(engine, "units", "a", expected=2).revision == 3


def test_a_new_row_does_not_replace_one_that_came_meanwhile(engine):
    put(engine, "units", unit("a", "kg"), expected={"a": 0})
    with pytest.raises(RowChanged):
        put(engine, "units", unit("a", "g"), expected={"a": 0})
    remove(engine, "units", "a")
    with pytest.raises(RowChanged) as refused:
        put(engine, "units", unit("a", "g"), expected={"a": 1})
    assert (refused.value.revision, refused.value.row) == (0, None)


def test_of_two_editors_at_the_same_time_one_is_told(engine):
    """Both read, then both write: the database has the second wait for the first."""
    put(engine, "units", unit("a", "kg"))
    told = []

    def edit(name):
        try:
            put(engine, "units", unit("a", name), expected={"a": 1})
        except RowChanged as error:
            told.append((name, error.row["name"]))

    editors = [threading.Thread(target=edit, args=(name,)) for name in ("g", "dag")]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    (kept,) = decoded(page(engine, "units").rows)
    assert told in ([("g", "dag")], [("dag", "g")])
    assert kept["name"] == told[0][1]
