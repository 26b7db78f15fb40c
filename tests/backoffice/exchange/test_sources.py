from __future__ import annotations

from dataclasses import replace

import pytest

from backoffice import publish
from backoffice.exchange import channels
from backoffice.exchange.channels import Channel
from backoffice.jobs.work import Fate, NeverError
from backoffice.store.engine import writing
from tests.backoffice.exchange.programs import fill, moved

DONE, REFUSED, WAITING = Fate.DONE, Fate.REFUSED, Fate.WAITING


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"connector": "other"}, "no program 'other' is set up here; there are: erp"),
        ({"connector": ""}, "it has no source"),
    ],
)
def test_a_channel_without_a_source_says_what_to_do(runner, office, changes, told):
    with writing(office.engine) as database:
        channels.put_channel(database, replace(channels.channel(database, "main"), **changes))
    with pytest.raises(NeverError, match=told):
        runner.run()


def test_a_channel_that_is_unknown_or_not_in_use_has_no_exports(runner, office):
    with writing(office.engine) as database:
        channels.put_channel(database, Channel("old", "Dawny", connector="erp", is_active=False))
    with pytest.raises(NeverError, match="not in use"):
        runner.run(channel="old")
    with pytest.raises(NeverError, match="no sales channel 'nobody'"):
        runner.run(channel="nobody")


def test_another_program_starts_from_the_beginning(runner, erp, office, rows):
    erp.put("customers", "k1", name="Kowalski")
    runner.run("partners")
    other = type(erp)("other")
    other.put("customers", "k2", name="Nowak")
    office = replace(office, connectors={"erp": erp, "other": other})
    runner.office = office
    with writing(office.engine) as database:
        channels.put_channel(database, Channel("main", "Sklepy", connector="other"))
    assert moved(runner.run("partners")) == [("partners", "k2", DONE)]


def test_a_shop_that_is_new_in_a_channel_gets_everything_at_the_next_export(
    runner, erp, rows, office
):
    fill(erp)
    runner.run()
    with writing(office.engine) as database:
        publish.put(database, "vat_rates", "van", [{"id": "A", "rate_bp": 2300}])
        publish.put(database, "units", "van", [{"id": "szt", "name": "szt."}])
    assert {it.fate for it in runner.run()} == {DONE}
    assert set(rows("products", "van")) == {"p1"}
    assert runner.run() == []


def test_a_shop_of_another_channel_gets_nothing(runner, erp, rows, office):
    with writing(office.engine) as database:
        channels.put_channel(database, Channel("field", "Handlowcy"))
        channels.assign(database, "kino", "field")
    fill(erp)
    runner.run()
    assert rows("products", "kino") == {}
    with writing(office.engine) as database:
        channels.assign(database, "kino", "main")
    runner.run()
    assert set(rows("products", "kino")) == {"p1"}
