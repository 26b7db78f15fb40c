from __future__ import annotations

import dataclasses
import json
import uuid

import pytest
from sqlalchemy import select

from backoffice.actor import administrator
from backoffice.errors import Conflict, Forbidden, NotFound
from backoffice.exchange import acts, channels
from backoffice.exchange.channels import Channel
from backoffice.jobs import book
from backoffice.jobs.work import Way
from backoffice.store.engine import writing
from backoffice.store.tables import audit

OWNER = administrator()
ELSEWHERE = dataclasses.replace(OWNER, shops=frozenset({"elsewhere"}))


@pytest.fixture
def moment(running):
    return running.office.clock()


@pytest.fixture
def database(running):
    with writing(running.office.engine) as connection:
        yield connection


@pytest.fixture
def channel(database):
    """A channel that no other test knows."""
    name = f"c{uuid.uuid4().hex[:8]}"
    channels.put_channel(database, Channel(name, "Chain"))
    return name


def order(channel, what=("articles",)):
    return acts.Order(Way.EXPORT, channel, "main", what, is_whole=False)


def trail(database, what):
    rows = database.execute(select(audit).where(audit.c.what == what).order_by(audit.c.id))
    return [
        (row.act, json.loads(row.before or "null"), json.loads(row.after or "null")) for row in rows
    ]


def test_a_job_stands_in_the_audit_with_what_it_shall_move(database, moment, channel):
    made = acts.start(database, OWNER, moment, order(channel))
    ((act, before, after),) = trail(database, f"jobs/{made}")
    assert (act, before, after["what"], after["channel"]) == ("job", None, ["articles"], channel)
    acts.cancel(database, OWNER, moment, made)
    acts.send_on(database, OWNER, moment, made)
    assert [it[:2] for it in trail(database, f"jobs/{made}")[1:]] == [
        ("job_cancel", {"state": "waiting"}),
        ("job_on", {"state": "cancelled", "reason": ""}),
    ]


def test_nobody_reaches_shops_that_are_not_his(database, moment, channel):
    for refused in (
        lambda: acts.start(database, ELSEWHERE, moment, order(channel)),
        lambda: acts.plan(database, ELSEWHERE, moment, order(channel), acts.Times("06:00")),
        lambda: acts.put_queue(database, ELSEWHERE, moment, channel, "night", 1),
        lambda: acts.pause(database, ELSEWHERE, moment, channel, "main", is_paused=True),
        lambda: acts.assign(database, ELSEWHERE, moment, "lipa", channel),
    ):
        with pytest.raises(NotFound):
            refused()
    made = acts.start(database, OWNER, moment, order(channel))
    for act in (acts.cancel, acts.send_on):
        with pytest.raises(NotFound):
            act(database, ELSEWHERE, moment, made)
    assert book.job(database, made).state == "waiting"


def test_whoever_has_some_shops_makes_no_channel(database, moment):
    with pytest.raises(Forbidden):
        acts.save_channel(database, ELSEWHERE, moment, Channel("own", "Own"), is_new=True)


def test_a_channel_that_is_off_begins_nothing(database, moment, channel):
    channels.put_channel(database, Channel(channel, "Chain", is_active=False))
    with pytest.raises(Conflict):
        acts.start(database, OWNER, moment, order(channel))


def test_what_is_as_it_was_leaves_no_trace(database, moment, channel):
    acts.save_channel(database, OWNER, moment, Channel(channel, "Chain"), is_new=False)
    assert trail(database, f"channels/{channel}") == []
    acts.save_channel(database, OWNER, moment, Channel(channel, "Other"), is_new=False)
    ((act, before, after),) = trail(database, f"channels/{channel}")
    assert (act, before["name"], after["name"]) == ("channel", "Chain", "Other")
    assert not acts.assign(database, OWNER, moment, "lipa", "main")


def test_a_queue_leaves_how_it_was_before_and_after(database, moment, channel):
    acts.put_queue(database, OWNER, moment, channel, "night", 2)
    acts.pause(database, OWNER, moment, channel, "night", is_paused=True)
    acts.pause(database, OWNER, moment, channel, "night", is_paused=True)
    made, running = {"at_once": 2, "is_paused": False}, {"at_once": 2, "is_paused": True}
    assert trail(database, f"queues/{channel}/night") == [
        ("queue", None, made),
        ("queue", made, running),
    ]


def test_a_schedule_of_others_does_not_exist(database, moment, channel):
    made = acts.plan(database, OWNER, moment, order(channel), acts.Times(every_min=5))
    with pytest.raises(NotFound):
        acts.turn(database, ELSEWHERE, moment, made, is_on=False)
    acts.turn(database, OWNER, moment, made, is_on=False)
    assert not acts.own_schedule(database, OWNER, made).is_on
    acts.unplan(database, OWNER, moment, made)
    assert [act for act, *_rest in trail(database, f"schedules/{made}")] == [
        *("schedule", "schedule", "schedule_gone"),
    ]


def test_whoever_has_some_shops_takes_no_other_program_for_them(database, moment, channel):
    channels.assign(database, "lipa", channel)
    keeper = dataclasses.replace(OWNER, shops=frozenset({"lipa"}))
    acts.save_channel(database, keeper, moment, Channel(channel, "Mine"), is_new=False)
    theirs = Channel(channel, "Mine", connector="wares")
    with pytest.raises(Forbidden):
        acts.save_channel(database, keeper, moment, theirs, is_new=False)
    acts.save_channel(database, OWNER, moment, theirs, is_new=False)
    renamed = dataclasses.replace(theirs, name="Lipa")
    acts.save_channel(database, keeper, moment, renamed, is_new=False)
    with pytest.raises(Forbidden):
        acts.save_channel(database, keeper, moment, Channel(channel, "Mine"), is_new=False)
    channels.assign(database, "lipa", channels.MAIN)
