"""The running total of a till: what the last document of the chain tells. No table of its own.

What no document tells cannot be set back: the total comes out of the chain and goes into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from terminal.sync.wire import COUNTED, RunningTotal

if TYPE_CHECKING:
    import sqlite3

# Backwards through the chain: mostly the first one answers.
_NEWEST = (
    f"SELECT body FROM document WHERE kind IN {COUNTED} AND (epoch, seq) < (?, ?)"  # noqa: S608 - our own words
    " ORDER BY epoch DESC, seq DESC"
)
_END = (1 << 62, 0)


class _Told(msgspec.Struct):
    """What the documents that count have in common."""

    kind: str
    total_gr: int = 0
    running: RunningTotal | None = None


_decode = msgspec.json.Decoder(_Told).decode


def running_total(db: sqlite3.Connection, before: tuple[int, int] = _END) -> RunningTotal:
    """What was ever sold and given back ``before`` a place.

    Documents from before there was a total are added up.
    """
    untold = RunningTotal()
    for (body,) in db.execute(_NEWEST, before):
        told = _decode(body)
        if told.running:
            last = told.running
            return untold.plus(last.sold_gr, last.returned_gr, last.receipts)
        if told.kind == "receipt":
            untold = untold.plus(sold_gr=told.total_gr, receipts=1)
        elif told.kind == "return":
            untold = untold.plus(returned_gr=told.total_gr)
    return untold
