"""What the office has sealed of the heads of days. Judges no signature: the verifier does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.sync.wire import Place, canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from terminal.sync.wire import Seal

_ASKED_MAX = 100


def missing(db: sqlite3.Connection) -> Iterator[Place]:
    """Heads that the office holds and has not sealed, the oldest first."""
    rows = db.execute(
        "SELECT d.epoch, d.seq FROM document d JOIN delivered s"
        " LEFT JOIN seal ON seal.epoch = d.epoch AND seal.seq = d.seq"
        " WHERE d.kind = 'day_head' AND seal.seq IS NULL"
        " AND (d.epoch < s.epoch OR d.seq <= s.hw) ORDER BY d.epoch, d.seq LIMIT ?",
        (_ASKED_MAX,),
    )
    for epoch, seq in rows.fetchall():
        yield Place(epoch, seq)


def keep(db: sqlite3.Connection, told: Iterable[Seal]) -> None:
    """Keep those that are on heads as we hold them; call inside ``write``."""
    for seal in told:
        db.execute(
            "INSERT OR IGNORE INTO seal (epoch, seq, told) SELECT epoch, seq, ? FROM document"
            " WHERE epoch = ? AND seq = ? AND hash = ? AND kind = 'day_head'",
            (canonical(seal), seal.epoch, seal.seq, seal.hash),
        )
