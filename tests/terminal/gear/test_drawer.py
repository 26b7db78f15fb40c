from __future__ import annotations

import threading

import pytest

from drivers.errors import NotDone, Unreachable
from drivers.fiscal import Drawer
from terminal.engine import Engine
from terminal.events import DeviceChanged, DrawerChanged, PaperChanged, PrinterChanged
from terminal.gear import attendant, drawer
from terminal.gear.drawer import Watcher, receipt_printer
from tests.shop import wait_until


class FakeDrawer:
    def __init__(self) -> None:
        self.now: Drawer | Exception = Drawer.CLOSED
        self.looks = 0
        self.is_closed = False

    def kick(self):
        raise AssertionError

    def state(self):
        self.looks += 1
        if isinstance(self.now, Exception):
            raise self.now
        return self.now

    def close(self):
        self.is_closed = True


@pytest.fixture
def stand(monkeypatch):
    monkeypatch.setattr(attendant, "RETRY_FIRST_S", 0.005)
    stops = []

    def make(alarm_s: float = 60, **options):
        device, told = FakeDrawer(), []
        watcher = Watcher(device, alarm_s, told.append, look_s=0.002, **options)
        watcher.attendant.start()
        stops.append(watcher.attendant.stop)
        return device, told, watcher

    yield make
    for stop in stops:
        stop()


def drawers(told):
    return [event for event in told if isinstance(event, DrawerChanged)]


def test_opened_and_closed(stand):
    device, told, _ = stand()
    wait_until(lambda: device.looks > 2)
    device.now = Drawer.OPEN
    wait_until(lambda: drawers(told))
    device.now = Drawer.CLOSED
    wait_until(lambda: len(drawers(told)) == 2)
    first, second = drawers(told)
    assert first == DrawerChanged(is_open=True)
    assert (second.is_open, second.is_left_open) == (False, False)
    assert second.open_s > 0


def test_left_open_is_told_once(stand):
    device, told, _ = stand(alarm_s=0.02)
    device.now = Drawer.OPEN
    wait_until(lambda: any(event.is_left_open for event in drawers(told)))
    before = device.looks
    wait_until(lambda: device.looks > before + 20)
    assert [event.is_left_open for event in drawers(told)] == [False, True]


def test_without_an_alarm_it_may_stay_open(stand):
    device, told, _ = stand(alarm_s=0)
    device.now = Drawer.OPEN
    wait_until(lambda: device.looks > 30)
    assert drawers(told) == [DrawerChanged(is_open=True)]


def test_a_line_that_breaks_is_a_lamp(stand):
    device, told, _ = stand()
    wait_until(lambda: told)
    device.now = Unreachable("unplugged")
    wait_until(lambda: DeviceChanged("drawer", is_online=False, detail="unplugged") in told)
    device.now = Drawer.OPEN
    wait_until(lambda: drawers(told))


def test_a_drawer_on_the_printer_is_asked_on_its_thread_while_it_answers(stand):
    thread = Engine("printer")
    device, told, watcher = stand(thread=thread)
    device.now = Drawer.OPEN
    wait_until(lambda: told)
    assert device.looks == 0
    watcher.hear(PrinterChanged(is_online=True))
    wait_until(lambda: drawers(told))
    watcher.hear(PrinterChanged(is_online=False))
    thread.call(lambda: None).result(20)
    before = device.looks
    threading.Event().wait(0.03)
    assert device.looks <= before + 1
    thread.stop()


def test_a_drawer_on_the_receipt_printer_is_asked_while_that_one_answers(stand):
    thread = Engine("slips")
    device, told, watcher = stand(thread=thread, answers=receipt_printer)
    device.now = Drawer.OPEN
    wait_until(lambda: told)
    watcher.hear(PrinterChanged(is_online=True))
    watcher.hear(PaperChanged("unknown", "silent"))
    threading.Event().wait(0.03)
    assert device.looks == 0
    watcher.hear(PaperChanged("out", "paper"))
    wait_until(lambda: drawers(told))
    watcher.hear(PaperChanged("unknown", "line"))
    thread.call(lambda: None).result(20)
    before = device.looks
    threading.Event().wait(0.03)
    assert device.looks <= before + 1
    thread.stop()


def test_that_the_printer_went_is_not_told_twice(stand):
    """The printer has a lamp of its own."""
    thread = Engine("printer")
    device, told, watcher = stand(thread=thread)
    device.now = Unreachable("printer off")
    watcher.hear(PrinterChanged(is_online=True))
    wait_until(lambda: device.looks > 3)
    assert told == [DeviceChanged("drawer", is_online=True)]
    thread.stop()


def test_a_printer_that_refused_the_question_is_asked_again(stand):
    thread = Engine("printer")
    device, told, watcher = stand(thread=thread)
    device.now = NotDone("busy with a report")
    watcher.hear(PrinterChanged(is_online=True))
    wait_until(lambda: device.looks > 3)
    device.now = Drawer.OPEN
    wait_until(lambda: drawers(told))
    thread.stop()


def test_a_busy_printer_is_asked_once_and_not_again_and_again(stand, monkeypatch):
    monkeypatch.setattr(drawer, "_ANSWER_S", 0.005)
    thread, gate = Engine("printer"), threading.Event()
    thread.call(gate.wait, 20)
    device, told, watcher = stand(thread=thread)
    device.now = Drawer.OPEN
    watcher.hear(PrinterChanged(is_online=True))
    wait_until(lambda: told)
    threading.Event().wait(0.1)
    assert thread._queue.qsize() <= 1
    gate.set()
    wait_until(lambda: drawers(told))
    thread.stop()
