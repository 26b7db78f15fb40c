from __future__ import annotations

import uuid

import msgspec
import pytest

from terminal.sync import wire


def row_of(http, admin, name):
    return {it["id"]: it for it in http.get("/v1/admin/terminals", headers=admin).json()}[name]


def test_a_group_is_kept_and_shown(http, new_till, admin):
    name, _ = new_till()
    where = f"/v1/admin/terminals/{name}/group"
    assert row_of(http, admin, name)["group"] == ""
    http.put(where, headers=admin, json={"group": "pilot"}).raise_for_status()
    assert row_of(http, admin, name)["group"] == "pilot"
    missing = http.put("/v1/admin/terminals/none/group", headers=admin, json={"group": "pilot"})
    assert missing.status_code == 404


@pytest.mark.parametrize("group", ["a b", "ł", "x" * 65, "a/b", None, 5])
def test_a_group_has_a_plain_name(http, new_till, admin, group):
    name, _ = new_till()
    where = f"/v1/admin/terminals/{name}/group"
    assert http.put(where, headers=admin, json={"group": group}).status_code == 400


def test_what_a_till_told_of_its_updates_is_shown(http, new_till, admin, books):
    name, device = new_till()
    assert row_of(http, admin, name)["update"]["state"] == ""
    journal = books(name)
    for event, version in (("update_barred", "1.0.0"), ("update_prepared", "1.1.0")):
        at = "2026-03-01T22:00:00+01:00"
        detail = {"version": version}
        rid = str(uuid.uuid4())
        journal.add(wire.EventDoc(rid, name, "lipa", at, "", event, detail))
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    http.post(f"/v1/terminals/{name}/journal", auth=device, content=body).raise_for_status()
    assert row_of(http, admin, name)["update"] == {
        "state": "prepared", "version": "1.1.0", "at": "2026-03-01T22:00:00+01:00", "reason": "",
        "prepared": "1.1.0", "barred": ["1.0.0"],
    }  # fmt: skip
    lines = http.get("/v1/metrics", headers=admin).text.splitlines()
    assert any(it.startswith('kaso_terminals_update{state="prepared"}') for it in lines)
    assert any(it.startswith("kaso_terminals_version{version=") for it in lines)
