from __future__ import annotations

import pytest
from sqlalchemy import select

from backoffice.store.engine import reading
from backoffice.store.tables import audit
from tests.backoffice.held import hold_jobs

WHERE = "/v1/admin/exchange"
ARTICLES = {"what": ["availability", "articles"], "is_whole": True}


@pytest.fixture(autouse=True)
def _held(running):
    """Jobs stay as a test leaves them."""
    hold_jobs(running.office)


def test_queues_schedules_and_channels(http, admin, running):
    chain = {"name": "Chain", "pattern_shop": "lipa"}
    made = http.put(f"{WHERE}/channels/chain", headers=admin, json=chain).json()
    assert (made["pattern_shop"], made["shops"], made["duplicates"]) == ("lipa", [], "warn")
    queue = {"channel": "chain", "name": "night", "at_once": 2, "is_paused": True}
    kept = http.put(f"{WHERE}/queues", headers=admin, json=queue).json()
    assert {**kept, **queue} == kept
    order = {**ARTICLES, "channel": "chain", "queue": "night"}
    timed = {"order": order, "clock": {"at": "05:30", "days": "17"}}
    plan = http.post(f"{WHERE}/schedules/exports", headers=admin, json=timed).json()
    assert (plan["at"], plan["days"], plan["is_on"]) == ("05:30", "17", True)
    path = f"{WHERE}/schedules/{plan['id']}"
    off = http.put(path, headers=admin, json={"is_on": False}).json()
    assert (off["is_on"], off["at"], off["what"]) == (False, "05:30", plan["what"])
    assert http.delete(path, headers=admin).status_code == 200
    assert http.delete(path, headers=admin).status_code == 404
    with reading(running.office.engine) as database:
        acts_of = list(database.scalars(select(audit.c.act).order_by(audit.c.id)))[-6:]
    assert acts_of == [*("channel", "queue", "queue"), *("schedule", "schedule", "schedule_gone")]


def test_a_shop_is_moved_between_channels(http, admin):
    moved = {"name": "Moved", "shops": ["lipa"]}
    made = http.put(f"{WHERE}/channels/moved", headers=admin, json=moved).json()
    assert made["shops"] == ["lipa"]
    back = http.put(f"{WHERE}/channels/main", headers=admin, json={**moved, "name": "Main"}).json()
    assert "lipa" in back["shops"]
    channels = http.get(f"{WHERE}/channels", headers=admin).json()
    assert next(it for it in channels if it["id"] == "moved")["shops"] == []
    nowhere = {"name": "X", "pattern_shop": "nowhere"}
    answer = http.put(f"{WHERE}/channels/x", headers=admin, json=nowhere)
    assert answer.status_code == 404


def test_an_import_every_so_many_minutes(http, admin):
    timed = {"order": {"what": ["partners"]}, "clock": {"every_min": 15}}
    plan = http.post(f"{WHERE}/schedules/imports", headers=admin, json=timed).json()
    assert (plan["way"], plan["every_min"], plan["at"]) == ("import", 15, "")
    listed = http.get(f"{WHERE}/schedules", headers=admin).json()
    assert plan["id"] in [it["id"] for it in listed]
