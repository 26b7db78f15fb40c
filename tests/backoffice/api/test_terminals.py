from __future__ import annotations

import gzip
from collections import Counter

import httpx2
import msgspec
import pytest

from backoffice import contacts, errands, till_logs
from backoffice.limiter import FAILURES_MAX
from backoffice.running import start_office
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from terminal.sync.signing import Signing, id_of, new_key, public_half
from terminal.sync.wire import Errand
from tests.backoffice.devices import request_of


def push(http, till, entries, epoch=1):
    name, device = till
    body = msgspec.json.encode(wire.JournalPush(epoch, entries))
    return http.post(f"/v1/terminals/{name}/journal", auth=device, content=body)


def test_a_code_makes_a_terminal_once(running, http):
    key = new_key()
    asked = request_of(running.enrol_code("once"), key)
    answer = http.post("/v1/enrol", json=asked, auth=Signing(key))
    assert answer.status_code == 200
    known = msgspec.json.decode(answer.content, type=wire.EnrolAnswer)
    assert (known.terminal, known.shop, known.epoch) == ("once", "lipa", 1)
    assert known.key_id == id_of(public_half(key))
    again = http.post("/v1/enrol", json=asked, auth=Signing(key))
    assert again.status_code == 403
    assert again.headers["content-type"] == "application/problem+json"


def test_many_wrong_codes_shut_the_door_even_for_a_right_one(db_url, clock):
    office = start_office(db_url, sample=False)
    try:
        code = office.enrol_code("K1")
        with httpx2.Client(base_url=office.url) as client:
            key = new_key()
            for _ in range(FAILURES_MAX):
                wrong = client.post("/v1/enrol", json=request_of("0", key), auth=Signing(key))
                assert "wrong" in wrong.json()["detail"]
            shut = client.post("/v1/enrol", json=request_of(code, key), auth=Signing(key))
            assert shut.status_code == 403
            assert "wait" in shut.json()["detail"]
    finally:
        office.stop()


def test_sets_come_in_pages(http, new_till):
    name, device = new_till()
    states = http.get(f"/v1/terminals/{name}/sets", auth=device)
    known = {it.name: it for it in msgspec.json.decode(states.content, type=list[wire.SetState])}
    rows, since, more = {}, 0, True
    while more:
        params = {"since": since, "limit": 60}
        path = f"/v1/terminals/{name}/sets/products"
        answer = http.get(path, params=params, auth=device)
        page = msgspec.json.decode(answer.content, type=wire.SetPage)
        for row in page.rows:
            product = msgspec.json.decode(row, type=wire.Product)
            rows[product.id] = product
        since, more = page.to, page.more
    assert len(rows) == known["products"].rows
    assert since == known["products"].revision
    bad = http.get(f"/v1/terminals/{name}/sets/products?since=x", auth=device)
    assert bad.status_code == 400
    assert "since" in bad.json()["detail"]
    assert http.get(f"/v1/terminals/{name}/sets/goods", auth=device).status_code == 404


