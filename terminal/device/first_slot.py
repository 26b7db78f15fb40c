"""Puts the first version of the program onto a device, out of a bundle that somebody brought.

Whoever brings it vouches for it; every later one is proven by the keys of the releases and comes by
the day close. The same bundle mends a version that is damaged.
"""

from __future__ import annotations

import hashlib
import os
import pwd
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from terminal.update import boot_file, building, sealing
from terminal.update.bundle import read_manifest
from terminal.update.launcher import POINTER, SLOTS, keep, version_of
from terminal.update.prepared import Prepared
from terminal.update.slots import Slots, Trade, slot_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class OtherVersion(Exception):
    """Another version is installed here, or is tried; the text is that version."""


def described(bundle: Path) -> Prepared:
    """What ``bundle`` says of itself, and its hash. Raises ``BadBundle``, ``OSError``."""
    told = read_manifest(bundle)
    with bundle.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Prepared(told.version, told.counter, told.min_from, bundle, digest, bundle.name)


def install_first(
    place: Path, prefix: Path, first: Prepared, user: str, say: Callable[[str], None]
) -> bool:
    """Make the slot of ``first`` below ``place``, for the launcher to start.

    ``prefix`` is what ``place`` is called on the till: an image is laid out elsewhere. Gives False
    where it is already, and whole; a damaged one is made anew, so no till may run. ``say`` hears
    the name of each step. Raises ``OtherVersion``, ``BadBundle``, ``StepFailed``, ``OSError``.
    """
    slots, slot = Slots(place), slot_of(first)
    boot = slots.boot()
    if others := {boot.active, boot.good} - {"", slot}:
        raise OtherVersion(version_of(min(others)))
    is_whole = not slots.differences(slot)
    if is_whole and boot.good and (place / POINTER).exists():
        return False
    if not is_whole:
        sealing.remove(place / SLOTS / slot)
        slots.install(first, Trade(partial(_build, prefix), _try_out, say))
    # There is none to go back to, so nothing is tried: somebody stands before it.
    keep(place, boot_file.confirmed(replace(boot, active=slot), first.counter))
    _give(place, user)
    return True


def _build(prefix: Path, slot: Path, unpacked: Path, final: Path) -> None:
    building.build(slot, unpacked, prefix / SLOTS / final.name, lambda: False)


def _try_out(slot: Path) -> None:
    """There is no journal yet on which it could be tried further."""
    python = slot / "venv" / "bin" / "python"
    building.run([str(python), "-P", "-m", "ui", "selftest"])


def _give(place: Path, user: str) -> None:
    """The till installs and clears away as its own user."""
    if os.geteuid() != 0:
        return
    try:
        known = pwd.getpwnam(user)
    except KeyError:
        return  # told by the page
    for base, folders, names in os.walk(place):
        for name in (".", *folders, *names):
            path = os.path.join(base, name)  # noqa: PTH118 - many
            os.chown(path, known.pw_uid, known.pw_gid, follow_symlinks=False)
