"""Exports and imports of one channel: what goes there comes back, and nothing goes in circles."""

from __future__ import annotations

import msgspec
import pytest

from backoffice import new_shop
from backoffice.exchange import channels
from backoffice.exchange.imports import Imports
from backoffice.exchange.place import Place
from backoffice.jobs.work import FIRST, Fate
from backoffice.office import Office
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from tests.backoffice.exchange.field_rows import customer, fates, job, put, run
from tests.backoffice.exchange.program import Program
from tests.backoffice.exchange.programs import Erp, Runner, moved

IMPORTS = Imports()


class Both(Program, Erp):
    """A program that takes and gives: what it took it gives under its own id."""

    def __init__(self):
        Program.__init__(self)
        Erp.__init__(self)

    def write(self, object_name, records, *, confirm):
        answers = Program.write(self, object_name, records, confirm=confirm)
        for (kind, row_id), body in self.kept.items():
            if kind == "partners":
                fields = {key: it for key, it in body.items() if key not in {"id", "their_id"}}
                self.put("customers", self.theirs[kind, row_id], **fields)
        return answers


@pytest.fixture
def program():
    return Both()


@pytest.fixture
def office(engine, program):
    with writing(engine) as database:
        channels.put_channel(database, channels.Channel("main", "Main", connector="erp"))
    return Office(engine, connectors={"erp": program})


def names(engine, shop):
    with reading(engine) as database:
        rows = map(msgspec.json.decode, data_rows.living(database, "customers", shop))
        return {row["id"]: row["name"] for row in rows}


def test_a_partner_made_at_a_till_comes_to_the_other_shops_under_its_own_id(
    office, engine, program
):
    put(engine, customer("k1", "Ewa"))
    put(engine, customer("k0", "Stary"), shop="dab")
    runner = Runner(office)
    run(office, IMPORTS, job())
    runner.run("partners")
    assert names(engine, "lipa") == names(engine, "dab") == {"k1": "Ewa", "k0": "Stary"}
    # An edit in one shop goes there and comes back to the other, which had the older row.
    put(engine, customer("k1", "Ewa Nowak"), shop="dab")
    assert Fate.DONE in {it.fate for it in run(office, IMPORTS, job())}
    assert names(engine, "lipa")["k1"] == "Ewa"
    outcomes = runner.run("partners")
    assert Fate.WAITING not in {it.fate for it in outcomes}
    assert names(engine, "lipa")["k1"] == names(engine, "dab")["k1"] == "Ewa Nowak"
    calls = len(program.calls)
    assert set(fates(run(office, IMPORTS, job())).values()) <= {"same"}
    assert moved(runner.run("partners")) == []
    assert len(program.calls) == calls


@pytest.mark.parametrize("shop", ["dab", "lipa"])
def test_an_edit_in_one_shop_is_not_undone_by_what_the_others_still_have(
    office, engine, program, shop
):
    for each in ("dab", "lipa"):
        put(engine, customer("k0", "Stary"), shop=each)
    program.put("customers", "K-7", name="Z centrali")
    program.theirs["partners", "K-7"] = "K-7"
    runner = Runner(office)
    runner.run("partners")
    put(engine, customer("K-7", "Poprawiony"), shop=shop)
    run(office, IMPORTS, job())
    assert program.kept["partners", "K-7"]["name"] == "Poprawiony"
    runner.run("partners")
    run(office, IMPORTS, job())
    assert names(engine, "lipa")["K-7"] == names(engine, "dab")["K-7"] == "Poprawiony"


def test_a_shop_made_of_one_that_was_left_behind_undoes_nothing_either(office, engine, program):
    program.put("customers", "K-7", name="Z centrali")
    program.theirs["partners", "K-7"] = "K-7"
    for each in ("dab", "lipa"):
        put(engine, customer("k0", "Stary"), shop=each)
    Runner(office).run("partners")
    run(office, IMPORTS, job())
    put(engine, customer("K-7", "Poprawiony"), shop="dab")
    run(office, IMPORTS, job())
    with writing(engine) as database:
        new_shop.make(database, wire.Shop("nowy", "Pod Lipą", "1234563218"), "lipa", ["customers"])
    run(office, IMPORTS, job())
    assert program.kept["partners", "K-7"]["name"] == "Poprawiony"


def test_a_partner_sent_while_an_export_waits_does_not_look_as_if_it_were_gone(
    office, engine, program
):
    put(engine, customer("k1", "Ewa"))
    for no in range(4):
        program.put("customers", f"Z{no}", name="Stary")
    runner, cursor = Runner(office), FIRST
    asked = runner.job("partners", is_whole=True)
    while cursor is not None:
        if Place.of(cursor).phase == "compare":
            run(office, IMPORTS, job("partners"))
        cursor = runner.step(asked, cursor).next
    assert names(engine, "lipa")["k1"] == "Ewa"


def test_an_export_does_not_write_over_what_has_not_been_sent(office, engine, program):
    put(engine, customer("k1", "Ewa"))
    runner = Runner(office)
    run(office, IMPORTS, job())
    put(engine, customer("k1", "Ewa Nowak"))
    program.put("customers", program.theirs["partners", "k1"], name="Ewa z centrali")
    assert {it.fate for it in runner.run("partners")} == {Fate.WAITING}
    assert names(engine, "lipa") == {"k1": "Ewa Nowak"}
    run(office, IMPORTS, job())
    runner.run("partners")
    assert names(engine, "lipa") == {"k1": "Ewa Nowak"}
