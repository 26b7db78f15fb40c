"""Two processes on one PostgreSQL serve the same tills, and stopping one loses nothing."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import msgspec
import pytest
from sqlalchemy import select, text

from backoffice.running import start_office
from backoffice.store.engine import reading, writing
from backoffice.store.tables import terminal
from terminal.sync import wire
from tests.backoffice.devices import enrol_device


@pytest.fixture
def pair(cluster):
    url = cluster.url(cluster.create())
    with ThreadPoolExecutor(2) as pool:
        # At the same moment, on an empty database: both want to make the tables.
        starting = [pool.submit(start_office, url, admin_token="one token") for _ in range(2)]
        offices = [each.result() for each in starting]
    yield offices
    for office in offices:
        office.stop()


def push(office, device, name, entries):
    body = msgspec.json.encode(wire.JournalPush(1, entries))
    where = f"{office.url}/v1/terminals/{name}/journal"
    answer = httpx2.post(where, content=body, auth=device).raise_for_status()
    return msgspec.json.decode(answer.content, type=wire.JournalAnswer)


def enrolled(office, name):
    return enrol_device(httpx2, office.enrol_code(name), office.url)


def test_a_till_may_ask_either(pair, books):
    one, other = pair
    device = enrolled(one, "K1")
    journal = books("K1")
    for _ in range(6):
        journal.add(journal.cash())
    for number in range(6):
        answer = push(pair[number % 2], device, "K1", journal.entries[number : number + 1])
        assert answer.hw == number + 1
    head = {"Authorization": "Bearer one token"}
    row = {"id": "kg", "name": "kg"}
    put = httpx2.put(f"{one.url}/v1/admin/units?shop=lipa", json=row, headers=head)
    assert put.raise_for_status().json()["changed"] in {0, 1}
    states = "/v1/terminals/K1/sets"
    told = [httpx2.get(f"{it.url}{states}", auth=device).json() for it in (one, other)]
    assert told[0] == told[1]


def test_the_same_documents_through_both_at_once_are_stored_once(pair, books):
    device = enrolled(pair[0], "K1")
    journal = books("K1")
    for _ in range(200):
        journal.add(journal.cash())
    start = threading.Barrier(4)

    def send(number):
        start.wait(10)
        answers = []
        for first in range(0, 200, 20):
            part = journal.entries[first : first + 20]
            answers.append(push(pair[number % 2], device, "K1", part))
        return answers

    with ThreadPoolExecutor(4) as pool:
        ended = [each[-1] for each in pool.map(send, range(4))]
    assert {(it.hw, it.head) for it in ended} == {(200, journal.head)}
    where = f"{pair[1].url}/v1/terminals/K1/journal"
    stored = []
    while True:
        raw = httpx2.get(where, params={"after": len(stored)}, auth=device).content
        page = msgspec.json.decode(raw, type=wire.JournalPage)
        if not page.entries:
            break
        stored += page.entries
    assert stored == journal.entries


def test_what_is_being_asked_is_answered_before_the_stop(pair, books):
    one, other = pair
    device = enrolled(one, "K1")
    journal = books("K1")
    journal.add(journal.cash())
    row = select(terminal).where(terminal.c.id == "K1").with_for_update()
    with ThreadPoolExecutor(2) as pool:
        with writing(other.office.engine) as database:
            database.execute(row)
            sent = pool.submit(push, one, device, "K1", journal.entries)
            wait_for(lambda: is_waiting(other))
            stopped = pool.submit(one.stop)
            wait_for(lambda: not answers(one))
            assert not sent.done()
        assert sent.result(30).hw == 1
        stopped.result(30)
    assert not one.is_alive
    assert push(other, device, "K1", journal.entries).hw == 1


def wait_for(is_so):
    until = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.01)


def is_waiting(office):
    """Whether somebody waits for a row that another holds."""
    asked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with reading(office.office.engine) as database:
        return database.execute(asked).scalar() > 0


def answers(office):
    try:
        return httpx2.get(f"{office.url}/health/live").status_code == 200
    except httpx2.TransportError:
        return False
