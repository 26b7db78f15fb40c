from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from terminal.device.laying import Deed, Piece, lay

if TYPE_CHECKING:
    from pathlib import Path


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_a_piece_is_made_once_with_its_mode(tmp_path: Path) -> None:
    folder = Piece(tmp_path / "a" / "b", 0o700, of_user=True)
    file = Piece(tmp_path / "a" / "b" / "c", 0o640, b"text")
    assert [lay(piece, "nobody", is_dry=False) for piece in (folder, file)] == [Deed.MADE] * 2
    assert (mode(folder.path), mode(file.path)) == (0o700, 0o640)
    assert file.path.read_bytes() == b"text"
    assert [one.name for one in folder.path.iterdir()] == ["c"]
    again = [lay(piece, "nobody", is_dry=False) for piece in (folder, file)]
    assert again == [Deed.AS_IT_WAS] * 2


def test_what_is_not_right_is_put_right(tmp_path: Path) -> None:
    file = Piece(tmp_path / "unit", 0o644, b"new")
    file.path.write_bytes(b"old")
    assert lay(file, "nobody", is_dry=False) is Deed.CHANGED
    assert file.path.read_bytes() == b"new"
    file.path.chmod(0o600)
    assert lay(file, "nobody", is_dry=False) is Deed.CHANGED
    assert mode(file.path) == 0o644


def test_what_is_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    file = Piece(tmp_path / "till.toml", 0o644, b"example", is_yours=True)
    assert lay(file, "nobody", is_dry=False) is Deed.MADE
    file.path.write_bytes(b"mine")
    file.path.chmod(0o600)
    assert lay(file, "nobody", is_dry=False) is Deed.AS_IT_WAS
    assert (file.path.read_bytes(), mode(file.path)) == (b"mine", 0o600)


def test_a_dry_run_says_the_same_and_does_nothing(tmp_path: Path) -> None:
    file = Piece(tmp_path / "a", 0o644, b"new")
    assert lay(file, "nobody", is_dry=True) is Deed.MADE
    assert not file.path.exists()
    file.path.write_bytes(b"old")
    assert lay(file, "nobody", is_dry=True) is Deed.CHANGED
    assert file.path.read_bytes() == b"old"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_root_gives_its_files_to_whom_they_belong(tmp_path: Path) -> None:
    ours = Piece(tmp_path / "program", 0o755, of_user=True)
    roots = Piece(tmp_path / "unit", 0o644, b"unit")
    for piece in (ours, roots):
        lay(piece, "daemon", is_dry=False)
    assert ours.path.owner() == "daemon"
    assert roots.path.owner() == "root"
    os.chown(ours.path, 0, 0)
    assert lay(ours, "daemon", is_dry=False) is Deed.CHANGED
    assert ours.path.owner() == "daemon"
    assert lay(Piece(tmp_path / "x", 0o644, b"", of_user=True), "nosuchuser", is_dry=False)
