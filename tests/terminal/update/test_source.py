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


def test_an_installed_program_has_it_beside_the_slots(tmp_path, monkeypatch):
    monkeypatch.setenv("KASO_PREFIX", str(tmp_path))
    assert source(tmp_path).root_file == str(tmp_path / "root.json")
    assert not source(tmp_path).is_on
    (tmp_path / "root.json").write_bytes(b"root")
    assert source(tmp_path).is_on
    assert source(tmp_path, root="/other").root_file == "/other"


@pytest.mark.parametrize("name", ["", "missing.json", "."])
def test_without_it_updates_are_off(tmp_path, name):
    root = str(tmp_path / name) if name else ""
    assert not source(tmp_path, root=root).is_on
    with pytest.raises(SyncError) as caught:
        source(tmp_path, root=root).root()
    assert caught.value.code is Code.UPDATES_OFF
    assert root in caught.value.sentence()
