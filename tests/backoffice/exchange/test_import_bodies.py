from __future__ import annotations

import pytest

from backoffice.exchange import unsent
from backoffice.exchange.import_bodies import Held, Known, body_of, held_up, know, read
from backoffice.exchange.links import Link, link
from backoffice.exchange.unsent import Changed, Note, State
from backoffice.jobs.work import Fate
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from tests.backoffice.exchange.field_rows import customer, note, order, product, put, visit


def looked_up(engine, row, set_name="sales_documents"):
    with reading(engine) as database:
        return know(database, "main", set_name, "lipa", [row])


def test_a_body_names_others_by_their_ids_and_keeps_ours(engine):
    put(engine, customer("k1"), product())
    row = order("o1", representative="r1", from_quote="q1")
    with writing(engine) as database:
        for name, row_id in (
            ("customers", "k1"),
            ("products", "16"),
            ("representatives", "r1"),
            ("sales_documents", "q1"),
            ("sales_documents", "o1"),
        ):
            link(database, "main", name, {row_id: Link("0" * 64, f"T-{row_id}")})
    known = looked_up(engine, row)
    assert held_up(row, known) is None
    body = body_of(row, "sales_documents", known)
    assert (body["id"], body["their_id"], body["customer"]) == ("o1", "T-o1", "T-k1")
    assert (body["representative"], body["from_quote"]) == ("T-r1", "T-q1")
    assert body["lines"][0]["product"] == "T-16"
    assert body["total_gr"] == row.total_gr
    assert row.lines[0].product == "16"


def test_what_they_gave_no_id_is_named_by_ours():
    known = Known(links={"customers": {"k1": Link("0" * 64)}})
    row = visit("v1", next_visit="v2")
    assert held_up(row, known) is None
    body = body_of(row, "visits", known)
    assert (body["customer"], body["next_visit"], body["their_id"]) == ("k1", "v2", "")


def test_a_partner_on_its_way_makes_others_wait_and_a_removed_one_refuses_them(engine):
    put(engine, customer("k1"), product(), visit("v1"))
    row = order("o1")
    held = held_up(row, looked_up(engine, row))
    assert held.fate is Fate.WAITING
    assert "k1" in held.reason
    with writing(engine) as database:
        unsent.note(
            database, "main", "customers", "lipa",
            {"k1": Note(State.REFUSED, "0" * 64, "", "two {of} them")},
        )  # fmt: skip
    assert "two {of} them" in held_up(row, looked_up(engine, row)).reason
    with writing(engine) as database:
        unsent.forget(database, "main", "customers", "lipa", ["k1"])
        data_rows.bury(database, "customers", "lipa", "k1")
    assert held_up(row, looked_up(engine, row)).fate is Fate.REFUSED


def test_a_removed_product_is_still_known(engine):
    put(engine, product())
    with writing(engine) as database:
        data_rows.bury(database, "products", "lipa", "16")
        link(database, "main", "customers", {"k1": Link("0" * 64)})
    row = order("o1")
    assert held_up(row, looked_up(engine, row)) is None


@pytest.mark.parametrize("state", ["", State.SENDING])
def test_what_is_about_a_cancelled_document_goes_only_where_it_may_be(engine, state):
    put(engine, order("o1", state="cancelled"))
    row = note("n1", "o1", "sales_document")
    if state:
        with writing(engine) as database:
            noted = {"o1": Note(state, "0" * 64, "key")}
            unsent.note(database, "main", "sales_documents", "lipa", noted)
    held = held_up(row, looked_up(engine, row, "attachments"))
    assert held.fate is (Fate.WAITING if state else Fate.REFUSED)


def test_no_reason_names_a_person(engine):
    put(engine, customer("k1", "Ewa Lis"), product())
    row = order("o1")
    assert "Ewa" not in held_up(row, looked_up(engine, row)).reason


def test_a_row_is_read_with_what_it_did_not_say():
    found = read(Changed("k1", 1, '{"id":"k1","name":"Ewa"}'), "customers")
    assert found == wire.Customer("k1", "Ewa")
    assert isinstance(read(Changed("k1", 1, "{}"), "customers"), Held)
