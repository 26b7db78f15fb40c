from __future__ import annotations

import sqlite3
from collections import namedtuple
from typing import TYPE_CHECKING

import pytest

from terminal import events
from terminal.device import space as module
from terminal.device.space import BALLAST_FILE, BALLAST_MIB, LEAST_MIB, NOTED_MIB, Space, free_mib
from terminal.errors import Blocked, Code
from tests.terminal.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MIB = 2**20
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil's


class Disk:
    """A disk with ``free`` MiB on it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.free = 5000
        monkeypatch.setattr(
            module.shutil, "disk_usage", lambda _: Usage(9000 * MIB, 0, self.free * MIB)
        )


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture
def heard() -> list[object]:
    return []


@pytest.fixture
def space(tmp_path: Path, disk: Disk, heard: list[object]) -> Space:
    return Space(tmp_path, heard.append)


def refused(space: Space, *, is_first: bool) -> Code | None:
    try:
        space.let_begin(lambda: is_first)
    except Blocked as error:
        return error.code
    return None


def test_the_reserve_is_laid_by_once_and_takes_its_room(space: Space, tmp_path: Path) -> None:
    space.look()
    ballast = tmp_path / BALLAST_FILE
    assert ballast.stat().st_size == BALLAST_MIB * MIB
    assert ballast.stat().st_blocks * 512 >= BALLAST_MIB * MIB
    made = ballast.stat().st_ino
    space.look()
    assert ballast.stat().st_ino == made
    assert [one.name for one in tmp_path.iterdir()] == [BALLAST_FILE]


def test_a_reserve_that_would_leave_no_room_is_not_laid_by(
    space: Space, disk: Disk, tmp_path: Path
) -> None:
    disk.free = LEAST_MIB + BALLAST_MIB - 1
    space.look()
    assert not list(tmp_path.iterdir())


def test_little_room_is_noted_until_there_is_enough_again(
    space: Space, disk: Disk, heard: list[object]
) -> None:
    space.look()
    assert heard == []
    for free in (NOTED_MIB - 1, 100, NOTED_MIB, NOTED_MIB):
        disk.free = free
        space.look()
    assert heard == [
        events.DiskNoted(NOTED_MIB - 1),
        events.DiskNoted(100),
        events.DiskNoted(None),
    ]


def test_no_day_begins_on_the_last_of_the_disk(space: Space, disk: Disk) -> None:
    disk.free = LEAST_MIB
    assert refused(space, is_first=True) is None
    disk.free = LEAST_MIB - 1
    assert refused(space, is_first=True) is Code.DISK_LOW
    assert refused(space, is_first=False) is None


def test_a_full_disk_gives_the_reserve_up_and_begins_nothing_more(
    space: Space, disk: Disk, tmp_path: Path
) -> None:
    space.look()
    disk.free = BALLAST_MIB
    space.hear(sqlite3.SQLITE_FULL)
    assert not (tmp_path / BALLAST_FILE).exists()
    assert refused(space, is_first=False) is Code.DISK_FULL
    disk.free = LEAST_MIB
    assert refused(space, is_first=True) is None
    disk.free = BALLAST_MIB
    assert refused(space, is_first=False) is None


def test_a_failing_disk_stops_selling(space: Space, heard: list[object]) -> None:
    space.hear(sqlite3.SQLITE_IOERR)
    (told,) = heard
    assert isinstance(told, events.SellingBlocked)
    assert told.reason is not None
    assert told.reason.code is Code.DISK_FAILED


def test_an_error_of_another_kind_is_nobodys_room(space: Space, heard: list[object]) -> None:
    space.look()
    space.hear(sqlite3.SQLITE_READONLY)
    assert heard == []
    assert refused(space, is_first=True) is None


def test_what_is_free_is_what_a_user_may_fill(tmp_path: Path) -> None:
    assert 0 <= free_mib(tmp_path) < 10**9


# --- at a till -------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, disk: Disk) -> Iterator[Desk]:
    one = Desk(tmp_path / "till").start()
    yield one
    one.stop()


def fill_disk(desk: Desk) -> None:
    """The journal gets no further page, as on a full disk."""
    db = desk.context.journal
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.execute(f"PRAGMA max_page_count={db.execute('PRAGMA page_count').fetchone()[0]}")


def test_the_receipt_at_hand_is_ended_and_no_other_begins(desk: Desk, disk: Disk) -> None:
    desk.till.space.look()
    ballast = desk.folder / BALLAST_FILE
    desk.do(desk.till.sell, "1")
    desk.do(fill_disk, desk)
    told = None
    for _ in range(500):
        try:
            desk.do(desk.till.sell, "1")
        except Blocked as error:
            told = error
            break
    assert told is not None
    assert told.code is Code.STORAGE
    assert not ballast.exists()
    # What the reserve has given is there for the journal.
    disk.free = BALLAST_MIB
    desk.do(lambda: desk.context.journal.execute("PRAGMA max_page_count=999999"))
    assert isinstance(desk.pay(), events.ReceiptPrinted)
    assert desk.code(desk.till.sell, "1") is Code.DISK_FULL
    disk.free = 5000
    assert isinstance(desk.pay("1"), events.ReceiptPrinted)
    desk.till.space.look()
    assert ballast.exists()


def test_a_till_on_a_small_disk_opens_no_day_but_ends_one(desk: Desk, disk: Disk) -> None:
    disk.free = LEAST_MIB - 1
    assert desk.code(desk.till.sell, "1") is Code.DISK_LOW
    disk.free = LEAST_MIB
    assert isinstance(desk.pay("1"), events.ReceiptPrinted)
    disk.free = LEAST_MIB - 1
    assert isinstance(desk.pay("1"), events.ReceiptPrinted)


def test_a_note_of_little_room_is_with_those_of_the_printer(desk: Desk, disk: Disk) -> None:
    disk.free = 200
    desk.till.space.look()
    (note,) = [one for one in desk.do(desk.till.view).notes if one.code is Code.DISK_NOTE]
    assert "200 MiB" in note.sentence()
    disk.free = 5000
    desk.till.space.look()
    assert not [one for one in desk.do(desk.till.view).notes if one.code is Code.DISK_NOTE]
