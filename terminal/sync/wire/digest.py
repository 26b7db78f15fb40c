"""The digest of a data set: what till and office compare to know that they hold the same. No I/O.

Each living row gives a number, SHA-256 over its id, a zero byte and its body as the office keeps
it. The digest is the XOR of all of them, so a changed row costs as much in a million as in ten, and
the order in which rows came does not matter.
"""

from __future__ import annotations

from hashlib import sha256

EMPTY = "0" * 64


def row_number(row_id: str, body: str) -> int:
    """What one row gives to the digest of its set."""
    return int.from_bytes(sha256(f"{row_id}\0{body}".encode()).digest())


def turned(digest: str, change: int) -> str:
    """The digest after rows came or went; ``change`` is the XOR of their numbers."""
    return f"{int(digest, 16) ^ change:064x}"