def test_big_answers_are_compressed_for_those_who_can(http, new_till):
    name, device = new_till()
    path = f"/v1/terminals/{name}/sets/products"
    with http.stream("GET", path, auth=device, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        packed = b"".join(answer.iter_raw())
    plain = http.get(path, auth=device, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content
    assert len(packed) * 2 < len(plain.content)


def test_a_journal_goes_up_and_comes_back(http, new_till, books):
    till = new_till()
    journal = books(till[0])
    for number in range(1, 4):
        journal.add(journal.receipt(number))
    answer = msgspec.json.decode(push(http, till, journal.entries).content, type=wire.JournalAnswer)
    assert (answer.hw, answer.head, len(answer.verdicts)) == (3, journal.head, 3)
    assert all(it.is_accepted for it in answer.verdicts)
    name, device = till
    got = http.get(f"/v1/terminals/{name}/journal?after=1&limit=1", auth=device)
    page = msgspec.json.decode(got.content, type=wire.JournalPage)
    assert page == wire.JournalPage(1, 3, journal.entries[1:2])
    assert http.get(f"/v1/terminals/{name}/journal?epoch=0", auth=device).status_code == 400


def test_a_fork_is_409_with_the_place(http, new_till, books):
    till = new_till()
    journal, other = books(till[0]), books(till[0])
    journal.add(journal.cash())
    other.add(other.cash())
    push(http, till, journal.entries)
    answer = push(http, till, other.entries)
    assert answer.status_code == 409
    told = answer.json()
    assert (told["status"], told["hw"], told["head"]) == (409, 1, journal.head)


@pytest.mark.parametrize("letter", ['"', "x"])
def test_a_mebibyte_of_bodies_passes_whatever_json_makes_of_it(http, new_till, books, letter):
    till = new_till()
    journal = books(till[0])
    journal.add_raw(letter * wire.JOURNAL_BYTES_MAX)
    assert push(http, till, journal.entries).status_code == 200
    too_big = journal.entry("x" * (wire.JOURNAL_BYTES_MAX + 1))
    answer = push(http, till, [too_big])
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_too_much_is_413(http, new_till, books):
    till = new_till()
    journal = books(till[0])
    for _ in range(wire.JOURNAL_ENTRIES_MAX + 1):
        journal.add_raw("{}")
    assert push(http, till, journal.entries).status_code == 413
    huge = books(till[0])
    huge.add_raw("x" * 5 * wire.JOURNAL_BYTES_MAX)
    answer = push(http, till, huge.entries)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_heartbeat_tells_the_time_and_shows_in_the_list(http, new_till, admin):
    name, device = new_till()
    beat = wire.Heartbeat("0.1.0", 3, "2026-03-01T12:00:00+01:00", "OPEN", "ok", "Anna")
    content = msgspec.json.encode(beat)
    answer = http.post(f"/v1/terminals/{name}/heartbeat", auth=device, content=content)
    time = msgspec.json.decode(answer.content, type=wire.HeartbeatAnswer).server_time
    rows = {it["id"]: it for it in http.get("/v1/admin/terminals", headers=admin).json()}
    assert rows[name]["seen_at"] == time
    assert (rows[name]["unsent"], rows[name]["operator"]) == (3, "Anna")


def heartbeat(http, till):
    name, device = till
    content = msgspec.json.encode(wire.Heartbeat("0.1.0", 0, "", "OPEN", "ok", "Anna"))
    answer = http.post(f"/v1/terminals/{name}/heartbeat", auth=device, content=content)
    return msgspec.json.decode(answer.raise_for_status().content, type=wire.HeartbeatAnswer)


def ask(running, till, kind):
    with writing(running.office.engine) as database:
        return errands.ask(database, till[0], kind, "", "Ewa", running.office.clock())


def send_log(http, till, errand, log):
    name, device = till
    content = msgspec.json.encode(wire.TillLog("ok", log))
    return http.put(f"/v1/terminals/{name}/logs/{errand}", auth=device, content=content)


def test_what_is_asked_of_a_till_comes_with_each_answer(running, http, new_till):
    till, other = new_till(), new_till()
    one = ask(running, till, "lock")
    assert heartbeat(http, till).errands == heartbeat(http, till).errands == [Errand(one, "lock")]
    assert heartbeat(http, other).errands == []


def test_a_log_is_taken_from_the_till_that_was_asked(running, http, new_till):
    till, other = new_till(), new_till()
    one = ask(running, till, "send_log")
    # Quotes and control characters are longer on the line.
    log = '"\x01' * (wire.LOG_BYTES_MAX // 2)
    kept = send_log(http, till, one, log)
    assert msgspec.json.decode(kept.raise_for_status().content, type=wire.LogKept).until
    assert send_log(http, other, one, log).status_code == 404
    assert send_log(http, till, one, log + "x").status_code == 413
    assert send_log(http, till, one, log * 9).status_code == 413
    with reading(running.office.engine) as database:
        row = till_logs.log_of(database, till[0], one, running.office.clock())
    assert (row.checks, row.log) == ("ok", log)


def test_what_came_and_went_is_counted_also_of_a_till_that_is_shut_out(
    running, http, new_till, admin, books
):
    till = new_till()
    name, device = till
    pulled = http.get(f"/v1/terminals/{name}/sets/units", auth=device)
    rows = len(msgspec.json.decode(pulled.content, type=wire.SetPage).rows)
    http.get(f"/v1/terminals/{name}/sets/units", params={"since": 999}, auth=device)
    journal = books(name)
    journal.add(journal.cash())
    push(http, till, journal.entries)
    block = {"is_blocked": True}
    http.put(f"/v1/admin/terminals/{name}", headers=admin, json=block).raise_for_status()
    assert push(http, till, journal.entries).status_code == 403
    with reading(running.office.engine) as database:
        found = contacts.history(database, terminals=[name]).rows
    times, moved = Counter(), Counter()
    for it in found:
        times[it.kind, it.what] += it.times
        moved[it.kind, it.what] += it.rows
    # A revision that this office never gave starts over: the rows went twice.
    assert times == {("enrol", ""): 1, ("pull", "units"): 2, ("push", ""): 1, ("shut_out", ""): 1}
    assert (moved["pull", "units"], moved["push", ""]) == (2 * rows, 1)


def test_the_release_is_what_the_office_wishes(http, new_till, admin):
    name, device = new_till()
    asked = f"/v1/terminals/{name}/release"

    def told():
        answer = http.get(asked, auth=device, params={"platform": "cp311-linux_x86_64"})
        return msgspec.json.decode(answer.content, type=wire.ReleaseAnswer)

    assert told() == wire.ReleaseAnswer("")
    wish = {"version": "0.2.0", "is_forced": True}
    http.put("/v1/admin/rollouts", headers=admin, json=wish).raise_for_status()
    assert told() == wire.ReleaseAnswer("0.2.0", is_forced=True)
    pause = {"is_paused": True}
    http.put("/v1/admin/rollouts/pause", headers=admin, json=pause).raise_for_status()
    assert told().is_paused
    http.delete("/v1/admin/rollouts", headers=admin).raise_for_status()
    assert told() == wire.ReleaseAnswer("")
