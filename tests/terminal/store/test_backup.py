from __future__ import annotations

import shutil
import sqlite3
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from terminal.errors import Blocked, Code
from terminal.store import outbox
from terminal.store.backup import backup, verify
from terminal.store.db import close_writer, open_reader, open_writer, write
from terminal.sync.wire import CashDoc
from tests.crash.explorer import Disk, explore, needs_strace, record
from tests.terminal.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crash.explorer import Finding

AT = "2026-11-20T08:00:00+01:00"
EPOCH = 3
WAIT_S = 60


def fill(db: sqlite3.Connection, first: int, last: int) -> None:
    for number in range(first, last + 1):
        with write(db):
            document = CashDoc(f"rid-{number}", "T1", "S1", AT, "Ala", number, "utarg")
            outbox.append(db, document, AT)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = open_writer(tmp_path / "journal.db", "journal")
    outbox.begin(db, EPOCH)
    fill(db, 1, 20)
    yield db
    close_writer(db)


def test_a_copy_holds_what_is_committed_and_opens_as_a_journal(
    journal: sqlite3.Connection, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    with write(journal):
        journal.execute("INSERT INTO setting VALUES ('not', 'yet')")
        backup(tmp_path / "journal.db", target)
    assert verify(target) == 20
    assert target.stat().st_mode & 0o777 == 0o600
    copy = open_writer(target, "journal")
    assert copy.execute("SELECT count(*) FROM setting").fetchone() == (0,)
    for pragma in ("user_version", "application_id"):
        asked = f"PRAGMA {pragma}"
        assert copy.execute(asked).fetchone() == journal.execute(asked).fetchone()
    close_writer(copy)


def test_a_copy_taken_under_load_is_one_moment_of_the_journal(
    journal: sqlite3.Connection, tmp_path: Path
) -> None:
    source, target = tmp_path / "journal.db", tmp_path / "copy.db"
    stop = threading.Event()
    sold: list[int] = []

    def sell() -> None:
        number = 20
        while not stop.is_set():
            number += 1
            fill(journal, number, number)
            sold.append(number)

    seller = threading.Thread(target=sell)
    seller.start()
    try:
        counts = []
        for _ in range(5):
            before = 20 + len(sold)
            backup(source, target)
            counts.append(verify(target))
            assert before <= counts[-1] <= 21 + len(sold)
    finally:
        stop.set()
        seller.join(WAIT_S)
    assert counts == sorted(counts)
    assert verify(source) == 20 + len(sold)


def test_what_was_there_stays_when_the_copy_fails(
    journal: sqlite3.Connection, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    target.write_text("yesterday's", encoding="utf-8")
    with pytest.raises(Blocked) as caught:
        backup(tmp_path / "none.db", target)
    assert caught.value.code is Code.STORAGE
    assert target.read_text(encoding="utf-8") == "yesterday's"
    assert not list(tmp_path.glob(".copy*"))
    assert not (tmp_path / "none.db").exists()


def test_a_part_that_a_power_cut_left_is_in_nobodys_way(
    journal: sqlite3.Connection, tmp_path: Path
) -> None:
    (tmp_path / ".copy.db.part").write_bytes(b"half" * 5000)
    backup(tmp_path / "journal.db", tmp_path / "copy.db")
    assert verify(tmp_path / "copy.db") == 20


def spoiled(path: Path, *statements: str) -> str:
    """What ``verify`` says of a journal that somebody has changed past its triggers."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for (trigger,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            db.execute(statement)
    with pytest.raises(Blocked) as caught:
        verify(path)
    assert caught.value.code is Code.DATABASE_DAMAGED
    return str(caught.value.params["detail"])


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE document SET body = replace(body, 'Ala', 'Ola') WHERE seq = 7",
        "UPDATE document SET prev = '00' || substr(prev, 3) WHERE seq = 7",
        "UPDATE document SET prev = '' WHERE seq = 7",
        "DELETE FROM document WHERE seq = 6",
        "UPDATE document SET epoch = 4 WHERE seq >= 7",
        "UPDATE document SET kind = 'event' WHERE seq = 7",
        "UPDATE document SET rid = 'rid-x' WHERE seq = 7",
        "UPDATE document SET made_at = '2026' WHERE seq = 7",
    ],
)
def test_a_changed_journal_is_told_apart(
    journal: sqlite3.Connection, tmp_path: Path, spoil: str
) -> None:
    target = tmp_path / "copy.db"
    backup(tmp_path / "journal.db", target)
    assert "/7" in spoiled(target, spoil)


def test_a_row_that_refers_to_nothing_is_told(journal: sqlite3.Connection, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    backup(tmp_path / "journal.db", target)
    row = "INSERT INTO attempt VALUES ('gone', 1, '', '', 1, NULL)"
    assert "attempt refers to a row of receipt" in spoiled(target, row)


SPOILT_SALES = {
    "line": "UPDATE receipt_line SET price_gr = price_gr + 1 WHERE no = 1",
    "lost line": "DELETE FROM receipt_line WHERE no = 1",
    "void": "UPDATE receipt_line SET is_void = 1 WHERE no = 1",
    "total": "UPDATE receipt SET total_gr = total_gr - 100",
    "operator": "UPDATE receipt SET operator = 'Ola'",
    "payment": "UPDATE payment SET amount_gr = amount_gr + 1",
}


def test_a_sale_that_is_not_what_its_document_says_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "till").start()
    desk.pay("1", "1", "4")
    desk.pay("1", method="card")
    target = tmp_path / "copy.db"
    backup(tmp_path / "till" / "journal.db", target)
    desk.stop()
    assert verify(target) > 2
    for number, statement in enumerate(SPOILT_SALES.values()):
        spoilt = tmp_path / f"{number}.db"
        shutil.copy(target, spoilt)
        assert "is not what its document says" in spoiled(spoilt, statement), statement


def test_a_damaged_source_makes_no_copy(tmp_path: Path) -> None:
    path, target = tmp_path / "journal.db", tmp_path / "copy.db"
    db = open_writer(path, "journal")
    outbox.begin(db, EPOCH)
    fill(db, 1, 200)
    close_writer(db)
    content = bytearray(path.read_bytes())
    content[-20_000:] = b"\xa5" * 20_000
    path.write_bytes(content)
    with pytest.raises(Blocked) as caught:
        verify(path)
    assert caught.value.code is Code.DATABASE_DAMAGED
    with pytest.raises(Blocked) as caught:
        backup(path, target)
    assert caught.value.code is Code.DATABASE_DAMAGED
    assert not target.exists()


def test_a_file_that_is_no_journal_is_no_good_copy(tmp_path: Path) -> None:
    path = tmp_path / "list.db"
    path.write_text("Lista zakupów\n" * 500, encoding="utf-8")
    with pytest.raises(Blocked):
        verify(path)
    path.unlink()
    close_writer(open_writer(path, "catalogue"))
    with pytest.raises(Blocked, match="document"):
        verify(path)
    with closing(open_reader(path)) as db:
        assert db.execute("PRAGMA quick_check").fetchone() == ("ok",)


COPIES = """
import sys
from pathlib import Path
from terminal.store.backup import backup
folder = Path(sys.argv[1])
for number in (1, 2):
    backup(folder / f"journal{number}.db", folder / "copy.db")
    print(f"copied {number}", flush=True)
"""
COUNTS = {1: 3, 2: 6}


def power_cuts(tmp_path: Path, mistake: str = "") -> Iterator[Finding]:
    """States in which a power cut between two copies leaves the target, and what is wrong."""
    disk = tmp_path / "disk"
    disk.mkdir()
    for number, count in COUNTS.items():
        db = open_writer(disk / f"journal{number}.db", "journal")
        outbox.begin(db, EPOCH)
        fill(db, 1, count)
        close_writer(db)

    def check(folder: Path, said: list[str]) -> None:
        done = len(said)
        if done or (folder / "copy.db").exists():
            assert verify(folder / "copy.db") in {COUNTS.get(done), COUNTS.get(done + 1)}

    recording = record([sys.executable, "-c", mistake + COPIES, str(disk)], disk)
    for kind in Disk:
        yield from explore(recording, check, tmp_path / "state", states=40, disk=kind)


@needs_strace
def test_a_power_cut_leaves_a_whole_copy_or_the_one_before(tmp_path: Path) -> None:
    assert list(power_cuts(tmp_path)) == []


@needs_strace
@pytest.mark.parametrize(
    "mistake",
    [
        "import os\nos.fsync = lambda _: None",
        "from pathlib import Path\nimport shutil\nPath.replace = shutil.copyfile",
        "from terminal.store import backup as module\nmodule.sync_folder = lambda _: None",
    ],
    ids=["no-fsync", "in-place", "no-folder-sync"],
)
def test_a_careless_copy_is_found(tmp_path: Path, mistake: str) -> None:
    assert next(power_cuts(tmp_path, mistake), None) is not None
