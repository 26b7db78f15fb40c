"""Parked receipts that the tills of a shop share: what the office holds of them. No I/O.

The office keeps the receipt itself as the till wrote it; only tills read it.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from terminal.sync.wire.exchange import NUMBER_MAX

SHARE_PATTERN = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
SHARED_BYTES_MAX = 512 * 1024
SHARED_MAX = 300

Share = Annotated[str, Meta(pattern=SHARE_PATTERN)]
Word = Annotated[str, Meta(max_length=120)]
Number = Annotated[int, Meta(ge=-NUMBER_MAX, le=NUMBER_MAX)]


class SharedHead(Struct, frozen=True):
    """A shared receipt as lists show it; ``share`` is its name at the office, used once."""

    share: Share
    terminal: Word
    name: Word
    opened_at: Word
    operator_id: Word
    operator: Word
    total_gr: Number
    items: Number
    first: Word


class SharedReceipt(Struct, frozen=True):
    """One that a till hands over, or takes; ``body`` is the receipt in the words of the till."""

    head: SharedHead
    body: Annotated[str, Meta(max_length=SHARED_BYTES_MAX)]


class ShareState(Struct, frozen=True):
    """Which terminal has taken a shared receipt; empty while the office holds it."""

    share: str
    taken_by: str = ""


class SharedList(Struct, frozen=True):
    """What the office holds for the shop; ``taken`` are receipts of the asking till, now gone."""

    offered: list[SharedHead]
    taken: list[ShareState] = []


class TakeRequest(Struct, frozen=True):
    """``request`` is made once by the till that asks: with it, the same answer comes again."""

    request: Share


class TakeAnswer(Struct, frozen=True):
    """Who has the receipt now; ``receipt`` comes with it where the office has ever held it."""

    is_yours: bool
    taken_by: str
    receipt: SharedReceipt | None = None
