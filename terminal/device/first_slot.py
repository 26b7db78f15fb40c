"""Puts the first version of the program onto a device, out of a bundle that somebody brought.

Whoever brings it vouches for it; every later one is proven by the keys of the releases. There is
none before it to go back to: the launcher takes the only slot for the good one.
"""

from __future__ import annotations

import hashlib
import os
import pwd
from typing import TYPE_CHECKING

from terminal.update import building
from terminal.update.bundle import read_manifest
from terminal.update.prepared import Prepared
from terminal.update.slots import Slots, Trade

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def install_first(prefix: Path, bundle: Path, user: str, say: Callable[[str], None]) -> str:
    """Make the slot of ``bundle``, which the launcher will start; gives its name.

    Gives "" and does nothing where there is a slot already. ``say`` hears the name of each step.
    Raises ``BadBundle``, ``StepFailed``, ``OSError``; nothing is left of the slot then.
    """
    slots = Slots(prefix)
    if slots.sealed():
        return ""
    manifest = read_manifest(bundle)
    digest = hashlib.sha256(bundle.read_bytes()).hexdigest()
    told = Prepared(
        manifest.version, manifest.counter, manifest.min_from, bundle, digest, bundle.name
    )
    slot = slots.install(told, Trade(_build, _try_out, say))
    _give(prefix, user)
    return slot


def _build(slot: Path, unpacked: Path, final: Path) -> None:
    building.build(slot, unpacked, final, lambda: False)


def _try_out(slot: Path) -> None:
    """There is no journal yet on which it could be tried further."""
    python = slot / "venv" / "bin" / "python"
    building.run([str(python), "-P", "-m", "ui", "selftest"])


def _give(prefix: Path, user: str) -> None:
    """The till installs and clears away as its own user."""
    if os.geteuid() != 0:
        return
    try:
        known = pwd.getpwnam(user)
    except KeyError:
        return  # told by the page
    for base, _folders, names in os.walk(prefix):
        for path in (base, *(os.path.join(base, name) for name in names)):  # noqa: PTH118 - many
            os.chown(path, known.pw_uid, known.pw_gid, follow_symlinks=False)
