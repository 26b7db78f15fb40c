from __future__ import annotations

import errno
from pathlib import Path

import pytest

from terminal.errors import Code, Rejected
from terminal.reports import medium
from terminal.reports.medium import place, save


def test_the_technicians_folder_goes_first(tmp_path):
    assert place(str(tmp_path), ()) == tmp_path
    with pytest.raises(Rejected) as refused:
        place(str(tmp_path / "gone"), ())
    assert refused.value.code is Code.NO_MEDIUM
    assert str(tmp_path / "gone") in refused.value.sentence()


def test_the_first_mounted_medium(tmp_path, monkeypatch):
    for name in ("anna/STICK", "anna/other", "plain"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "STICK")
    assert place("", (tmp_path / "nowhere", tmp_path)) == tmp_path / "anna" / "STICK"
    monkeypatch.setattr(Path, "is_mount", lambda path: False)
    with pytest.raises(Rejected) as refused:
        place("", (tmp_path,))
    assert refused.value.code is Code.NO_MEDIUM


def test_a_file_is_there_whole(tmp_path):
    assert save(tmp_path, "a.csv", b"new").read_bytes() == b"new"
    assert save(tmp_path, "a.csv", b"newer").read_bytes() == b"newer"
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no room left"),
        (errno.EROFS, "it is read-only"),
        (errno.EIO, "the medium is faulty"),
        (errno.EBUSY, "busy"),
    ],
)
def test_what_cannot_be_written_says_why_and_leaves_what_was(tmp_path, monkeypatch, number, words):
    save(tmp_path, "a.csv", b"old")

    def fail(_handle):
        raise OSError(number, "busy")

    monkeypatch.setattr(medium.os, "fsync", fail)
    with pytest.raises(Rejected) as refused:
        save(tmp_path, "a.csv", b"new")
    assert refused.value.code is Code.MEDIUM_FAILED
    assert words in refused.value.sentence()
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.csv", b"old")]


def test_a_medium_that_was_taken_out(tmp_path):
    with pytest.raises(Rejected) as refused:
        save(tmp_path / "gone", "a.csv", b"x")
    assert "it was taken out" in refused.value.sentence()
