"""Copies an office on a PostgreSQL server with the server's own tools, and reads such a copy.

``pg_dump`` and ``pg_restore`` must be installed, no older than the server. A password goes to them
in the environment, where other people of the machine do not see it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from sqlalchemy import URL

from backoffice.copies.faults import BadCopy, CopyFailed
from backoffice.copies.sqlite_file import filling

if TYPE_CHECKING:
    from pathlib import Path

_OWNER_ONLY = 0o600
_SAID_MAX = 500


def copy(source: URL, target: Path) -> None:
    """Copy the database at ``source`` to ``target``; raises ``CopyFailed``, ``BadCopy``."""
    with filling(target) as part:
        part.touch(_OWNER_ONLY)
        _run(source, "pg_dump", "--format=custom", "--no-owner", f"--file={part}", _address(source))
        whole(part)


def whole(path: Path) -> None:
    """Read all of the file; raises ``BadCopy``. What the rows say is judged after a restore."""
    try:
        _run(None, "pg_restore", f"--file={os.devnull}", str(path))
    except CopyFailed as error:
        if _is_there("pg_restore"):
            raise BadCopy(detail=f"{path}: {error.detail}") from error
        raise


def put_back(source: Path, target: URL) -> None:
    """Fill the empty database ``target``, all or nothing; raises ``CopyFailed``."""
    how = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges")
    _run(target, "pg_restore", *how, f"--dbname={_address(target)}", str(source))


def _run(url: URL | None, program: str, *words: str) -> None:
    if not _is_there(program):
        reason = "is not installed here (Debian: apt install postgresql-client)"
        raise CopyFailed(detail=f"{program} {reason}")
    password = str(url.password) if url is not None and url.password else ""
    done = subprocess.run(  # noqa: S603 (the server's own tools)
        [program, *words],
        env={**os.environ, **({"PGPASSWORD": password} if password else {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CopyFailed(detail=f"{program}: {done.stderr.strip()[-_SAID_MAX:]}")


def _is_there(program: str) -> bool:
    return shutil.which(program) is not None


def _address(url: URL) -> str:
    """What the tools call the database, without its password."""
    parts = (url.username, None, url.host, url.port, url.database, url.query)
    return URL.create("postgresql", *parts).render_as_string()
