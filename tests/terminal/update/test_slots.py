"""A slot has its name only when it is whole, and is started only when it has its name."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from terminal.update import sealing, slots
from terminal.update.bundle import BadBundle
from terminal.update.launcher import Boot, begin, read
from terminal.update.slots import Trade, slot_of
from terminal.update.states import NotAStep, State
from tests.terminal.update.device import NEW, OLD, TRADE, build, device, prepared

if TYPE_CHECKING:
    from pathlib import Path

    from terminal.update.slots import Slots


@pytest.fixture
def here(tmp_path: Path) -> Slots:
    return device(tmp_path)


def old(here: Slots) -> str:
    return here.boot().good


def names(here: Slots) -> set[str]:
    return {path.name for path in (here.prefix / "slots").iterdir()}


def test_an_update_from_the_bundle_to_the_confirmed_version(here: Slots, tmp_path: Path) -> None:
    said: list[str] = []
    was, bundle = old(here), prepared(tmp_path / "new", NEW, 2)
    assert here.state(slot_of(bundle), is_prepared=True) is State.PREPARED
    slot = here.install(bundle, replace(TRADE, say=said.append))
    assert slot == slot_of(bundle) == f"{NEW}-{bundle.sha256[:8]}"
    assert said == ["unpack", "build", "try", "seal"]
    assert here.state(slot) is State.INSTALLED
    assert here.boot() == Boot(was, was, floor=1)
    here.arm(slot)
    assert here.boot() == Boot(slot, was, 3, floor=1)
    assert here.state(slot) is State.TRIAL
    begin(here.prefix)
    here.confirm()
    assert here.boot() == Boot(slot, slot, floor=2)
    assert [one.state for one in here.standing()] == [State.INSTALLED, State.CONFIRMED]
    assert here.differences(slot) == []


def test_a_slot_is_never_modified_again(here: Slots) -> None:
    folder = here.prefix / "slots" / old(here)
    assert all(
        not path.lstat().st_mode & 0o222 for path in folder.rglob("*") if not path.is_symlink()
    )
    assert not folder.stat().st_mode & 0o222
    here.prune()
    assert names(here) == {old(here)}


def test_what_differs_from_the_seal_is_named(here: Slots) -> None:
    folder = here.prefix / "slots" / old(here)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755) if not path.is_symlink() else None
    (folder / "venv" / "lib" / "big").write_bytes(b"x")
    (folder / "more").touch()
    (folder / "sbom.json").unlink()
    (folder / "venv" / "bin" / "python").unlink()
    (folder / "venv" / "bin" / "python").symlink_to("/bin/false")
    assert here.differences(old(here)) == ["more", "sbom.json", "venv/bin/python", "venv/lib/big"]
    (folder / "MANIFEST.json").write_text("{}")
    assert here.differences(old(here)) == ["MANIFEST.json"]
    assert here.counter(old(here)) == 0


def test_a_slot_that_is_there_is_not_built_again(here: Slots, tmp_path: Path) -> None:
    bundle = prepared(tmp_path / "new", NEW, 2)
    slot = here.install(bundle, TRADE)

    def never(*_: object) -> None:
        raise AssertionError

    assert here.install(bundle, Trade(never, never)) == slot


@pytest.mark.parametrize("step", ["unpack", "build", "try", "seal"])
@pytest.mark.parametrize(
    "broke", [OSError(errno.ENOSPC, "full"), BadBundle("bad"), KeyboardInterrupt()]
)
def test_a_step_that_fails_leaves_the_device_as_it_was(
    here: Slots, tmp_path: Path, step: str, broke: BaseException
) -> None:
    was = here.boot()

    def say(name: str) -> None:
        if name == step:
            raise broke

    bundle = prepared(tmp_path / "new", NEW, 2)
    with pytest.raises(type(broke)):
        here.install(bundle, replace(TRADE, say=say))
    assert here.boot() == was
    assert names(here) == {old(here)}
    # And the next one succeeds.
    assert here.state(here.install(bundle, TRADE)) is State.INSTALLED


def test_the_disk_is_full_at_any_write(
    here: Slots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it is full: nothing half, and the old version is started."""
    bundle, was, real = prepared(tmp_path / "new", NEW, 2), here.boot(), os.fsync
    left = failed = 0

    def full(handle: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    for count in range(200):
        left = count
        monkeypatch.setattr(os, "fsync", full)
        try:
            here.arm(here.install(bundle, TRADE))
        except OSError:
            failed += 1
            assert here.boot() == was
        monkeypatch.setattr(os, "fsync", real)
        assert not any(name.startswith(".") for name in names(here))
        assert here.differences(here.boot().active) == []
        if here.boot() != was:
            break
    assert failed > 7
    assert here.state(slot_of(bundle)) is State.TRIAL


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"version": "0.2.1"}, "version"),
        ({"counter": 3}, "counter"),
        ({"python": "3.9"}, "python"),
        ({"platform": "cp39-linux_m68k"}, "platform"),
    ],
)
def test_a_bundle_for_another_device_is_refused(
    here: Slots, tmp_path: Path, changes: dict[str, object], why: str
) -> None:
    with pytest.raises(BadBundle, match=f"its {why} is"):
        here.install(prepared(tmp_path / "new", NEW, 2, **changes), TRADE)
    assert names(here) == {old(here)}


