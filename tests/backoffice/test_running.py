from __future__ import annotations

import socket
import time

import httpx2
import pytest

from backoffice.errors import BadSetting
from backoffice.running import open_office, start_office
from terminal.sync import wire
from tests.backoffice.devices import enrol_device


def test_a_restart_keeps_everything(db_url, books):
    first = start_office(db_url, sample=True)
    device = enrol_device(httpx2, first.enrol_code("K1"), first.url)
    journal = books()
    journal.add(journal.receipt())
    body = {"epoch": 1, "entries": [{name: getattr(it, name) for name in it.__struct_fields__}
                                    for it in journal.entries]}  # fmt: skip
    path = "/v1/terminals/K1"
    pushed = httpx2.post(f"{first.url}{path}/journal", json=body, auth=device).json()
    sets = httpx2.get(f"{first.url}{path}/sets", auth=device).json()
    first.stop()
    assert not first.is_alive

    port = int(first.url.rpartition(":")[2])
    second = start_office(db_url, sample=True, port=port)
    try:
        assert second.url == first.url
        assert httpx2.get(f"{second.url}{path}/sets", auth=device).json() == sets
        again = httpx2.post(f"{second.url}{path}/journal", json=body, auth=device).json()
        assert again == pushed
        assert again["hw"] == 1
        old = {"Authorization": f"Bearer {first.admin_token}"}
        new = {"Authorization": f"Bearer {second.admin_token}"}
        assert httpx2.get(f"{second.url}/v1/admin/terminals", headers=old).status_code == 403
        assert httpx2.get(f"{second.url}/v1/admin/terminals", headers=new).status_code == 200
    finally:
        second.stop()


def test_it_listens_on_loopback_only(running):
    assert running.url.startswith("http://127.0.0.1:")
    assert running.is_alive


def test_a_taken_port_is_an_error_that_leaves_nothing_open(db_url):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="use"):
        start_office(db_url, sample=False, port=taken.getsockname()[1])


def test_a_database_in_memory_is_refused():
    with pytest.raises(BadSetting):
        open_office("sqlite://")


def test_an_office_can_be_opened_without_serving(tmp_path):
    office = open_office(f"sqlite:///{tmp_path}/office.db")
    with office.engine.connect() as database:
        assert database.exec_driver_sql("SELECT count(*) FROM data_row").scalar() == 0
    office.engine.dispose()
    assert wire.SETS


def test_answers_do_not_wait_for_delayed_acknowledgements(http):
    def twenty_questions():
        started = time.perf_counter()
        for _ in range(20):
            http.get("/v1/nothing")
        return time.perf_counter() - started

    # 20 times the 40 ms that Nagle's algorithm would add is 0.8 s; the best of three forgives load.
    assert min(twenty_questions() for _ in range(3)) < 0.5
