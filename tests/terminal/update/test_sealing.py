"""A seal names every file with its hash; what is sealed nobody writes any more."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from terminal.update import sealing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "slot"
    (made / "deep" / "empty").mkdir(parents=True)
    (made / "deep" / "file").write_bytes(b"abc")
    (made / "link").symlink_to("deep/file")
    (made / "dangling").symlink_to("/nowhere")
    sealing.seal(made, "0.2.0", 7)
    return made


def test_the_seal_names_files_and_where_links_lead(folder: Path) -> None:
    told = json.loads((folder / "MANIFEST.json").read_text())
    assert (told["version"], told["counter"]) == ("0.2.0", 7)
    assert set(told["files"]) == {"deep/file", "link", "dangling"}
    assert told["files"]["deep/file"].startswith("ba7816bf")
    assert told["files"]["link"] == "-> deep/file"
    assert sealing.counter_of(folder) == 7
    assert sealing.differences(folder) == []


def test_everything_is_on_the_disk_and_without_permission_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        real(handle)

    made = tmp_path / "slot"
    (made / "deep").mkdir(parents=True)
    (made / "deep" / "file").write_bytes(b"abc")
    monkeypatch.setattr(os, "fsync", fsync)
    sealing.seal(made, "0.2.0", 7)
    wanted = {made, made / "deep", made / "deep" / "file", made / "MANIFEST.json"}
    assert set(synced) == set(map(str, wanted))
    assert not any(path.stat().st_mode & 0o222 for path in wanted)


def test_a_seal_that_cannot_be_read(tmp_path: Path) -> None:
    assert sealing.counter_of(tmp_path) == 0
    assert sealing.differences(tmp_path) == ["MANIFEST.json"]
    for text in ("", "[]", "{}", '{"counter": "x", "files": {}}'):
        (tmp_path / "MANIFEST.json").write_text(text)
        assert sealing.counter_of(tmp_path) == 0


def test_what_is_sealed_can_be_taken_away(folder: Path) -> None:
    sealing.remove(folder)
    assert not folder.exists()
    sealing.remove(folder)
