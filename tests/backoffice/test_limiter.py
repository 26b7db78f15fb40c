from __future__ import annotations

from backoffice import limiter
from backoffice.limiter import FAILURES_MAX, Limiter


def test_ten_failures_a_minute_close_the_door_for_the_caller_alone(clock):
    door = Limiter()
    for _ in range(FAILURES_MAX):
        assert door.is_open("a", clock())
        door.fail("a", clock())
        clock.push(seconds=1)
    assert not door.is_open("a", clock())
    assert door.is_open("b", clock())
    clock.push(seconds=49)
    assert not door.is_open("a", clock())
    clock.push(seconds=1)
    assert door.is_open("a", clock())


def test_memory_does_not_grow_with_the_number_of_callers(clock, monkeypatch):
    monkeypatch.setattr(limiter, "CALLERS_MAX", 3)
    door = Limiter()
    for caller in "abcde":
        for _ in range(FAILURES_MAX):
            door.fail(caller, clock())
    assert [door.is_open(caller, clock()) for caller in "abcde"] == [True, True] + [False] * 3
