from __future__ import annotations

import os
import socket
import threading

import pytest

from hw_emulator.outlet import Outlet
from hw_emulator.pace import Pace


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.settimeout(5)
    yield ours, theirs
    ours.close()
    theirs.close()


def receive(end: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += end.recv(size - len(data))
    return data


def test_what_a_client_reads_goes_straight_out_without_a_thread(ends):
    ours, theirs = ends
    outlet = Outlet(ours.fileno())
    for word in (b"one", b"two"):
        outlet(word)
        assert theirs.recv(9) == word
    assert outlet._thread is None
    outlet.close()


def test_a_client_that_does_not_read_holds_up_nobody_and_gets_all_in_the_end(ends):
    ours, theirs = ends
    outlet = Outlet(ours.fileno(), kept_max=1 << 24)
    sent = [os.urandom(50_000) for _ in range(100)]
    for each in sent:
        outlet(each)
    assert receive(theirs, 5_000_000) == b"".join(sent)
    assert outlet.wait_empty(5)
    outlet.close()


def test_beyond_the_limit_the_client_is_given_up(ends):
    ours, _ = ends
    is_full = threading.Event()
    outlet = Outlet(ours.fileno(), kept_max=100_000, on_full=is_full.set)
    for _ in range(200):
        outlet(b"x" * 10_000)
    assert is_full.is_set()
    assert outlet._kept <= 100_000
    outlet.close()


def test_on_a_wire_what_nobody_reads_is_lost(ends):
    ours, theirs = ends
    outlet = Outlet(ours.fileno(), patience_s=0.01)
    for _ in range(200):
        outlet(b"x" * 10_000)
    assert outlet.wait_empty(10)
    theirs.setblocking(False)
    read = 0
    while True:
        try:
            read += len(theirs.recv(1 << 20))
        except BlockingIOError:
            break
    assert 0 < read < 2_000_000
    theirs.settimeout(5)
    outlet(b"again")
    assert theirs.recv(9) == b"again"
    outlet.close()


def test_a_held_line_sends_what_is_urgent_only(ends):
    ours, theirs = ends
    outlet = Outlet(ours.fileno())
    outlet.hold(is_held=True)
    outlet(b"later")
    outlet.urgent(b"now")
    assert theirs.recv(9) == b"now"
    outlet.hold(is_held=False)
    assert theirs.recv(9) == b"later"
    outlet.close()


def test_what_waits_may_be_forgotten(ends):
    ours, theirs = ends
    outlet = Outlet(ours.fileno())
    outlet.hold(is_held=True)
    outlet(b"never")
    outlet.clear()
    outlet.hold(is_held=False)
    outlet(b"this")
    assert theirs.recv(9) == b"this"
    outlet.close()


def test_forgetting_keeps_the_order_of_what_comes_meanwhile(ends):
    ours, theirs = ends
    outlet = Outlet(ours.fileno())
    outlet.hold(is_held=True)
    queue = outlet._queue
    done = []
    outlet(b"never")
    outlet.then(lambda: done.append("errand"))
    outlet.clear()
    assert outlet._queue is queue
    outlet(b"this")
    outlet.hold(is_held=False)
    assert theirs.recv(9) == b"this"
    assert done == ["errand"]
    assert outlet.wait_empty(5)
    assert outlet._kept == 0
    outlet.close()


def test_something_is_done_once_all_is_out(ends):
    ours, theirs = ends
    outlet = Outlet(ours.fileno())
    done = []
    outlet.then(lambda: done.append("at once"))
    assert done == ["at once"]
    outlet.hold(is_held=True)
    outlet(b"last words")
    outlet.then(lambda: ours.shutdown(socket.SHUT_RDWR))
    outlet.hold(is_held=False)
    assert receive(theirs, 10) == b"last words"
    assert theirs.recv(9) == b""
    outlet.close()


def test_paced_bytes_come_in_order_and_at_their_speed(ends):
    ours, theirs = ends
    sleeps: list[float] = []
    clock = iter(range(10**6))
    pace = Pace(9600, lambda: next(clock) * 1e-9, sleeps.append)
    outlet = Outlet(ours.fileno(), pace)
    outlet(b"a" * 480)
    outlet(b"b" * 480)
    assert receive(theirs, 960) == b"a" * 480 + b"b" * 480
    assert outlet.wait_empty(5)
    assert max(sleeps) == pytest.approx(1.0, rel=0.05)
    outlet.close()


def test_a_client_that_is_gone_is_nobodys_trouble(ends):
    ours, theirs = ends
    outlet = Outlet(ours.fileno())
    theirs.close()
    for _ in range(5):
        outlet(b"x" * 1000)
    outlet.close()
    outlet(b"after the end")
    assert outlet.wait_empty(0)
