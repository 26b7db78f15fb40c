"""A whole update as a program of its own, to be recorded or killed: install, arm, start, confirm.

    python -m tests.crash.update_walk FOLDER BUNDLES [MISTAKE]

Each promise is a line on its standard output. A mistake is built in on purpose.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from terminal.update import launcher, sealing, slots
from terminal.update.launcher import begin, version_of
from terminal.update.prepared import Prepared
from terminal.update.slots import Slots
from tests.terminal.update.device import NEW, OLD, TRADE

THIRD = "0.3.0"
ORDER = {OLD: 1, NEW: 2, THIRD: 3}


def bundle(folder: Path, version: str) -> Prepared:
    path = folder / f"kasoterminal-{version}.tar"
    return Prepared(version, ORDER[version], "0.0", path, f"{ORDER[version]}" * 64, path.name)


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def walk(prefix: Path, bundles: Path) -> None:
    """The second version is confirmed, the third never comes up."""
    here = Slots(prefix)
    slot = here.install(bundle(bundles, NEW), TRADE)
    say(f"installed {slot}")
    here.arm(slot)
    say(f"armed {slot}")
    begin(prefix)
    say(f"started {slot}")
    here.confirm()
    say(f"confirmed {slot}")
    here.prune()
    slot = here.install(bundle(bundles, THIRD), TRADE)
    here.arm(slot)
    say(f"armed {slot}")
    for _ in range(4):
        boot = begin(prefix)
        say(f"started {boot.active}")
    say(f"barred {version_of(slot)}")


# --- mistakes ------------------------------------------------------------------------------------


def unsynced(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.new")
    part.write_bytes(data)
    part.replace(path)
    slots.sync_folder(path.parent)


def in_place(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def unlinked_first(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    slots.sync_folder(path.parent)
    WRITE_WHOLE(path, data)


def folder_unsynced(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.new")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


WRITE_WHOLE = launcher.write_whole
# Instead of ``write_whole``.
POINTER = {
    "pointer not synced": unsynced,
    "pointer written in place": in_place,
    "pointer unlinked first": unlinked_first,
    "folder of the pointer not synced": folder_unsynced,
}


TREE, FOLDER = "slot not synced", "folder of the slots not synced"
MISTAKES = [*POINTER, TREE, FOLDER]


def mistake(name: str) -> None:
    """Build one in."""
    if name in POINTER:
        launcher.write_whole = POINTER[name]
    elif name == TREE:
        sealing.sync_tree = lambda _: None
    elif name == FOLDER:
        slots.sync_folder = lambda _: None
    else:
        raise AssertionError(name)


if __name__ == "__main__":
    root, where, *wrong = sys.argv[1:]
    for one in wrong:
        mistake(one)
    walk(Path(root), Path(where))
