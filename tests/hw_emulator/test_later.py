from __future__ import annotations

import threading

import pytest

from hw_emulator import later as module
from hw_emulator.later import Later


@pytest.fixture
def later():
    later = Later()
    yield later
    later.stop()


def test_things_are_done_in_the_order_of_their_time():
    now_s, done, all_done = [100.0], [], threading.Event()
    later = Later(lambda: now_s[0])
    later(60, lambda: (done.append("fourth"), all_done.set()))
    later(30, lambda: done.append("second"))
    later(30, lambda: done.append("third"))
    later(1, lambda: done.append("first"))
    now_s[0] += 61
    later(99, print)  # it looks at the clock again
    assert all_done.wait(5)
    assert done == ["first", "second", "third", "fourth"]
    later.stop()


def test_what_is_not_done_when_it_stops_is_never_done(later):
    done = []
    later(60, lambda: done.append(1))
    later.stop()
    later._thread.join(5)
    assert not later._thread.is_alive()
    assert later(0, lambda: done.append(2)) is False
    assert done == []


def test_only_so_much_may_wait(later, monkeypatch):
    monkeypatch.setattr(module, "WAITING_MAX", 3)
    assert [later(60, print) for _ in range(4)] == [True, True, True, False]
