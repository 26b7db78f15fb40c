from __future__ import annotations

import os

import pytest

from backoffice.erp.disk import LocalDisk


@pytest.fixture
def disk(tmp_path):
    (tmp_path / "root" / "out").mkdir(parents=True)
    return LocalDisk(tmp_path / "root")


def test_a_link_that_took_the_place_of_a_file_is_not_followed(disk, tmp_path):
    (tmp_path / "secret").write_text("tajne")
    (tmp_path / "root" / "out" / "a").symlink_to(tmp_path / "secret")
    assert [it.is_plain for it in disk.entries("out")] == [False]
    with pytest.raises(OSError, match="symbolic links"):
        disk.open("out", "a")


def test_a_pipe_is_not_waited_for(disk, tmp_path):
    os.mkfifo(tmp_path / "root" / "out" / "a")
    with pytest.raises(OSError, match="no plain file"):
        disk.open("out", "a")


def test_what_is_written_over_a_link_does_not_go_where_it_points(disk, tmp_path):
    (tmp_path / "secret").write_text("tajne")
    (tmp_path / "root" / "out" / ".a.part").symlink_to(tmp_path / "secret")
    (tmp_path / "root" / "out" / "a").symlink_to(tmp_path / "secret")
    disk.put("out", "a", [b"x"])
    assert (tmp_path / "secret").read_text() == "tajne"
    assert (tmp_path / "root" / "out" / "a").read_text() == "x"
    assert [it.name for it in disk.entries("out")] == ["a"]


def test_a_file_that_breaks_off_is_not_there(disk):
    def parts():
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        disk.put("in", "a", parts())
    assert [it.name for it in disk.entries("in") if it.name == "a"] == []
