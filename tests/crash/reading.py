"""Opens a till's files as an auditor: copies only, so that nobody waits and nothing changes."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy with its log: looking must neither wait for the owner nor fold the log away."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        for suffix in ("", "-wal"):
            source = path.with_name(path.name + suffix)
            if source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + suffix))
        with closing(sqlite3.connect(copy)) as db:
            db.row_factory = sqlite3.Row
            yield db


def rows(db: sqlite3.Connection, sql: str, *params: object) -> list[Row]:
    return [dict(row) for row in db.execute(sql, params)]


def bodies(db: sqlite3.Connection, kind: str) -> list[Row]:
    """Documents with what lies apart from them."""
    chosen = rows(
        db,
        "SELECT seq, body, coalesce(told, '{}') AS told FROM document LEFT JOIN person USING (rid)"
        " WHERE kind = ? ORDER BY seq",
        kind,
    )
    parts = [(json.loads(row["body"]), json.loads(row["told"]), row["seq"]) for row in chosen]
    return [{**body, **told, "seq": seq} for body, told, seq in parts]
