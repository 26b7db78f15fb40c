from __future__ import annotations

import socket
import threading
import time
from datetime import timedelta

import httpx2
import pytest

from backoffice.errors import BadSetting
from backoffice.moments import now
from backoffice.running import Releases, open_office, start_office
from terminal.sync import wire
from tests.backoffice.devices import enrol_device
from tests.backoffice.releases.hand_made import Publisher, Till


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


def test_a_repository_that_is_not_there_stops_the_start(tmp_path):
    releases = Releases(tmp_path / "none")
    with pytest.raises(BadSetting, match="releases: no folder"):
        start_office(f"sqlite:///{tmp_path}/office.db", sample=False, releases=releases)


def test_a_running_office_renews_what_it_signs_alone(tmp_path):
    """The repository was begun a day and a half ago: no till would take its timestamp any more."""
    publisher = Publisher(tmp_path).begin(now() - timedelta(hours=36))
    releases = Releases(publisher.repository.folder, publisher.keys)
    place = f"sqlite:///{tmp_path}/office.db"
    office = start_office(place, sample=False, releases=releases)
    try:
        till = Till(tmp_path / "till", publisher.repository)
        deadline = time.monotonic() + 30
        while publisher.repository.needed().timestamp.signed.expires <= now():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        till.updater(now()).refresh()
    finally:
        office.stop()
    assert "release renewal" not in {each.name for each in threading.enumerate()}
