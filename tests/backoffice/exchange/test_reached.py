from __future__ import annotations

import dataclasses

import pytest

from backoffice import publish
from backoffice.actor import administrator
from backoffice.errors import NotFound
from backoffice.exchange import channels, reached
from backoffice.exchange.channels import Channel
from backoffice.exchange.objects import EXPORTS, IMPORTS
from backoffice.jobs import book
from backoffice.jobs.work import Way
from backoffice.rights import Role
from backoffice.store.engine import writing


@pytest.fixture
def database(running):
    """A connection with a channel for the sample shop alone."""
    with writing(running.office.engine) as connection:
        channels.put_channel(connection, Channel("lime", "Lime"))
        channels.assign(connection, "lipa", "lime")
        yield connection
        channels.assign(connection, "lipa", "main")


def of_shops(*shops, role=Role.MANAGER):
    return dataclasses.replace(administrator(), shops=frozenset(shops), role=role)


def asked(running, database, channel, what=("articles",)):
    order = {"way": "export", "channel": channel, "queue": "main", "is_whole": True}
    return book.ask(database, "Ewa", running.office.clock(), what=what, **order)


def test_whoever_has_all_shops_of_a_channel_reaches_it(database):
    lime = of_shops("lipa")
    assert reached.reaches(database, lime, "lime")
    assert not reached.reaches(database, lime, "main")
    assert not reached.reaches(database, of_shops("elsewhere"), "lime")
    assert reached.own_channel(database, lime, "lime").name == "Lime"


def test_one_shop_of_two_is_not_enough(database):
    with database.begin_nested() as other_shop:
        publish.put(database, "units", "acer", [{"id": "szt", "name": "szt."}])
        channels.assign(database, "acer", "lime")
        assert not reached.reaches(database, of_shops("lipa"), "lime")
        assert reached.reaches(database, of_shops("lipa", "acer"), "lime")
        # The office is that of other tests, too.
        other_shop.rollback()


def test_a_channel_without_shops_is_of_whoever_has_all(database):
    channels.put_channel(database, Channel("empty", "Empty"))
    assert reached.reaches(database, administrator(), "empty")
    assert not reached.reaches(database, of_shops("lipa"), "empty")


def test_jobs_of_other_channels_are_not_listed_and_do_not_exist(running, database):
    mine, theirs = (asked(running, database, name) for name in ("lime", "main"))
    found = [it.id for it in reached.own_jobs(database, of_shops("lipa"))]
    assert mine in found
    assert theirs not in found
    with pytest.raises(NotFound):
        reached.own_job(database, of_shops("lipa"), theirs)


def test_many_jobs_of_others_do_not_hide_an_old_own_one(running, database, monkeypatch):
    monkeypatch.setattr(reached, "_AT_A_TIME", 2)
    mine = asked(running, database, "lime")
    for _round in range(5):
        asked(running, database, "main")
    assert mine in [it.id for it in reached.own_jobs(database, of_shops("lipa"))]


def test_documents_are_figures(running, database):
    clerk = dataclasses.replace(administrator(), role=Role.CLERK)
    assert "documents" not in reached.words_of(clerk, Way.IMPORT)
    assert reached.words_of(administrator(), Way.EXPORT) == tuple(EXPORTS)
    assert reached.words_of(administrator(), Way.IMPORT) == IMPORTS
    theirs = asked(running, database, "main", ("articles", "documents"))
    assert theirs not in [it.id for it in reached.own_jobs(database, clerk)]
