from __future__ import annotations

from pathlib import Path

import pytest

from terminal.config import Config, Office, Printer, Store, Update
from terminal.errors import Code, SyncError
from terminal.update.source import Source

OFFICE = "https://office.example/"


def source(folder, **update):
    config = Config(
        Printer("/dev/ttyS0"),
        store=Store(str(folder)),
        office=Office(ca="/etc/ca.pem"),
        update=Update(**update),
    )
    return Source.of(config, OFFICE)


def test_the_office_has_the_releases_unless_somebody_else_does(tmp_path):
    one = source(tmp_path)
    assert one.metadata_url == "https://office.example/releases/metadata"
    assert (one.folder, one.cache) == (tmp_path / "updates", tmp_path / "tuf")
    assert (one.channel, one.ca) == ("stable", Path("/etc/ca.pem"))
    other = source(tmp_path, url="https://releases.example", channel="pilot")
    assert (other.metadata_url, other.channel) == ("https://releases.example/metadata", "pilot")


def test_the_root_that_was_installed(tmp_path):
    (tmp_path / "root.json").write_bytes(b"root")
    assert source(tmp_path, root=str(tmp_path / "root.json")).root() == b"root"


def test_it_is_found_where_it_is_usually_put(tmp_path, monkeypatch):
    system, prefix = tmp_path / "etc", tmp_path / "opt"
    monkeypatch.setattr("terminal.update.source._SYSTEM_FOLDER", system)
    monkeypatch.setenv("KASO_PREFIX", str(prefix))
    assert not source(tmp_path).is_on
    for folder in (prefix, system):
        folder.mkdir()
        (folder / "root.json").write_bytes(b"root")
        assert source(tmp_path).root_file == str(folder / "root.json")
        assert source(tmp_path).is_on
    assert source(tmp_path, root="/other").root_file == "/other"
    monkeypatch.delenv("KASO_PREFIX")
    (system / "root.json").unlink()
    assert not source(tmp_path).is_on


@pytest.mark.parametrize("name", ["", "missing.json", "."])
def test_without_it_updates_are_off(tmp_path, name, monkeypatch):
    monkeypatch.setattr("terminal.update.source._SYSTEM_FOLDER", tmp_path / "none")
    monkeypatch.delenv("KASO_PREFIX", raising=False)
    root = str(tmp_path / name) if name else ""
    assert not source(tmp_path, root=root).is_on
    with pytest.raises(SyncError) as caught:
        source(tmp_path, root=root).root()
    assert caught.value.code is Code.UPDATES_OFF
    assert root in caught.value.sentence()
