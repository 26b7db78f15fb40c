from __future__ import annotations

import re


def figures(http, admin):
    text = http.get("/v1/metrics", headers=admin).raise_for_status().text
    return dict(re.findall(r"^(kaso_[^ ]+) ([0-9.e+]+)$", text, re.MULTILINE))


def test_only_an_administrator_scrapes(http):
    assert http.get("/v1/metrics").status_code == 401
    assert http.get("/v1/metrics", headers={"Authorization": "Bearer x"}).status_code == 403


def test_tills_and_documents_are_counted(http, admin, new_till, books):
    name, device = new_till()
    before = figures(http, admin)
    journal = books(name)
    journal.add(journal.cash())
    journal.add(journal.receipt(total_gr=1))
    entries = [{key: getattr(it, key) for key in it.__struct_fields__} for it in journal.entries]
    where = f"/v1/terminals/{name}"
    http.post(f"{where}/journal", auth=device, json={"epoch": 1, "entries": entries})
    beat = {"version": "1", "unsent": 7, "oldest_unsent_at": "", "day": "OPEN"}
    beat |= {"printer": "ready", "operator": ""}
    http.post(f"{where}/heartbeat", auth=device, json=beat).raise_for_status()
    after = figures(http, admin)
    assert float(after["kaso_documents"]) - float(before["kaso_documents"]) == 2
    assert float(after["kaso_documents_rejected"]) - float(before["kaso_documents_rejected"]) == 1
    assert after[f'kaso_terminal_unsent{{terminal="{name}"}}'] == "7.0"
    assert float(after[f'kaso_terminal_seen_seconds{{terminal="{name}"}}']) > 1.7e9


def test_routes_and_not_addresses_are_labels(http, admin, new_till):
    name, device = new_till()
    http.get(f"/v1/terminals/{name}/sets", auth=device).raise_for_status()
    text = http.get("/v1/metrics", headers=admin).text
    assert "/v1/terminals/{terminal}/sets" in text
    assert f"/v1/terminals/{name}/sets" not in text
