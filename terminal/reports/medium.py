"""Finds the USB stick and writes a file on it whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.device.found_files import ROOTS
from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store.db import sync_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEPTH = 2
_WHY = {
    errno.ENOSPC: _("no room left"),
    errno.EROFS: _("it is read-only"),
    errno.EACCES: _("no permission to write there"),
    errno.EPERM: _("no permission to write there"),
    errno.ENODEV: _("it was taken out"),
    errno.ENOENT: _("it was taken out"),
    errno.EIO: _("the medium is faulty or was taken out"),
}


def place(wanted: str, roots: Sequence[Path] = ROOTS) -> Path:
    """The folder to write to: ``wanted``, else the first mounted medium. Raises E-140."""
    if wanted:
        folder = Path(wanted).expanduser()
        if not folder.is_dir():
            raise Rejected(Code.NO_MEDIUM, path=folder)
        return folder
    found = next((one for root in roots for one in _below(root, _DEPTH) if one.is_mount()), None)
    if found is None:
        raise Rejected(Code.NO_MEDIUM, path=", ".join(map(str, roots)))
    return found


def save(folder: Path, name: str, content: bytes) -> Path:
    """Write ``content`` as ``name``; a file of that name is replaced. Raises E-141.

    What was there stays until all of the new one is on the medium.
    """
    target, part = folder / name, folder / f".{name}.part"
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(folder)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        why = _WHY.get(error.errno or 0)
        detail = translate(why) if why else str(error.strerror or error)
        raise Rejected(Code.MEDIUM_FAILED, path=folder, detail=detail) from error
    return target


def _below(folder: Path, depth: int) -> list[Path]:
    """Folders down to ``depth``, those of one level by name; what cannot be read has none."""
    try:
        folders = sorted(one for one in folder.iterdir() if one.is_dir())
    except OSError:
        return []
    deeper = [two for one in folders for two in _below(one, depth - 1)] if depth > 1 else []
    return [*folders, *deeper]
