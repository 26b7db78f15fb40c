from __future__ import annotations

import os
import pwd
from dataclasses import replace
from pathlib import Path

import pytest

from terminal.device.first_slot import OtherVersion, described, install_first
from terminal.update import building
from terminal.update.building import StepFailed
from terminal.update.bundle import BadBundle
from terminal.update.launcher import SEAL, begin, keep
from terminal.update.slots import Slots, slot_of
from tests.terminal.update.device import NEW, OLD, build, prepared

PREFIX = Path("/opt/kasoterminal")


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What was started; a script stands in for a venv, which takes a minute."""
    commands: list[list[str]] = []
    monkeypatch.setattr(building, "build", build)
    monkeypatch.setattr(building, "run", lambda command: commands.append(command) or "")
    return commands


def put(folder: Path, version: str = OLD, counter: int = 1, user: str = "nosuchuser", say=str):
    """Install ``version`` below ``folder``; gives its slot, and whether anything was done."""
    first = described(prepared(folder, version, counter).bundle)
    return slot_of(first), install_first(folder / "p", PREFIX, first, user, say)


def test_a_new_device_gets_its_program_and_starts_it(tmp_path: Path, tried: list) -> None:
    said: list[str] = []
    slot, is_made = put(tmp_path, OLD, 7, say=said.append)
    assert is_made
    assert slot.startswith(f"{OLD}-")
    assert said == ["unpack", "build", "try", "seal"]
    assert tried[0][-2:] == ["ui", "selftest"]
    boot = begin(tmp_path / "p")
    assert boot is not None
    assert (boot.active, boot.good, boot.floor) == (slot, slot, 7)
    # Nothing was guessed from what lies there.
    assert not (tmp_path / "p" / "launcher.log").exists()
    assert put(tmp_path, OLD, 7) == (slot, False)


def test_in_an_image_it_is_named_as_on_the_till(tmp_path: Path, tried: list, mocker) -> None:
    named = mocker.patch.object(building, "build", side_effect=build)
    slot, _ = put(tmp_path)
    assert named.call_args.args[2] == PREFIX / "slots" / slot


def test_a_device_that_has_another_version_keeps_it(tmp_path: Path, tried: list) -> None:
    slot, _ = put(tmp_path)
    with pytest.raises(OtherVersion, match=OLD):
        put(tmp_path, NEW, 2)
    assert Slots(tmp_path / "p").sealed() == [slot]


def test_neither_does_it_end_a_trial(tmp_path: Path, tried: list) -> None:
    put(tmp_path)
    keep(tmp_path / "p", replace(Slots(tmp_path / "p").boot(), active=f"{NEW}-ab", tries=1))
    (tmp_path / "p" / "slots" / f"{NEW}-ab").mkdir()
    (tmp_path / "p" / "slots" / f"{NEW}-ab" / SEAL).write_text("{}")
    with pytest.raises(OtherVersion, match=NEW):
        put(tmp_path)


def test_a_damaged_version_is_mended_and_what_is_known_stays(tmp_path: Path, tried: list) -> None:
    slot, _ = put(tmp_path, OLD, 7)
    slots = Slots(tmp_path / "p")
    slots.bar(NEW)
    (program,) = (tmp_path / "p" / "slots" / slot).rglob("program.py")
    program.chmod(0o644)
    program.write_text("eaten")
    assert slots.differences(slot)
    assert put(tmp_path, OLD, 7) == (slot, True)
    assert not slots.differences(slot)
    assert (slots.boot().bad, slots.boot().floor) == ((NEW,), 7)


def test_a_pointer_that_is_lost_is_written_anew(tmp_path: Path, tried: list) -> None:
    slot, _ = put(tmp_path)
    (tmp_path / "p" / "boot.json").unlink()
    assert put(tmp_path) == (slot, True)
    assert len(tried) == 1
    assert Slots(tmp_path / "p").boot().good == slot


def test_what_is_no_bundle_is_told(tmp_path: Path, tried: list) -> None:
    (tmp_path / "bundle.tar").write_bytes(b"rubbish" * 1000)
    with pytest.raises(BadBundle):
        described(tmp_path / "bundle.tar")


def test_a_program_that_fails_its_own_test_is_not_installed(
    tmp_path: Path, tried: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_command: object) -> str:
        raise StepFailed

    monkeypatch.setattr(building, "run", fail)
    with pytest.raises(StepFailed):
        put(tmp_path)
    assert Slots(tmp_path / "p").sealed() == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_all_of_it_belongs_to_the_till(tmp_path: Path, tried: list) -> None:
    put(tmp_path, user="daemon")
    everything = [tmp_path / "p", *(tmp_path / "p").rglob("*")]
    assert {pwd.getpwuid(path.lstat().st_uid).pw_name for path in everything} == {"daemon"}
