from __future__ import annotations

from pathlib import Path

import pytest

from backoffice.releases import files
from backoffice.releases.files import copy_whole, locked, write_whole


def test_a_reader_keeps_what_it_opened_and_nobody_sees_half(tmp_path):
    path = tmp_path / "new" / "folder" / "timestamp.json"
    write_whole(path, b"old")
    with path.open("rb") as reader:
        write_whole(path, b"new and longer")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new and longer"
    assert path.stat().st_mode & 0o777 == 0o644


def test_content_is_on_the_disk_before_its_name_and_the_name_before_we_go_on(tmp_path, monkeypatch):
    path = tmp_path / "file"
    seen = []
    replace = Path.replace

    def synced(number):
        opened = Path(f"/proc/self/fd/{number}").readlink()
        seen.append("folder" if opened == tmp_path else "content")

    def replaced(part, target):
        seen.append("name")
        return replace(part, target)

    monkeypatch.setattr(files.os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    write_whole(path, b"x")
    assert seen == ["content", "name", "folder"]


def test_a_failed_write_leaves_the_old_and_no_rest(tmp_path, monkeypatch):
    path, source = tmp_path / "file", tmp_path / "source"
    write_whole(path, b"old")
    source.write_bytes(b"new")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.shutil, "copyfileobj", full)
    with pytest.raises(OSError, match="No space left"):
        copy_whole(source, path)
    assert sorted(it.name for it in tmp_path.iterdir()) == ["file", "source"]
    assert path.read_bytes() == b"old"


def test_one_writes_at_a_time(tmp_path):
    at_once = files.fcntl.LOCK_EX | files.fcntl.LOCK_NB
    with (tmp_path / "lock").open("ab") as other:
        with locked(tmp_path), pytest.raises(BlockingIOError):
            files.fcntl.flock(other, at_once)
        files.fcntl.flock(other, at_once)
