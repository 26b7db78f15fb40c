"""The file that holds every data set of a shop at one moment: what the office writes, a till reads.

A SQLite database, compressed with gzip. It holds bodies as a page of rows does, not the till's own
tables: each till judges rows and builds its tables by itself, whatever its version. No I/O here.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from terminal.sync.wire.exchange import SetState

APPLICATION_ID = int.from_bytes(b"kasn")
FORMAT = 1
SCHEMA = (
    "CREATE TABLE head (company TEXT NOT NULL, shop TEXT NOT NULL) STRICT",
    """CREATE TABLE data_set (
    name TEXT PRIMARY KEY, revision INTEGER NOT NULL, rows INTEGER NOT NULL, digest TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE data_row (
    set_name TEXT NOT NULL, no INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (set_name, no)
) STRICT, WITHOUT ROWID""",
)


def snapshot_key(company: str, shop: str, states: Iterable[SetState]) -> str:
    """The name of the file that holds these states: another content has another name."""
    held = sorted((it.name, it.revision, it.rows, it.digest) for it in states)
    return sha256(msgspec.json.encode((FORMAT, company, shop, held))).hexdigest()