def test_a_barred_version_is_never_installed_again(here: Slots, tmp_path: Path) -> None:
    here.bar(NEW)
    here.bar(NEW)
    assert here.boot().bad == (NEW,)
    bundle = prepared(tmp_path / "new", NEW, 2)
    with pytest.raises(NotAStep):
        here.install(bundle, TRADE)


def test_only_what_is_installed_is_armed_and_only_a_trial_is_confirmed(
    here: Slots, tmp_path: Path
) -> None:
    with pytest.raises(NotAStep):
        here.confirm()
    with pytest.raises(NotAStep):
        here.arm(old(here))
    with pytest.raises(NotAStep):
        here.arm("0.9.9-00000000")
    slot = here.install(prepared(tmp_path / "new", NEW, 2), TRADE)
    here.arm(slot)
    with pytest.raises(NotAStep):
        here.arm(slot)


def test_a_silent_printer_uses_up_no_try(here: Slots, tmp_path: Path) -> None:
    slot = here.install(prepared(tmp_path / "new", NEW, 2), TRADE)
    here.arm(slot)
    for _ in range(10):
        assert begin(here.prefix).active == slot
        here.waits()
    assert here.boot().tries == 3


def test_why_a_version_was_given_up_is_known(here: Slots, tmp_path: Path) -> None:
    here.arm(here.install(prepared(tmp_path / "new", NEW, 2), TRADE))
    for _ in range(3):
        begin(here.prefix)
        here.unwell("not well: printer")
    boot = begin(here.prefix)
    assert (boot.active, boot.bad, boot.why) == (old(here), (NEW,), "not well: printer")


def test_the_good_slot_and_the_one_before_are_kept(here: Slots, tmp_path: Path) -> None:
    first, kept = old(here), []
    for number in (2, 3, 4):
        slot = here.install(prepared(tmp_path / f"n{number}", f"0.{number}.0", number), TRADE)
        here.arm(slot)
        here.confirm()
        here.prune()
        kept.append(slot)
    assert names(here) == set(kept[-2:])
    assert first not in names(here)
    assert [one.state for one in here.standing()] == [State.INSTALLED, State.CONFIRMED]
    # One that was installed and never armed is not the way back.
    here.install(prepared(tmp_path / "n5", "0.5.0", 5), TRADE)
    assert here.way_back() == kept[-2]


def test_going_back_is_a_trial_of_the_older_one(here: Slots, tmp_path: Path) -> None:
    first = old(here)
    slot = here.install(prepared(tmp_path / "new", NEW, 2), TRADE)
    here.arm(slot)
    here.confirm()
    assert here.go_back() == first
    assert here.boot() == Boot(first, slot, 3, (NEW,), 2)
    # It is not well: the newer one comes back, and that is that.
    for _ in range(4):
        boot = begin(here.prefix)
    assert (boot.active, boot.bad) == (slot, (NEW, OLD))
    assert here.state(slot) is State.CONFIRMED
    assert here.way_back() == ""


def test_going_back_that_succeeds_bars_the_newer_one(here: Slots, tmp_path: Path) -> None:
    first = old(here)
    slot = here.install(prepared(tmp_path / "new", NEW, 2), TRADE)
    here.arm(slot)
    here.confirm()
    here.go_back()
    here.confirm()
    assert here.boot() == Boot(first, first, 0, (NEW,), 2)
    assert here.state(slot) is State.BAD
    here.prune()
    assert names(here) == {first}


def test_a_trial_is_given_up_by_hand_at_once(here: Slots, tmp_path: Path) -> None:
    first = old(here)
    here.arm(here.install(prepared(tmp_path / "new", NEW, 2), TRADE))
    assert here.go_back() == first
    boot = here.boot()
    assert (boot.active, boot.good, boot.bad, boot.why) == (
        first,
        first,
        (NEW,),
        "gone back by hand",
    )


def test_an_installation_without_a_slot(tmp_path: Path) -> None:
    here = slots.Slots(tmp_path)
    assert here.boot() == Boot("", "")
    assert here.standing() == []
    assert here.way_back() == ""
    assert read(tmp_path) is None


def test_a_folder_that_was_never_sealed_is_cleared_away(here: Slots, tmp_path: Path) -> None:
    bundle = prepared(tmp_path / "new", NEW, 2)
    for name in (slot_of(bundle), f".{slot_of(bundle)}.tmp", ".x.tmp"):
        (here.prefix / "slots" / name / "deep").mkdir(parents=True)
    assert here.state(here.install(bundle, TRADE)) is State.INSTALLED
    assert names(here) == {old(here), slot_of(bundle)}


def test_removing_what_nobody_may_write(here: Slots) -> None:
    sealing.remove(here.prefix / "slots" / old(here))
    assert names(here) == set()


def test_what_the_trade_is_given(here: Slots, tmp_path: Path) -> None:
    given: list[Path] = []

    def note(slot: Path, bundle: Path, final: Path) -> None:
        given.extend((slot, bundle, final))
        assert (bundle / "requirements.txt").exists()
        build(slot, bundle, final)

    slot = here.install(prepared(tmp_path / "new", NEW, 2), Trade(note, given.append))
    folder = here.prefix / "slots"
    part = folder / f".{slot}.tmp"
    assert given == [part, part / "bundle", folder / slot, part]
    assert not (folder / slot / "bundle").exists()
    assert (folder / slot / "sbom.json").exists()
