from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from terminal.device.first_slot import install_first
from terminal.update import building
from terminal.update.building import StepFailed
from terminal.update.bundle import BadBundle
from terminal.update.launcher import begin
from terminal.update.slots import Slots
from tests.terminal.update.device import NEW, OLD, build, prepared

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What was started; a script stands in for a venv, which takes a minute."""
    commands: list[list[str]] = []
    monkeypatch.setattr(building, "build", build)
    monkeypatch.setattr(building, "run", lambda command: commands.append(command) or "")
    return commands


def test_a_new_device_gets_its_program_and_starts_it(tmp_path: Path, tried: list) -> None:
    said: list[str] = []
    bundle = prepared(tmp_path, OLD, 7).bundle
    slot = install_first(tmp_path / "prefix", bundle, "nosuchuser", said.append)
    assert slot.startswith(f"{OLD}-")
    assert said == ["unpack", "build", "try", "seal"]
    assert tried[0][-2:] == ["ui", "selftest"]
    boot = begin(tmp_path / "prefix")
    assert boot is not None
    assert (boot.active, boot.good) == (slot, slot)


def test_a_device_that_has_a_version_keeps_it(tmp_path: Path, tried: list) -> None:
    first = install_first(tmp_path / "p", prepared(tmp_path, OLD, 1).bundle, "x", str)
    assert install_first(tmp_path / "p", prepared(tmp_path, NEW, 2).bundle, "x", str) == ""
    assert Slots(tmp_path / "p").sealed() == [first]


def test_what_is_no_bundle_leaves_nothing(tmp_path: Path, tried: list) -> None:
    (tmp_path / "bundle.tar").write_bytes(b"rubbish" * 1000)
    with pytest.raises(BadBundle):
        install_first(tmp_path / "p", tmp_path / "bundle.tar", "x", str)
    assert Slots(tmp_path / "p").sealed() == []


def test_a_program_that_fails_its_own_test_is_not_installed(
    tmp_path: Path, tried: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_command: object) -> str:
        raise StepFailed

    monkeypatch.setattr(building, "run", fail)
    with pytest.raises(StepFailed):
        install_first(tmp_path / "p", prepared(tmp_path, OLD, 1).bundle, "x", str)
    assert Slots(tmp_path / "p").sealed() == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_all_of_it_belongs_to_the_till(tmp_path: Path, tried: list) -> None:
    slot = install_first(tmp_path / "p", prepared(tmp_path, OLD, 1).bundle, "daemon", str)
    place = tmp_path / "p" / "slots" / slot
    assert {path.owner() for path in place.rglob("*") if not path.is_symlink()} == {"daemon"}
