from __future__ import annotations

import pytest
from sqlalchemy import select

from backoffice.store.engine import reading
from backoffice.store.tables import audit

WHERE = "/v1/admin/rollouts"


def test_each_change_is_answered_listed_and_written_down(running, http, admin):
    group = {"group": "north"}
    begun = http.put(WHERE, headers=admin, json={**group, "version": "1.0.0"})
    assert (begun.status_code, begun.json()["percent"]) == (200, 100)
    wish = {**group, "version": "1.1.0", "percent": 20, "is_forced": True}
    http.put(WHERE, headers=admin, json=wish).raise_for_status()
    http.put(f"{WHERE}/percent", headers=admin, json={**group, "percent": 40}).raise_for_status()
    http.put(f"{WHERE}/pause", headers=admin, json={**group, "is_paused": True}).raise_for_status()
    listed = {it["group"]: it for it in http.get(WHERE, headers=admin).json()}["north"]
    assert (listed["version"], listed["before"], listed["percent"]) == ("1.1.0", "1.0.0", 40)
    assert (listed["is_paused"], listed["is_forced"]) == (True, True)
    stopped = http.delete(WHERE, headers=admin, params=group).json()
    assert (stopped["version"], stopped["is_paused"]) == ("1.0.0", False)
    with reading(running.office.engine) as database:
        told = [it.detail for it in database.execute(select(audit)) if "north" in it.detail]
    assert told == [
        "1.0.0 to 100% of north",
        "1.1.0 to 20% of north, forced",
        "1.1.0 to 40% of north, forced",
        "1.1.0 to 40% of north, paused, forced",
        "1.0.0 to 100% of north",
    ]


@pytest.mark.parametrize(
    ("path", "told", "status"),
    [
        ("", {"version": "1"}, 400), ("", {"version": "1.0\n"}, 400), ("", {}, 400),
        ("", {"version": "1.0", "percent": 101}, 400), ("/percent", {"percent": -1}, 400),
        ("/percent", {"group": "nobody", "percent": 5}, 404),
        ("/pause", {"group": "nobody", "is_paused": True}, 404), ("/pause", {}, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_rolled_out_is_refused(http, admin, path, told, status):
    assert http.put(WHERE + path, headers=admin, json=told).status_code == status
    assert http.delete(WHERE, headers=admin, params={"group": "nobody"}).status_code == 404
