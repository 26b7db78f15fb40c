from __future__ import annotations

import pytest

from drivers.errors import InDoubt
from drivers.paper import NO_ANSWER, Fault, Halted, Kind, PaperState, PaperStatus, Row, Slip

WELL = PaperStatus(True, PaperState.OK, False, False, Fault.NONE)


def test_a_status_may_be_unknown():
    status = PaperStatus(None, PaperState.UNKNOWN)
    assert status.cover_open is None
    assert status.paper == "unknown"
    assert status == NO_ANSWER


def test_a_slip_needs_no_codes():
    slip = Slip("T", (Row("a"),))
    assert (slip.mark, slip.is_cut, slip.kicks_drawer) == ("", True, False)
    assert (slip.rows[0].kind, slip.rows[0].right) == (Kind.TEXT, "")


@pytest.mark.parametrize(
    ("status", "obstacle"),
    [
        (WELL, ""),
        (NO_ANSWER, ""),
        (PaperStatus(True, PaperState.LOW, False, True, Fault.NONE), ""),
        (PaperStatus(False, PaperState.OUT, True, False, Fault.CUTTER), "paper"),
        (PaperStatus(False, PaperState.OK, True, False, Fault.CUTTER), "cover"),
        (PaperStatus(False, PaperState.OK, False, False, Fault.CUTTER), "cutter"),
        (PaperStatus(False, PaperState.OK, False, False, Fault.OVERHEATED), "overheated"),
        (PaperStatus(False, PaperState.OK, False, False, Fault.BROKEN), "broken"),
        (PaperStatus(False, PaperState.OK, False, False, Fault.NONE), "offline"),
        (PaperStatus(False, PaperState.UNKNOWN), "offline"),
    ],
)
def test_the_most_telling_obstacle_comes_first(status, obstacle):
    assert status.obstacle == obstacle


def test_a_halt_says_how_far_it_came():
    halted = Halted("paper", 512, 1300)
    assert isinstance(halted, InDoubt)
    assert str(halted) == "the printer stopped: paper, 512 of 1300 bytes were sent"
