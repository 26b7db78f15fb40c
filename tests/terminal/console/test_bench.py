from __future__ import annotations

from concurrent.futures import Future

import pytest

from terminal.console import bench
from terminal.console.bench import Bench, Scans, StillRunning, waited
from terminal.errors import Code, Rejected
from terminal.events import Scanned
from tests.terminal.console.conftest import bare


def done(value):
    future = Future()
    future.set_result(value)
    return future


def test_a_future_of_a_future_is_waited_for():
    assert waited(done(done(7))) == 7


def test_what_takes_too_long_goes_on_by_itself(monkeypatch):
    monkeypatch.setattr(bench, "WAIT_S", 0.01)
    with pytest.raises(StillRunning):
        waited(Future())


def test_without_a_till_there_is_no_live_one(tmp_path):
    alone = Bench(bare(tmp_path), tmp_path / "till.toml", None)
    assert not alone.is_live
    for look in (lambda: alone.live, alone.journal, alone.catalogue):
        with pytest.raises(Rejected) as caught:
            look()
        assert caught.value.code is Code.TILL_STOPPED


def test_connections_of_the_bench_cannot_write(one):
    with one.till.console._bench.journal() as journal, pytest.raises(Exception, match="readonly"):
        journal.execute("DELETE FROM pin_failure")


def test_an_old_scan_is_not_taken_for_a_new_one():
    scans = Scans()
    scans.hear(Scanned("old"))
    assert scans.wait(0.01) is None


def test_acting_waits_for_a_day_close(one, monkeypatch):
    live = one.till.console._bench.live
    assert live.act(lambda: 5) == 5
    monkeypatch.setattr(one.till, "day", lambda: "CLOSING")
    with pytest.raises(Rejected) as caught:
        live.act(lambda: 5)
    assert caught.value.code is Code.BUSY
