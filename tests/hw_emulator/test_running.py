from __future__ import annotations

import threading

import pytest

from hw_emulator.paper import Paper
from hw_emulator.place import Place
from hw_emulator.running import Running


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
    started = []

    def running(place: Place) -> Running:
        started.append(Running(worker, place.lines.open(worker.connect), Paper()))
        return started[-1]

    yield running
    for each in started:
        each.stop()


def test_it_tells_where_it_is_reached(make, tmp_path):
    place = Place(control_tcp=("127.0.0.1", 0))
    place.lines.pty, place.lines.tcp_second, place.lines.rfc2217 = tmp_path / "p", 0, 0
    running = make(place)
    running.serve(place, [])
    places = running.places()
    assert list(places) == ["pty", "tcp2", "rfc2217", "control-tcp"]
    assert places["pty"] == running.url == str(tmp_path / "p")
    assert places["tcp2"] == running.tcp_second
    assert running.tcp == ""


@pytest.mark.parametrize(("way", "scheme"), [("tcp", "socket"), ("rfc2217", "rfc2217")])
def test_what_pyserial_opens(make, way, scheme):
    place = Place()
    setattr(place.lines, way, 0)
    running = make(place)
    assert running.url == f"{scheme}://{running.places()[way]}"


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


def test_a_fault_that_could_never_strike_is_an_error(make):
    running = make(Place())
    with pytest.raises(ValueError, match="this device has no lose"):
        running.serve(Place(faults=("lose:*:1",)), [])
    assert running.died.is_set()


class Line:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def __getattr__(self, name: str):
        return lambda *_: self.heard.append(name)


def test_a_line_that_does_not_come_back_keeps_no_other_away(worker, caplog):
    def fail():
        msg = "the port is taken"
        raise OSError(msg)

    lines = [Line(), Line()]
    lines[0].up = fail
    running = Running(worker, lines, Paper())
    running.power_off()
    running.power_on()
    assert lines[1].heard == ["down", "up"]
    assert "the port is taken" in caplog.text
    running.stop()


def test_power_is_a_matter_of_its_lines(worker):
    line = Line()
    running = Running(worker, [line], Paper())
    running.power_off()
    running.power_on()
    is_back = threading.Event()
    line.up = is_back.set
    running.restart(0.01)
    assert is_back.wait(5)
    assert line.heard == ["down", "up", "down"]
    running.stop()
