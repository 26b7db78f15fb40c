from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from terminal.context import ZONE
from terminal.device import copies as module
from terminal.device.copies import Copy, copies, forget_parts, kept, make, try_out
from terminal.errors import Blocked, Code, Rejected
from terminal.store import outbox
from terminal.store.db import close_writer, open_writer, write
from terminal.sync.wire import CashDoc

if TYPE_CHECKING:
    import sqlite3

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=ZONE)
AT = "2026-11-20T08:00:00+01:00"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return written(tmp_path / "till", "Anna")


def written(folder: Path, operator: str) -> Path:
    folder.mkdir()
    db = open_writer(folder / "journal.db", "journal")
    outbox.begin(db, 1)
    add(db, operator)
    close_writer(db)
    return folder / "journal.db"


def add(db: sqlite3.Connection, operator: str) -> None:
    for _ in range(3):
        with write(db):
            rid = f"{operator}-{outbox.last_seq(db)}"
            outbox.append(db, CashDoc(rid, "T1", "S1", AT, operator, 100, "utarg"), AT)


def test_a_copy_is_named_by_its_moment_and_only_its_owner_reads_it(
    journal: Path, tmp_path: Path
) -> None:
    made = make(journal, tmp_path / "backups", NOON)
    assert made.path.name == "journal-20261126-120000.db"
    assert made.made_at == NOON
    assert made.size == made.path.stat().st_size > 0
    assert (tmp_path / "backups").stat().st_mode & 0o777 == 0o700
    assert copies(tmp_path / "backups") == [made]


def test_a_year_of_days_leaves_seven_and_four_weeks() -> None:
    found = [
        Copy(Path(str(day)), NOON - timedelta(days=day, hours=hour), 1)
        for day in range(365)
        for hour in (0, 2)
    ]
    stay = sorted(one.made_at for one in kept(found))
    # The week that has begun is one of the four.
    assert [(NOON - at).days for at in stay] == [18, 11, 6, 5, 4, 3, 2, 1, 0]
    assert all(at.hour == 12 for at in stay)


def test_days_without_a_copy_take_nothing_away() -> None:
    """A till that stood still for a year keeps what it has."""
    found = [Copy(Path(str(day)), NOON - timedelta(days=365 + day), 1) for day in range(7)]
    assert kept(found) == set(found)


def test_a_new_copy_takes_an_old_one_away_and_nothing_else(journal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("journal-20250101-120000.db", "journal-2025.db", "notes.txt"):
        (folder / name).write_text("x", encoding="utf-8")
    for day in range(12):
        make(journal, folder, NOON + timedelta(days=day))
    names = {path.name for path in folder.iterdir()}
    assert names >= {"journal-2025.db", "notes.txt"}
    assert "journal-20250101-120000.db" in names, "it is the only one of its week"
    assert len(names) == 2 + 7 + 2


def test_a_copy_does_not_fill_the_disk(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "free_mib", lambda _: 63)
    with pytest.raises(Blocked) as caught:
        make(journal, tmp_path / "backups", NOON)
    assert caught.value.code is Code.STORAGE
    assert copies(tmp_path / "backups") == []


def test_a_copy_of_this_journals_past_is_good(journal: Path, tmp_path: Path) -> None:
    made = make(journal, tmp_path / "backups", NOON)
    before = made.path.read_bytes()
    db = open_writer(journal, "journal")
    add(db, "Ewa")
    tried = try_out(made.path, journal)
    assert (tried.documents, tried.until) == (3, AT)
    assert made.path.read_bytes() == before
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [made.path.name]
    close_writer(db)
    assert try_out(made.path, None).documents == 3


def test_a_copy_of_another_till_is_told_apart(journal: Path, tmp_path: Path) -> None:
    other = make(written(tmp_path / "other", "Ola"), tmp_path / "backups", NOON)
    with pytest.raises(Rejected) as caught:
        try_out(other.path, journal)
    assert caught.value.code is Code.BAD_COPY
    assert "another journal" in caught.value.sentence()


@pytest.mark.parametrize("where", [0, 4096 * 3, -3000], ids=["start", "middle", "end"])
def test_a_damaged_copy_is_refused(journal: Path, tmp_path: Path, where: int) -> None:
    made = make(journal, tmp_path / "backups", NOON)
    content = bytearray(made.path.read_bytes())
    content[where : where + 2000 if where >= 0 else None] = b"\xa5" * 2000
    made.path.write_bytes(content)
    with pytest.raises(Rejected) as caught:
        try_out(made.path, journal)
    assert caught.value.code is Code.BAD_COPY
    assert str(made.path) in caught.value.sentence()


def test_a_copy_cut_short_is_refused(journal: Path, tmp_path: Path) -> None:
    made = make(journal, tmp_path / "backups", NOON)
    made.path.write_bytes(made.path.read_bytes()[:-5000])
    with pytest.raises(Rejected):
        try_out(made.path, journal)


def test_what_a_power_cut_left_half_copied_is_cleared_away(journal: Path, tmp_path: Path) -> None:
    made = make(journal, tmp_path / "backups", NOON)
    shutil.copy(made.path, made.path.with_name(".journal-20261126-120001.db.part"))
    forget_parts(tmp_path / "backups")
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [made.path.name]
