from __future__ import annotations

import stat
from contextlib import closing
from sqlite3 import connect

import pytest

from backoffice.copies import sqlite_file
from backoffice.copies.faults import BadCopy, CopyFailed


def test_a_copy_holds_all_and_is_its_owners_alone(filled, tmp_path):
    target = tmp_path / "copy.db"
    made = sqlite_file.copy(filled, target)
    assert made == sqlite_file.whole(target) == sqlite_file.whole(filled)
    assert made.documents == 3
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".*"))


def test_it_is_made_while_somebody_writes(filled, tmp_path):
    with closing(connect(filled, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM journal_entry")
        made = sqlite_file.copy(filled, tmp_path / "copy.db")
        writer.execute("ROLLBACK")
    assert made.documents == 3


def test_what_was_there_stays_when_no_copy_comes_of_it(filled, tmp_path):
    target = tmp_path / "copy.db"
    target.write_text("the copy of yesterday")
    with closing(connect(filled)) as db, db:
        db.execute("DELETE FROM journal_entry WHERE seq = 2")
    with pytest.raises(BadCopy, match="breaks at 1/3"):
        sqlite_file.copy(filled, target)
    assert target.read_text() == "the copy of yesterday"
    with pytest.raises(CopyFailed, match="was not written"):
        sqlite_file.copy(tmp_path / "absent.db", target)
    assert target.read_text() == "the copy of yesterday"
    assert not list(tmp_path.glob(".*"))
    assert not (tmp_path / "absent.db").exists()


def test_damage_of_any_kind_is_found(filled, tmp_path):
    broken = tmp_path / "broken.db"
    sqlite_file.copy(filled, broken)
    content = bytearray(broken.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = bytes(4096)
    broken.write_bytes(content)
    with pytest.raises(BadCopy):
        sqlite_file.whole(broken)
    broken.write_bytes(content[: len(content) // 3])
    with pytest.raises(BadCopy):
        sqlite_file.whole(broken)
    broken.write_text("hello")
    with pytest.raises(BadCopy):
        sqlite_file.whole(broken)
    with closing(connect(tmp_path / "other.db")) as db, db:
        db.execute("CREATE TABLE other (x)")
    with pytest.raises(BadCopy, match="no database of an office"):
        sqlite_file.whole(tmp_path / "other.db")
