from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from backoffice import changes, settings
from backoffice.store.engine import reading, writing
from backoffice.store.tables import audit


@dataclass(frozen=True)
class Anna:
    account: str = "a1"
    name: str = "Anna"


def lines(engine):
    with reading(engine) as database:
        return database.execute(select(audit).order_by(audit.c.id)).all()


def test_a_change_says_who_when_where_and_how_it_was(engine, clock):
    with writing(engine) as database:
        was, now = {"name": "kg"}, {"name": "kg."}
        number = changes.record(database, Anna(), clock(), "put", "units/kg", "lipa", was, now)
    (line,) = lines(engine)
    assert (line.id, line.account, line.name, line.act) == (number, "a1", "Anna", "put")
    assert (line.at, line.shop, line.what) == ("2026-03-01T12:00:00.000+00:00", "lipa", "units/kg")
    assert (line.before, line.after) == ('{"name":"kg"}', '{"name":"kg."}')
    assert line.detail == "units/kg in lipa"


def test_secrets_stay_out_wherever_they_lie(engine, clock):
    with writing(engine) as database:
        rows = [{"id": "1", "pin_hash": "$scrypt$1"}, {"deep": {"password_hash": "$2"}}]
        changes.record(database, Anna(), clock(), "put", "users", "lipa", None, rows)
    (line,) = lines(engine)
    assert (line.before, line.after) == ("", '[{"id":"1"},{"deep":{}}]')


def test_a_change_that_fails_is_not_noted(engine, clock):
    def change():
        with writing(engine) as database:
            changes.record(database, Anna(), clock(), "put", "units/kg")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert lines(engine) == []


def test_a_history_is_of_one_thing_in_one_shop_newest_first(engine, clock):
    with writing(engine) as database:
        for what, shop in (("units/kg", "lipa"), ("units/g", "lipa"), ("units/kg", "dab")):
            changes.record(database, Anna(), clock(), "put", what, shop, None, {"id": what})
        last = changes.record(database, Anna(), clock(), "remove", "units/kg", "lipa")
        found = changes.history(database, "units/kg", "lipa", 10)
        older = changes.history(database, "units/kg", "lipa", 10, last)
    assert [it.act for it in found] == ["remove", "put"]
    assert [it.act for it in older] == ["put"]


def test_what_is_forgotten_leaves_who_and_when(engine, clock):
    with writing(engine) as database:
        customer = {"name": "Jan"}
        changes.record(database, Anna(), clock(), "put", "customers/1", "lipa", None, customer)
        changes.record(database, Anna(), clock(), "put", "customers/2", "lipa", None, customer)
        changes.forget(database, "customers/1", "lipa")
    assert [(it.name, it.after) for it in lines(engine)] == [
        ("Anna", ""), ("Anna", '{"name":"Jan"}'),
    ]  # fmt: skip


def test_what_nobody_did_is_still_noted_without_an_actor(engine, clock):
    with writing(engine) as database:
        settings.note(database, clock(), "enrol", "K1")
    assert [(it.account, it.what, it.before) for it in lines(engine)] == [("", "", "")]
