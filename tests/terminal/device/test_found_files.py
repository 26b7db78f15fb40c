"""The files on a medium: newest first, no links, no hidden ones, never without end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from terminal.device.found_files import FILES_MAX, found_files
from terminal.errors import Code, Rejected

if TYPE_CHECKING:
    from pathlib import Path


def put(path: Path, at: int, content: bytes = b"x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (at, at))


def test_newest_first_in_all_folders(tmp_path: Path) -> None:
    put(tmp_path / "PEN" / "old.pdf", 100)
    put(tmp_path / "PEN" / "DCIM" / "photo.jpg", 300, b"12345")
    put(tmp_path / "CARD" / "plan.pdf", 200)
    found = found_files([tmp_path])
    assert [one.path.name for one in found] == ["photo.jpg", "plan.pdf", "old.pdf"]
    assert found[0].size == 5


def test_links_hidden_files_and_what_is_too_deep_stay_aside(tmp_path: Path) -> None:
    put(tmp_path / ".Trash" / "a", 100)
    put(tmp_path / ".hidden", 100)
    put(tmp_path.joinpath(*"abcdefgh", "deep"), 100)
    (tmp_path / "passwords").symlink_to("/etc/passwd")
    (tmp_path / "etc").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Rejected) as caught:
        found_files([tmp_path, tmp_path / "gone"])
    assert caught.value.code is Code.NO_FILES


def test_a_full_stick_does_not_make_anybody_wait_for_all_of_it(tmp_path: Path) -> None:
    for no in range(FILES_MAX + 5):
        put(tmp_path / f"{no}.txt", 1000 + no)
    found = found_files([tmp_path])
    assert len(found) == FILES_MAX
    assert found[0].path.name == f"{FILES_MAX + 4}.txt"
