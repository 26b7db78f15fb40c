from __future__ import annotations

from types import SimpleNamespace

import pytest
from sqlalchemy.engine import make_url

from backoffice.copies import kept
from backoffice.copies.faults import BadCopy, CopyFailed
from backoffice.copies.kept import Copies
from backoffice.errors import NotFound


@pytest.fixture
def copies(filled, tmp_path):
    return Copies(make_url(f"sqlite:///{filled}"), tmp_path / "copies", days=3)


def test_they_are_kept_so_many_days_and_the_newest_always(copies, clock):
    for _ in range(6):
        copies.make(clock())
        clock.push(days=1)
    assert [one.made_at.day for one in copies.listed()] == [6, 5, 4, 3]
    clock.push(days=30)
    made = copies.make(clock())
    assert copies.listed() == [made]
    assert made.size == made.path.stat().st_size
    assert copies.find(made.name) == made


def test_only_copies_are_found(copies, clock):
    assert copies.listed() == []
    made = copies.make(clock())
    (copies.folder / "other.db").touch()
    (copies.folder / "office-20260301-120000.db.part").touch()
    assert copies.listed() == [made]
    for name in ("other.db", "../office.db", "", "office-20260301-120001.db"):
        with pytest.raises(NotFound):
            copies.find(name)


def test_the_disk_is_not_filled(copies, clock, monkeypatch):
    full = SimpleNamespace(free=kept._ROOM_LEFT - 1)
    monkeypatch.setattr(kept.shutil, "disk_usage", lambda _: full)
    with pytest.raises(CopyFailed, match="no room"):
        copies.make(clock())
    assert copies.listed() == []


def test_a_damaged_database_pushes_no_good_copy_out(copies, clock, filled):
    good = copies.make(clock())
    filled.write_bytes(filled.read_bytes()[:8192])
    clock.push(days=30)
    with pytest.raises((BadCopy, CopyFailed)):
        copies.make(clock())
    assert copies.listed() == [good]


def test_without_a_folder_there_are_none(clock):
    assert Copies().listed() == []
    with pytest.raises(CopyFailed, match="--copies"):
        Copies().make(clock())
