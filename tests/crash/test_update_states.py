"""A power cut at any moment of an update: a whole slot is started, and what was promised is true.

The recording is made once; each state that a disk could be left in is then rebuilt and started.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from terminal.update.launcher import POINTER, _decode, begin, read, version_of
from terminal.update.slots import Slots
from tests.crash.explorer import Disk, explore, needs_strace, record
from tests.crash.update_walk import MISTAKES, NEW, OLD, THIRD
from tests.terminal.update.device import contents, device, tar

if TYPE_CHECKING:
    from pathlib import Path

    from tests.crash.recording import Recording

pytestmark = needs_strace
SEED = int(os.environ.get("SEED", "1"))
STATES = 120


def recorded(tmp_path: Path, *mistake: str) -> Recording:
    """The walk on a device on which the old version is settled."""
    here = device(tmp_path)
    bundles = tmp_path / "bundles"
    bundles.mkdir()
    for counter, version in ((2, NEW), (3, THIRD)):
        tar(bundles / f"kasoterminal-{version}.tar", contents(version, counter))
    command = [sys.executable, "-B", "-m", "tests.crash.update_walk"]
    return record([*command, str(here.prefix), str(bundles), *mistake], here.prefix)


def wrong(prefix: Path, said: list[str]) -> str:
    """What is wrong with the device after the cut; it is started as the launcher would.

    What the launcher could still do without a pointer is for a disk that gives back something else
    than it was given: a power cut must not need it.
    """
    _decode((prefix / POINTER).read_bytes())
    boot = read(prefix)
    if boot is None:
        return "nothing can be started"
    if problem := broken(prefix, boot.active) or broken_promise(boot.active, boot.bad, said):
        return problem
    # Whatever was cut off, a version that never comes up is left after three starts.
    for _ in range(4):
        boot = begin(prefix)
        if boot is None:
            return "nothing can be started"
        if problem := broken(prefix, boot.active):
            return problem
    return f"{boot.active} is still tried" if boot.is_trial else ""


def broken(prefix: Path, slot: str) -> str:
    found = Slots(prefix).differences(slot)
    return f"{slot} is not whole: {found[:3]}" if found else ""


def broken_promise(active: str, bad: tuple[str, ...], said: list[str]) -> str:
    """What was said to be on the disk must be there."""
    version, last = version_of(active), said[-1] if said else ""
    if any(line.startswith("confirmed") for line in said) and version == OLD:
        return "confirmed, and the old one is back"
    if last.startswith("armed") and version != version_of(last.split()[1]):
        return f"{last}, but {active} is started"
    if last.startswith("barred") and last.split()[1] not in bad:
        return f"{last}, but it is not"
    return ""


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return recorded(tmp_path_factory.mktemp("walk"))


@pytest.mark.parametrize("disk", [*Disk])
def test_old_or_new_never_half(right: Recording, tmp_path: Path, disk: Disk) -> None:
    found = explore(right, wrong, tmp_path / "state", states=STATES, seed=SEED, disk=disk)
    assert found == []


@pytest.mark.torture
@pytest.mark.parametrize("disk", [*Disk])
def test_thousands_of_states(right: Recording, tmp_path: Path, disk: Disk) -> None:
    rounds = int(os.environ.get("ROUNDS", "5000"))
    found = explore(right, wrong, tmp_path / "state", states=rounds, seed=SEED, disk=disk)
    assert found == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_checker_bites(tmp_path: Path, mistake: str) -> None:
    recording = recorded(tmp_path, mistake)
    for seed in range(SEED, SEED + 20):
        if explore(recording, wrong, tmp_path / "state", states=25, seed=seed):
            return
    pytest.fail(f"{mistake}: not found")
