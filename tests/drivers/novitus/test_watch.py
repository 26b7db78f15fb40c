from __future__ import annotations

import pytest

from drivers.fiscal import Attention, Mechanism, Status
from drivers.novitus.session import Answer
from drivers.novitus.watch import READY, Timings, Watch, device_status

TIMINGS = Timings(silence_s=3, busy_max_s=5, blocked_max_s=9)
NO_PAPER = Status(Mechanism.NO_PAPER, Attention.READY)


@pytest.mark.parametrize(
    ("device", "expected"),
    [
        ({"status": "OK"}, READY),
        ({"status": "ERROR", "error": {"code": 1037}}, NO_PAPER),
        (
            {"status": "ERROR", "error": {"code": 1017}},
            Status(Mechanism.NO_ACCESS, Attention.READY),
        ),
        (
            {"status": "ERROR", "error": {"code": 4711}},
            Status(Mechanism.OK, Attention.WAITING_ERROR),
        ),
        ({"status": "ERROR"}, Status(Mechanism.OK, Attention.WAITING_ERROR)),
        ({"status": 5, "error": []}, Status(Mechanism.OK, Attention.WAITING_ERROR)),
        ({}, Status(Mechanism.OK, Attention.WAITING_ERROR)),
    ],
)
def test_what_the_device_shows(device, expected):
    assert device_status(Answer(200, {"device": device})) == expected


def test_only_silence_in_a_row_counts():
    watch = Watch(TIMINGS, None)
    watch.silent(2.9)
    watch.heard(READY, 0.1)
    watch.silent(2.9)
    assert not watch.given_up
    watch.silent(0.1)
    assert watch.given_up == "the printer is silent"


def test_work_has_its_patience():
    watch = Watch(TIMINGS, None)
    watch.heard(READY, 4.9)
    assert not watch.given_up
    watch.heard(READY, 0.1)
    assert watch.given_up == "the printer does not get done"


def test_a_printer_that_waits_for_somebody_says_so_and_has_longer():
    told = []
    watch = Watch(TIMINGS, told.append)
    watch.heard(NO_PAPER, 8.9)
    assert not watch.given_up
    watch.heard(NO_PAPER, 0.1)
    assert watch.given_up == "nobody came to the printer"
    assert told == [NO_PAPER, NO_PAPER]
