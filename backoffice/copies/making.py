"""Makes and reads a copy, of whichever database it is: the first bytes of a file tell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from backoffice.copies import dump, sqlite_file
from backoffice.copies.faults import BadCopy

if TYPE_CHECKING:
    from sqlalchemy import URL

    from backoffice.copies.held import Held

_SQLITE, _DUMP = b"SQLite format 3\0", b"PGDMP"


def suffix_of(url: URL) -> str:
    """How the name of a copy ends."""
    return ".db" if _is_file(url) else ".dump"


def make(url: URL, target: Path) -> Held | None:
    """Copy the database as it is now, while it is written to, and read the copy; as ``read``.

    Raises ``CopyFailed``, or ``BadCopy`` when the database itself is damaged.
    """
    if _is_file(url):
        return sqlite_file.copy(Path(str(url.database)), target)
    dump.copy(url, target)
    return None


def read(copy: Path) -> Held | None:
    """Read all of a copy; of a dump nothing is known but that it is whole. Raises ``BadCopy``."""
    if is_dump(copy):
        dump.whole(copy)
        return None
    return sqlite_file.whole(copy)


def is_dump(copy: Path) -> bool:
    """Whether it is of a PostgreSQL server; raises ``BadCopy`` for what is no copy at all."""
    try:
        with copy.open("rb") as file:
            mark = file.read(len(_SQLITE))
    except OSError as error:
        raise BadCopy(detail=f"{copy} cannot be read: {error.strerror}") from error
    if mark != _SQLITE and not mark.startswith(_DUMP):
        raise BadCopy(detail=f"{copy} is no copy of an office")
    return mark != _SQLITE


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"
