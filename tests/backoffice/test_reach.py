from __future__ import annotations

from sqlalchemy import update

from backoffice import fleet, publish, reach
from backoffice.reach import Reached
from backoffice.store.engine import reading, writing
from backoffice.store.tables import terminal
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half


def enrolled(database, clock, name, shop="lipa"):
    code = fleet.invite(database, name, shop, clock())
    fleet.enrol(database, wire.EnrolRequest(code, "1", public_half(new_key())), clock())


def tell(database, clock, name, **sets):
    beat = wire.Heartbeat("1", 0, "", "OPEN", "ready", "", sets=sets)
    fleet.beat(database, name, beat, clock())


def units(engine):
    with reading(engine) as database:
        return reach.reach(database, "lipa", "units", 2)


def test_a_till_has_a_change_when_it_says_so(engine, clock, till):
    with writing(engine) as database:
        rows = [{"id": one, "name": one} for one in ("kg", "szt.")]
        changed = publish.put(database, "units", "lipa", rows)
        enrolled(database, clock, "K2")
        tell(database, clock, "K2", units=1, products=9)
    assert changed.revision == 2
    # The first has told nothing: it may be older than such words.
    assert units(engine) == [Reached("K1", False, is_known=False), Reached("K2", False)]
    with writing(engine) as database:
        tell(database, clock, till, units=2)
        tell(database, clock, "K2", units=3)
    assert units(engine) == [Reached("K1", True), Reached("K2", True)]


def test_only_tills_of_the_shop_that_may_fetch_are_waited_for(engine, clock, till):
    with writing(engine) as database:
        enrolled(database, clock, "K2", "debowa")
        enrolled(database, clock, "K3")
        fleet.block(database, "K3", is_blocked=True)
        fleet.invite(database, "K4", "lipa", clock())
    assert [it.terminal for it in units(engine)] == [till]


def test_a_new_device_has_nothing_of_what_the_one_before_it_had(engine, clock, till):
    with writing(engine) as database:
        tell(database, clock, till, units=2)
        enrolled(database, clock, till)
    assert units(engine) == [Reached(till, False, is_known=False)]


def test_what_a_hostile_till_tells_is_bounded(engine, clock, till):
    nonsense = {"units": 2**80, "products": -1, "barcodes": 4} | {f"x{it}": 1 for it in range(999)}
    with writing(engine) as database:
        tell(database, clock, till, **nonsense)
        row = fleet.all_terminals(database)[0]
    assert row.sets == '{"barcodes":4}'
    with writing(engine) as database:
        database.execute(update(terminal).values(sets=""))
    assert units(engine) == [Reached(till, False, is_known=False)]
