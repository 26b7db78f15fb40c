from __future__ import annotations

import pytest

from drivers.paper import Fault, PaperState, PaperStatus
from terminal.paper.waiting import WAITS, in_words

STATUSES = [
    PaperStatus(is_online, paper, cover, None, fault)
    for is_online in (True, False)
    for paper in PaperState
    for cover in (True, False)
    for fault in Fault
]


@pytest.mark.parametrize("status", STATUSES, ids=str)
def test_every_obstacle_has_words(status):
    assert not status.obstacle or status.obstacle in WAITS


def test_words():
    assert in_words("paper") == "no paper"
    assert in_words("whatever") == "whatever"
