from __future__ import annotations

import logging
import threading

import pytest

from drivers.errors import Unreachable
from terminal.events import DeviceChanged
from terminal.gear import attendant
from terminal.gear.attendant import Attendant
from tests.shop import wait_until


class Device:
    """Works until it is told to fail; counts its steps."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.steps = 0
        self.is_closed = False
        self.gate = threading.Event()

    def work(self) -> None:
        self.steps += 1
        if self.error:
            raise self.error
        self.gate.wait(0.002)

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def stand(monkeypatch):
    monkeypatch.setattr(attendant, "RETRY_FIRST_S", 0.005)
    device, told = Device(), []
    one = Attendant("scanner", device.work, device.close, told.append)
    yield device, told, one
    one.stop()


def test_it_says_once_that_a_device_answers(stand):
    device, told, one = stand
    one.start()
    wait_until(lambda: device.steps > 5)
    assert told == [DeviceChanged("scanner", is_online=True)]


def test_it_says_when_a_device_goes_and_comes(stand, caplog):
    device, told, one = stand
    device.error = Unreachable("no such port")
    one.start()
    wait_until(lambda: device.steps > 3)
    device.error = None
    wait_until(lambda: len(told) > 1)
    assert told == [
        DeviceChanged("scanner", is_online=False, detail="no such port"),
        DeviceChanged("scanner", is_online=True),
    ]
    assert caplog.text.count("does not answer") == 1


def test_a_mistake_of_ours_does_not_end_it(stand, caplog):
    caplog.set_level(logging.CRITICAL, "terminal.gear.attendant")
    device, told, one = stand
    device.error = KeyError("oops")
    one.start()
    wait_until(lambda: device.steps > 2)
    assert told[0].detail == "KeyError: 'oops'"
    device.error = None
    wait_until(lambda: told[-1].is_online)


def test_a_missing_device_is_looked_for_less_and_less(stand):
    device, _, one = stand
    waits = []
    one._stopping = Waits(waits, one._stopping)
    device.error = Unreachable("gone")
    one.start()
    wait_until(lambda: len(waits) > 12)
    one.stop()
    assert waits[:4] == [0.005, 0.01, 0.02, 0.04]
    assert waits[12] == attendant.RETRY_MAX_S


class Waits:
    """An event whose waits are noted instead of waited for."""

    def __init__(self, waits, event) -> None:
        self.waits, self.event = waits, event

    def wait(self, seconds):
        self.waits.append(seconds)

    def is_set(self):
        return self.event.is_set()

    def set(self):
        self.event.set()


def test_stopping_gives_the_line_back(stand):
    device, _, one = stand
    one.start()
    wait_until(lambda: device.steps)
    one.stop()
    assert device.is_closed


def test_stopping_does_not_wait_out_a_pause(stand):
    _, _, one = stand
    one.start()
    one._stopping.set()
    one.rest(60)
    one.stop()


def test_one_that_never_started_can_be_stopped(stand):
    stand[2].stop()


def test_a_step_that_hangs_is_left_alone(monkeypatch):
    monkeypatch.setattr(attendant, "STOP_S", 0.05)
    gate = threading.Event()
    one = Attendant("display", gate.wait, lambda: None, lambda _: None)
    one.start()
    one.stop()
    gate.set()
