"""Keeps in the till's folder which bundle is proven and waits for the day close. Proves nothing.

``updates/prepared.json`` names the bundle beside it. Whoever installs it proves it once more: what
lies on a disk may have changed there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct

from terminal.store.db import sync_folder
from terminal.update.durable import write_durably

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "updates"  # below the folder of the databases
_NOTE = "prepared.json"
_NOTE_BYTES_MAX = 4096


@dataclass(frozen=True, slots=True)
class Prepared:
    """A release whose bundle lies here; ``target`` is its name at the office.

    ``counter`` grows with every release; one that runs a version before ``min_from`` must not
    install it.
    """

    version: str
    counter: int
    min_from: str
    bundle: Path
    sha256: str
    target: str


class _Note(Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    counter: Annotated[int, Meta(ge=0)]
    min_from: str
    # A name in the same folder, and no way out of it.
    bundle: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._+-]*$")]
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    target: str


def load(folder: Path) -> Prepared | None:
    """What is kept in ``folder``; None when nothing is, or nothing that can be used."""
    try:
        with (folder / _NOTE).open("rb") as file:
            note = msgspec.json.decode(file.read(_NOTE_BYTES_MAX), type=_Note)
    except (OSError, ValueError):
        return None  # it is fetched again
    bundle = folder / note.bundle
    if not bundle.is_file():
        return None
    return Prepared(note.version, note.counter, note.min_from, bundle, note.sha256, note.target)


def keep(folder: Path, prepared: Prepared) -> None:
    """Note ``prepared``, whose bundle is on the disk in ``folder``. Raises OSError."""
    note = _Note(
        prepared.version,
        prepared.counter,
        prepared.min_from,
        prepared.bundle.name,
        prepared.sha256,
        prepared.target,
    )
    data = msgspec.json.encode(note)
    msgspec.json.decode(data, type=_Note)  # nothing is kept that could not be read
    write_durably(folder / _NOTE, data)


def forget(folder: Path) -> None:
    """Nothing is prepared any more; note first, then bundle. Raises OSError."""
    kept = load(folder)
    (folder / _NOTE).unlink(missing_ok=True)
    if folder.is_dir():
        sync_folder(folder)
    if kept:
        kept.bundle.unlink(missing_ok=True)
