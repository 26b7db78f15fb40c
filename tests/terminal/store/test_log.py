from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from terminal.errors import Blocked, Code
from terminal.store.db import close_writer, open_writer, write
from terminal.store.log import check_log

if TYPE_CHECKING:
    from pathlib import Path

COUNT = 12
FRAME = 24 + 4096
HEADER = 32


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """A journal as a power cut leaves it: all transactions are in the log."""
    path = tmp_path / "journal.db"
    db = open_writer(path, "journal")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for number in range(COUNT):
        with write(db):
            db.execute("INSERT INTO setting (key, value) VALUES (?, ?)", (f"k{number}", "x" * 9000))
    left = tmp_path / "left"
    left.mkdir()
    for one in tmp_path.glob("journal.db*"):
        if one.suffix != ".lock":
            shutil.copy(one, left / one.name)
    (left / "journal.db-shm").unlink()
    close_writer(db)
    return left / "journal.db"


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM setting").fetchone()[0])


def log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def spoil(path: Path, at: int) -> None:
    content = bytearray(log_of(path).read_bytes())
    content[at] ^= 0x41
    log_of(path).write_bytes(content)


def test_a_log_that_a_power_cut_left_is_whole(crashed: Path) -> None:
    check_log(crashed)
    assert count(crashed) == COUNT


@pytest.mark.parametrize("part", ["page", "sums", "salt", "number", "commit"])
def test_a_damaged_frame_is_told_before_sqlite_forgets_what_follows(
    crashed: Path, part: str
) -> None:
    inside = {"page": 24 + 999, "sums": 17, "salt": 9, "number": 3, "commit": 7}[part]
    spoil(crashed, HEADER + 5 * FRAME + inside)
    with pytest.raises(Blocked) as caught:
        check_log(crashed)
    assert caught.value.code is Code.DATABASE_DAMAGED
    assert count(crashed) < COUNT


@pytest.mark.parametrize("at", [0, 9, 13, 20, 27])
def test_a_damaged_beginning_is_told(crashed: Path, at: int) -> None:
    spoil(crashed, at)
    with pytest.raises(Blocked, match="its beginning is damaged"):
        check_log(crashed)


def test_the_open_refuses_it_and_leaves_every_byte(crashed: Path) -> None:
    spoil(crashed, HEADER + 5 * FRAME + 2000)
    before = crashed.read_bytes(), log_of(crashed).read_bytes()
    with pytest.raises(Blocked) as caught:
        open_writer(crashed, "journal")
    assert caught.value.code is Code.DATABASE_DAMAGED
    assert (crashed.read_bytes(), log_of(crashed).read_bytes()) == before


def test_a_transaction_that_was_cut_off_is_no_damage(crashed: Path) -> None:
    """Whatever the disk has kept of what it was never asked to keep."""
    content = log_of(crashed).read_bytes()
    frames = (len(content) - HEADER) // FRAME
    chance = random.Random(6)
    # Each writes its overflow pages, its leaf, and its end.
    last = next(
        no
        for no in range(frames - 2, 0, -1)
        if int.from_bytes(content[HEADER + no * FRAME + 4 :][:4])
    )
    for _ in range(60):
        torn = bytearray(content)
        for sector in range(HEADER + (last + 1) * FRAME, len(content), 512):
            if chance.random() < 0.5:
                torn[sector : sector + 512] = bytes(len(torn[sector : sector + 512]))
        if chance.random() < 0.5:
            del torn[chance.randrange(HEADER + (last + 1) * FRAME, len(torn)) :]
        log_of(crashed).write_bytes(torn)
        check_log(crashed)


def test_what_an_earlier_use_left_behind_is_no_damage(crashed: Path) -> None:
    db = open_writer(crashed, "journal")
    with write(db):
        db.execute("INSERT INTO setting (key, value) VALUES ('a', ?)", ("y" * 90_000,))
    db.execute("PRAGMA wal_checkpoint(RESTART)")
    with write(db):
        db.execute("INSERT INTO setting (key, value) VALUES ('b', 'y')")
    copy = crashed.with_name("copy.db")
    shutil.copy(crashed, copy)
    shutil.copy(log_of(crashed), log_of(copy))
    assert log_of(copy).stat().st_size > 5 * FRAME
    check_log(copy)
    assert count(copy) == COUNT + 2
    close_writer(db)


def test_no_log_or_an_empty_one_is_fine(tmp_path: Path) -> None:
    check_log(tmp_path / "journal.db")
    log_of(tmp_path / "journal.db").touch()
    check_log(tmp_path / "journal.db")
    log_of(tmp_path / "journal.db").write_bytes(bytes(20))
    check_log(tmp_path / "journal.db")


def test_any_bytes_are_judged_and_never_stop_the_program(tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(50):
        log_of(tmp_path / "journal.db").write_bytes(chance.randbytes(chance.randrange(33, 9000)))
        with pytest.raises(Blocked):
            check_log(tmp_path / "journal.db")
