from __future__ import annotations

import pytest

from hw_emulator.place import Place
from hw_emulator.running import Running, common_words
from tests.hw_emulator.conftest import Bench


class Worker:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def start(self) -> None:
        self.heard.append("start")

    def stop(self) -> None:
        self.heard.append("stop")

    def connect(self, send, _interface):
        return send


@pytest.fixture
def worker():
    return Worker()


@pytest.fixture
def make(worker):
    def running(place: Place) -> Running:
        return Running(worker, place.lines.open(worker.connect), Bench().device.paper)

    return running


def test_it_tells_where_it_is_reached(make, tmp_path):
    place = Place()
    place.lines.pty, place.lines.tcp = tmp_path / "p", 0
    running = make(place)
    running.serve(place, [])
    assert running.places() == {"pty": str(tmp_path / "p"), "tcp": running.tcp}
    assert running.url == str(tmp_path / "p")
    running.stop()


def test_it_is_started_once_and_stopped_once(make, worker):
    running = make(Place())
    running.serve(Place(), [])
    running.stop()
    running.stop()
    assert worker.heard == ["start", "stop"]
    assert running.died.is_set()


def test_a_control_socket_that_cannot_be_leaves_nothing_behind(make, worker, tmp_path):
    running = make(Place())
    with pytest.raises(OSError, match=r"."):
        running.serve(Place(control=tmp_path / "nowhere" / "control"), [])
    assert worker.heard == ["stop"]
    assert running.died.is_set()


def test_every_device_tells_what_it_printed(make):
    running = make(Place())
    running.paper.write(["Kawa"])
    (printed,) = [word for word in common_words(running) if word.name == "printed"]
    assert printed.do() == {"text": "Kawa\n"}
    running.stop()
