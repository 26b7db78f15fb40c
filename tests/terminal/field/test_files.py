from __future__ import annotations

import hashlib
import os
import shutil
from collections import namedtuple
from typing import TYPE_CHECKING

import pytest

from terminal.errors import Code, Rejected
from terminal.field import files as module
from terminal.field.files import Files, Kept, media_type
from terminal.sync.wire import ATTACHMENT_BYTES_MAX

if TYPE_CHECKING:
    from pathlib import Path

JPEG = b"\xff\xd8\xff\xe0" + b"photo" * 1000


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "till" / "attachments")


def refused(files: Files, path: Path) -> str:
    with pytest.raises(Rejected) as caught:
        files.keep(path)
    assert caught.value.code is Code.FILE_REFUSED
    return str(caught.value.params["reason"])


def test_a_file_is_copied_once_by_its_digest(files: Files, tmp_path: Path) -> None:
    sha256 = hashlib.sha256(JPEG).hexdigest()
    for name in ("półka.jpg", "other.png"):
        (tmp_path / name).write_bytes(JPEG)
        assert files.keep(tmp_path / name) == Kept(name, sha256, len(JPEG), "image/jpeg")
    assert [one.name for one in files.folder.iterdir()] == [sha256]
    assert files.path(sha256).read_bytes() == JPEG
    (tmp_path / "półka.jpg").unlink()
    assert files.path(sha256).read_bytes() == JPEG


def test_what_is_no_file_that_can_be_taken(files: Files, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "big").write_bytes(b"")
    os.truncate(tmp_path / "big", ATTACHMENT_BYTES_MAX + 1)
    os.mkfifo(tmp_path / "pipe")
    assert refused(files, tmp_path / "empty") == "The file is empty"
    assert refused(files, tmp_path / "big") == "it has more than 10 MiB"
    assert refused(files, tmp_path / "pipe") == "it is no file"
    assert refused(files, tmp_path) == "it is no file"
    assert refused(files, tmp_path / "nothing") == "it is not there"
    (tmp_path / "a\u202egpj.exe").write_bytes(JPEG)
    assert refused(files, tmp_path / "a\u202egpj.exe") == "No file may be called so"
    assert not files.folder.exists() or list(files.folder.iterdir()) == []


def test_a_full_disk_is_told_and_leaves_nothing(files: Files, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "photo.jpg").write_bytes(JPEG)
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil's own
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, module.FREE_BYTES_MIN))
    assert refused(files, tmp_path / "photo.jpg") == "the disk is full"
    monkeypatch.undo()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert refused(files, tmp_path / "photo.jpg") == "the disk is full"
    assert list(files.folder.iterdir()) == []


def test_what_a_power_cut_left_is_removed(files: Files) -> None:
    files.folder.mkdir(parents=True)
    (files.folder / "7.copy").write_bytes(b"half")
    (files.folder / "keep.part").write_bytes(b"comes")
    files.clean()
    assert [one.name for one in files.folder.iterdir()] == ["keep.part"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (JPEG, "image/jpeg"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"RIFF1234WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        ("zażółć".encode(), "text/plain"),
        ("zażółć".encode()[:-1], "text/plain"),
        (b"\xff\xfe1\x002\x00", "application/octet-stream"),
        (b"MZ\x90\x00", "application/octet-stream"),
        (b"\xa9\xb9 plain old code page", "application/octet-stream"),
    ],
)
def test_what_a_file_is_its_bytes_say(head: bytes, kind: str) -> None:
    assert media_type(head) == kind
