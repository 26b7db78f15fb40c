from __future__ import annotations

import msgspec

from terminal.sync import wire


def test_rejected_documents_are_listed_and_judged_again(http, admin, new_till, books):
    name, device = new_till()
    journal = books(name)
    journal.add(journal.receipt(1, 100, total_gr=90))
    body = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    pushed = http.post(f"/v1/terminals/{name}/journal", auth=device, content=body)
    assert not pushed.json()["verdicts"][0]["is_accepted"]
    found = http.get("/v1/admin/rejected", headers=admin).json()
    mine = next(one for one in found if one["terminal"] == name)
    assert (mine["epoch"], mine["seq"], mine["kind"]) == (1, 1, "receipt")
    assert mine["rid"] == journal.entries[0].rid
    answer = http.post(f"/v1/admin/rejected/{name}/1/1", headers=admin)
    assert answer.status_code == 200
    assert answer.json()["reason"] == mine["reason"]


def test_a_document_that_is_not_there_is_not_found(http, admin):
    assert http.post("/v1/admin/rejected/nobody/1/1", headers=admin).status_code == 404
    assert http.post("/v1/admin/rejected/nobody/1/x", headers=admin).status_code == 404


def test_only_the_administrator_may_ask(http, new_till):
    _name, device = new_till()
    assert http.get("/v1/admin/rejected").status_code == 401
    assert http.post("/v1/admin/rejected/K1/1/1", auth=device).status_code == 401
