"""Lays folders and files of an installation out: each once, with its mode and its owner.

Doing it again changes only what is not as it should be, and never what a technician has written.
"""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from terminal.update.durable import write_durably

if TYPE_CHECKING:
    from pathlib import Path


class Deed(StrEnum):
    """What became of a piece."""

    MADE = "made"
    CHANGED = "changed"
    AS_IT_WAS = "as it was"


@dataclass(frozen=True, slots=True)
class Piece:
    """A file with ``content``, or a folder; of root, or of the till's user.

    What ``is_yours`` is made when it is missing, and is somebody else's from then on.
    """

    path: Path
    mode: int
    content: bytes | None = None
    of_user: bool = False
    is_yours: bool = False


def lay(piece: Piece, user: str, *, is_dry: bool) -> Deed:
    """Make ``piece`` what it should be; ``is_dry`` only says what would be done.

    Raises ``OSError``. Owners are given by root only.
    """
    is_new = not piece.path.exists()
    if not is_new and piece.is_yours:
        return Deed.AS_IT_WAS
    owner = _owner(user if piece.of_user else "root")
    is_written = piece.content is not None and (is_new or piece.path.read_bytes() != piece.content)
    now = None if is_new else piece.path.stat()
    is_right = (
        now is not None
        and now.st_mode & 0o7777 == piece.mode
        and owner in {None, (now.st_uid, now.st_gid)}
    )
    if not is_dry:
        if piece.content is not None and is_written:
            write_durably(piece.path, piece.content)
        elif is_new:
            piece.path.mkdir(parents=True)
        piece.path.chmod(piece.mode)
        if owner is not None:
            os.chown(piece.path, *owner)
    if is_new:
        return Deed.MADE
    return Deed.AS_IT_WAS if is_right and not is_written else Deed.CHANGED


def _owner(name: str) -> tuple[int, int] | None:
    """Numbers of a user and its group; None when we may give nothing away, or it is not there."""
    if os.geteuid() != 0:
        return None
    try:
        known = pwd.getpwnam(name)
    except KeyError:
        return None
    return known.pw_uid, known.pw_gid
