from __future__ import annotations

import pytest

from hw_emulator.pace import Pace


class FakeTime:
    def __init__(self, oversleep_s: float = 0.0) -> None:
        self.now_s = 100.0
        self.oversleep_s = oversleep_s
        self.sleeps: list[float] = []

    def clock(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now_s += seconds + self.oversleep_s


def test_without_a_speed_nobody_waits():
    time = FakeTime()
    Pace(0, time.clock, time.sleep).take(10**9)
    assert time.sleeps == []


@pytest.mark.parametrize(("baud", "size_bytes", "seconds"), [(9600, 960, 1.0), (115200, 1152, 0.1)])
def test_ten_bits_a_byte(baud, size_bytes, seconds):
    time = FakeTime()
    pace = Pace(baud, time.clock, time.sleep)
    for _ in range(10):
        pace.take(size_bytes // 10)
    assert time.now_s - 100.0 == pytest.approx(seconds, rel=0.01)


def test_late_wake_ups_do_not_add_up():
    time = FakeTime(oversleep_s=0.003)
    pace = Pace(9600, time.clock, time.sleep)
    pace.take(0)
    for _ in range(100):
        pace.take(96, follows=True)
    # Each of the hundred waits wakes 3 ms late; the deadline runs on, so one lateness remains.
    assert time.now_s - 100.0 == pytest.approx(10.0 + 0.003, abs=0.004)


def test_idle_time_is_not_saved_up():
    time = FakeTime()
    pace = Pace(9600, time.clock, time.sleep)
    pace.take(96)
    time.now_s += 60
    pace.take(96)
    assert time.sleeps == pytest.approx([0.1, 0.1])


@pytest.mark.parametrize(("baud", "chunk"), [(0, 0), (1200, 1), (9600, 9), (115200, 115)])
def test_chunks_are_about_ten_milliseconds(baud, chunk):
    assert Pace(baud).chunk_bytes == chunk
