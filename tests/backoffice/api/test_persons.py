from __future__ import annotations

import msgspec

from terminal.sync import wire


def test_somebody_is_forgotten_and_the_trail_says_that_not_who(http, admin, new_till, books):
    name, device = new_till()
    journal = books(name)
    bare, told = wire.apart(journal.receipt(1, 100, customer="Jan Nowak"), "ab" * 16)
    journal.add(bare)
    journal.entries[0] = msgspec.structs.replace(journal.entries[0], person=told)
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    assert http.post(f"/v1/terminals/{name}/journal", auth=device, content=body).is_success
    answer = http.post("/v1/admin/erase", headers=admin, json={"name": " Jan Nowak "})
    assert answer.json() == {"documents": 1, "customers": 0, "kept": 0, "kept_until": ""}
    back = http.get(f"/v1/terminals/{name}/journal", auth=device).json()
    assert back["entries"][0]["person"] == ""


def test_only_the_administrator_may(http, new_till):
    _name, device = new_till()
    assert http.post("/v1/admin/erase", json={}).status_code == 401
    assert http.post("/v1/admin/erase", json={}, auth=device).status_code == 401
