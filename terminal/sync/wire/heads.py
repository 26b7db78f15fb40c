"""What makes a journal prove itself: running totals, heads of days, and the office's seals. No I/O.

A day's head is signed by the key of the device, a seal by the key of the office. What is signed is
the canonical JSON of the struct with ``signature`` left empty, behind a word that says what it is.
Keys and signatures are lower-case hex, Ed25519; the format is told in docs/journal-format.md.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

HEAD_MARK, SEAL_MARK = b"kaso-h1", b"kaso-s1"


class RunningTotal(Struct, frozen=True):
    """What a till has ever sold and given back, receipts and invoices, this document included.

    It is never set back, not by a daily report and not by a new device.
    """

    sold_gr: int = 0
    returned_gr: int = 0
    receipts: int = 0

    def plus(self, sold_gr: int = 0, returned_gr: int = 0, receipts: int = 0) -> RunningTotal:
        """With one document more."""
        return RunningTotal(
            self.sold_gr + sold_gr, self.returned_gr + returned_gr, self.receipts + receipts
        )


class DayHeadDoc(Struct, frozen=True, tag_field="kind", tag="day_head"):
    """The journal at a daily report, signed on the device; it follows the report's document.

    ``head`` is the hash of that document, number ``last_seq``; its day begins with ``first_seq`` of
    ``first_epoch``, and ``count`` documents of any kind lie between, both ends included. An empty
    ``signature`` says that the device had no key to sign with.
    """

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    report: str
    report_no: int
    first_epoch: int
    first_seq: int
    last_seq: int
    count: int
    head: str
    device_key: str = ""
    signature: str = ""
    running: RunningTotal | None = None


class Seal(Struct, frozen=True):
    """The office says when it came to hold the head of a day; ``hash`` is that of its document."""

    terminal: str
    epoch: int
    seq: int
    hash: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    received_at: str
    office_key: str
    signature: str = ""


def signed_text(mark: bytes, told: DayHeadDoc | Seal) -> bytes:
    """The bytes that the signature of a head or a seal is made over."""
    bare = msgspec.structs.replace(told, signature="")
    return mark + msgspec.json.encode(bare, order="sorted")
