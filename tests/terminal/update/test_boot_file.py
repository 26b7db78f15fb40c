"""The till's words in the pointer, one by one."""

from __future__ import annotations

from terminal.update import boot_file
from terminal.update.launcher import Boot

OLD, NEW = "0.1.0-aaaaaaaa", "0.2.0-bbbbbbbb"
SETTLED = Boot(OLD, OLD, floor=1)
TRIAL = boot_file.armed(SETTLED, NEW)


def test_armed_is_tried_three_times() -> None:
    assert Boot(NEW, OLD, 3, floor=1) == TRIAL
    assert TRIAL.is_trial


def test_confirmed_raises_the_floor_and_never_lowers_it() -> None:
    assert boot_file.confirmed(TRIAL, 2) == Boot(NEW, NEW, floor=2)
    assert boot_file.confirmed(Boot(OLD, NEW, 1, floor=5), 2) == Boot(OLD, OLD, floor=5)


def test_waiting_gives_one_try_back_and_never_more_than_there_were() -> None:
    assert boot_file.waiting(Boot(NEW, OLD, 1)).tries == 2
    assert boot_file.waiting(TRIAL).tries == 3


def test_not_well_says_why_and_leaves_counting_to_the_launcher() -> None:
    assert boot_file.unwell(TRIAL, "why") == Boot(NEW, OLD, 3, floor=1, why="why")


def test_given_up_is_back_at_once_and_barred() -> None:
    assert boot_file.given_up(TRIAL, "by hand") == Boot(
        OLD, OLD, bad=("0.2.0",), floor=1, why="by hand"
    )


def test_barred_is_said_once() -> None:
    once = boot_file.barred(SETTLED, "0.2.0")
    assert once.bad == ("0.2.0",)
    assert boot_file.barred(once, "0.2.0") == once


def test_sent_back_tries_the_older_one_and_bars_the_newer() -> None:
    assert boot_file.sent_back(Boot(NEW, NEW, floor=2), OLD) == Boot(OLD, NEW, 3, ("0.2.0",), 2)
