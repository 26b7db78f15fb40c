"""A disk that is really full: the receipt at hand ends, and no other begins until there is room."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from terminal import events
from terminal.device.space import BALLAST_FILE, free_mib
from terminal.errors import Blocked, Code
from terminal.store.backup import verify
from tests.terminal.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MIB = 2**20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 100 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root mounts a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def desk(disk: Path) -> Iterator[Desk]:
    one = Desk(disk / "till").start()
    yield one
    one.stop()


def fill(place: Path) -> Path:
    """Take all the room that is left, to the last page."""
    filler = place / "filler"
    with filler.open("ab", buffering=0) as file:
        for piece in (bytes(MIB), bytes(4096)):
            try:
                while file.write(piece) == len(piece):
                    pass
            except OSError:
                continue
    return filler


def test_the_receipt_at_hand_is_ended_from_the_reserve(disk: Path, desk: Desk) -> None:
    desk.till.space.look()
    ballast = disk / "till" / BALLAST_FILE
    assert ballast.exists()
    desk.do(desk.till.sell, "1")
    filler = fill(disk)
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
    lines = len(desk.do(desk.till.view).receipt.lines)
    assert isinstance(desk.pay(), events.ReceiptPrinted)
    kept = desk.do(lambda: desk.context.journal.execute("SELECT no FROM receipt_line").fetchall())
    assert len(kept) == lines
    assert desk.code(desk.till.sell, "1") is Code.DISK_FULL
    filler.unlink()
    assert free_mib(disk) > 64
    assert isinstance(desk.pay("1"), events.ReceiptPrinted)
    desk.till.space.look()
    assert ballast.exists()
    desk.stop()
    assert verify(disk / "till" / "journal.db") > 0
