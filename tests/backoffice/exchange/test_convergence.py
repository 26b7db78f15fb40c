"""Whatever changes over there, and however often a worker dies: the shops end as the program is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice import publish
from backoffice.exchange import channels
from backoffice.exchange.channels import Channel
from backoffice.jobs.work import Fate
from backoffice.office import Office
from backoffice.rows import FieldFault, read_row
from backoffice.store import data_rows, goods_rows
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from tests.backoffice.exchange.conftest import RATES
from tests.backoffice.exchange.programs import Erp, Runner

SETS = ("categories", "products", "barcodes", "price_lists", "prices", "customers")
OBJECTS = ("partners", "categories", "articles", "price_lists")
IDS = st.sampled_from("abcd")
CODES = [f"590123412345{no}" for no in range(4)]
_companies = iter(range(10**6))


def bodies(name):
    """Rows of a set that may name others which are not there, and codes that others have."""
    fields = {
        "categories": {"name": st.just("Kategoria"), "parent": st.sampled_from(["", *"abcd"])},
        "products": {
            "name": st.sampled_from(["Mleko", "mleko", "Ser"]),
            "vat": st.sampled_from("AB"),
            "price_gr": st.sampled_from([-1, 100, 200]),
            "unit": st.sampled_from(["szt", "kg"]),
            "plu": st.sampled_from(["", "1", "2"]),
            "barcodes": st.lists(st.sampled_from(CODES), max_size=2, unique=True),
            "category": st.sampled_from(["", *"abcd"]),
        },
        "barcodes": {"product": IDS, "qty_milli": st.sampled_from([1000, 6000])},
        "price_lists": {"name": st.just("Cennik")},
        "prices": {"price_list": IDS, "product": IDS, "price_gr": st.sampled_from([1, 2])},
        "customers": {"name": st.sampled_from(["Anna", "Ewa"])},
    }
    return st.fixed_dictionaries(fields[name])


def changes():
    puts = st.sampled_from(SETS).flatmap(
        lambda name: st.tuples(
            st.just(name), st.sampled_from(CODES) if name == "barcodes" else IDS, bodies(name)
        )
    )
    gone = st.sampled_from(SETS).flatmap(
        lambda name: st.tuples(
            st.just(name), st.sampled_from(CODES) if name == "barcodes" else IDS, st.none()
        )
    )
    return st.lists(puts | puts | gone, max_size=10)


def sound_rows(office, shop):
    """Every living row of a shop by its set and id."""
    found = {}
    with reading(office.engine) as database:
        assert goods_rows.differing(database, shop) == []
        for name in SETS:
            for row in data_rows.living_at(database, name, shop):
                found[name, row.id] = row.body
    return found


@pytest.fixture
def new_office(engine):
    """Offices of companies of their own in one database, each with two shops."""

    def make(erp):
        own = of_company(engine, f"c{next(_companies)}")
        with writing(own) as database:
            for shop in ("kino", "lipa"):
                publish.put(database, "vat_rates", shop, RATES)
                publish.put(database, "units", shop, [{"id": "szt", "name": "szt."}])
            channels.put_channel(database, Channel("main", "Sklepy", connector="erp"))
        return Office(own, connectors={"erp": erp})

    return make


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    runs=st.lists(st.tuples(changes(), st.booleans()), min_size=1, max_size=3),
    at_a_time=st.integers(2, 5),
    stumbles=st.lists(st.sampled_from(["", "", "fetch", "apply"]), max_size=20),
)
def test_the_shops_end_as_the_other_program_is(new_office, runs, at_a_time, stumbles):
    erp = Erp(at_a_time=at_a_time)
    runner = Runner(new_office(erp))
    left = iter(stumbles)
    runner.stumbles = lambda: next(left, "")
    for made, is_whole in runs:
        for name, row_id, body in made:
            if body is None:
                erp.remove(name, row_id)
            else:
                erp.put(name, row_id, **body)
        told = runner.run(*OBJECTS, is_whole=is_whole)
    told += runner.run(*OBJECTS)
    shops = [sound_rows(runner.office, shop) for shop in ("kino", "lipa")]
    assert shops[0] == shops[1]
    troubled = {it.id for it in told if it.fate in {Fate.REFUSED, Fate.WAITING}}
    wanted = {key for key, (_, body) in erp.rows.items() if body is not None}
    for key in wanted ^ shops[0].keys():
        assert key[1] in troubled, f"{key}: neither taken nor told of"
    for key in wanted & shops[0].keys():
        row = read_row(key[0], {**erp.rows[key][1], "id": key[1]})
        same = not isinstance(row, FieldFault) and wire.canonical(row) == shops[0][key]
        assert same or key[1] in troubled, f"{key}: neither as over there nor told of"
    again = runner.run(*OBJECTS)
    assert [it for it in again if it.fate is Fate.DONE] == []
    assert [sound_rows(runner.office, shop) for shop in ("kino", "lipa")] == shops
