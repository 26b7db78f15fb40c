from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from terminal.device.notify import ALIVE, READY, notify, status, watchdog_s

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["file", "name"])
def supervisor(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[socket.socket]:
    path = str(tmp_path / "notify")
    if request.param == "name":
        path = "@kaso" + path.replace("/", "-")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(path.replace("@", "\0", 1))
        heard.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", path)
        yield heard


def test_the_supervisor_hears_all_lines_at_once(supervisor: socket.socket) -> None:
    assert notify(READY, ALIVE)
    assert supervisor.recv(100) == b"READY=1\nWATCHDOG=1"


def test_a_status_is_one_line(supervisor: socket.socket) -> None:
    assert status("sells,\nall żółte\x00 well")
    assert supervisor.recv(100).decode().startswith("STATUS=sells, all żółte")


def test_without_a_supervisor_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert not notify(READY)


def test_a_supervisor_that_is_gone_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    assert not notify(READY)


def test_a_supervisor_that_does_not_read_holds_up_nobody(supervisor: socket.socket) -> None:
    told = 0
    while notify(ALIVE) and told < 100_000:
        told += 1
    assert told
    assert not notify(ALIVE)


@pytest.mark.parametrize(
    ("told", "every"), [("30000000", 15.0), ("", None), ("0", None), ("soon", None), ("-5", None)]
)
def test_half_of_its_patience(
    monkeypatch: pytest.MonkeyPatch, told: str, every: float | None
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", told)
    assert watchdog_s() == every
