"""The office's own key, and its word that it holds the head of a day. Keeps no seals: makes them.

A seal of the same head is always the same, so an answer that was lost is given again.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import and_, select, tuple_

from backoffice.errors import BadSetting
from backoffice.private_file import kept
from backoffice.store.tables import journal_entry, verdict
from terminal.sync import wire

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

_SEED_BYTES = 32
_MARK = '"kind":"day_head"'


class Sealing:
    """Signs with ``seed``; an office without a key seals nothing."""

    def __init__(self, seed: bytes | None = None) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed) if seed else None
        self.public = self._key.public_key().public_bytes_raw().hex() if self._key else ""

    def heads(
        self, connection: Connection, terminal: str, push: wire.JournalPush
    ) -> list[wire.Seal]:
        """Seals on the heads in a push and on those that it asks about, as far as they count."""
        wanted = [(one.epoch, one.seq) for one in push.unsealed]
        wanted += [(push.epoch, one.seq) for one in push.entries if _MARK in one.body]
        if self._key is None or not wanted:
            return []
        columns = journal_entry.c
        names = ("terminal", "epoch", "seq")
        judged = journal_entry.join(verdict, and_(*(columns[n] == verdict.c[n] for n in names)))
        chosen = (
            select(columns.epoch, columns.seq, columns.hash, columns.received_at)
            .select_from(judged)
            .where(
                columns.terminal == terminal,
                columns.kind == "day_head",
                verdict.c.is_accepted.is_(True),
                tuple_(columns.epoch, columns.seq).in_(wanted),
            )
            .order_by(columns.epoch, columns.seq)
        )
        return [self.seal(terminal, *row) for row in connection.execute(chosen)]

    def seal(self, terminal: str, epoch: int, seq: int, digest: str, received_at: str) -> wire.Seal:
        """The seal on one head; raises ``BadSetting`` without a key."""
        if self._key is None:
            raise BadSetting(detail="this office has no key to seal with")
        bare = wire.Seal(terminal, epoch, seq, digest, received_at, self.public)
        signature = self._key.sign(wire.signed_text(wire.SEAL_MARK, bare)).hex()
        return msgspec.structs.replace(bare, signature=signature)


def kept_sealing(place: Path) -> Sealing:
    """The key in the file; made with mode 0600 when there is none.

    Raises ``BadSetting`` for a file that holds no key, or that others may read.
    """
    try:
        seed = bytes.fromhex(kept(place, lambda: os.urandom(_SEED_BYTES).hex()))
    except ValueError:
        seed = b""
    if len(seed) != _SEED_BYTES:
        raise BadSetting(detail=f"{place} holds no key: put it back from a copy, or remove it")
    return Sealing(seed)
