"""What the office thinks of running totals and of the heads of days. Pure: history is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator


class Chain(Protocol):
    """What is known of the chain before the document."""

    @property
    def device_key(self) -> str:
        """Public key of the terminal's device, 64 hex digits; empty when it has none."""

    def running(self) -> wire.RunningTotal | None:
        """The running total of this epoch before the document; None when no document told it."""

    def documents(self, first_epoch: int, first_seq: int, last_seq: int) -> int:
        """How many documents there are from ``first_seq`` of ``first_epoch`` to one of this one."""


def wrong_proof(entry: wire.Entry, document: wire.Document, history: Chain) -> Iterator[str]:
    """What a document says of itself and of the chain before it."""
    told = getattr(document, "running", None)
    if told is not None and (before := history.running()) is not None:
        # The first of an epoch begins: what the device before it never sent is in no total.
        ours = wire.total_after(before, document)
        if told != ours:
            yield f"running_total: {_text(told)} != {_text(ours)}"
    if entry.person and wire.digest(entry.person) != getattr(document, "person", ""):
        yield "person: it is not what the document was made with"
    if isinstance(document, wire.DayHeadDoc):
        yield from _head(entry, document, history)


def _head(entry: wire.Entry, head: wire.DayHeadDoc, history: Chain) -> Iterator[str]:
    """A head is that of the document right before it, and signed by whose key it names."""
    if (head.last_seq, head.head) != (entry.seq - 1, entry.prev):
        yield f"day_head: {head.last_seq} {head.head[:8]} != {entry.seq - 1} {entry.prev[:8]}"
    count = history.documents(head.first_epoch, head.first_seq, head.last_seq)
    if head.count != count:
        yield f"day_count: {head.count} != {count}"
    if head.signature and not is_signed(head):
        yield "head_signature: it does not fit"


def is_signed(head: wire.DayHeadDoc) -> bool:
    """Whether the signature is that of the key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.device_key))
        key.verify(bytes.fromhex(head.signature), wire.signed_text(wire.HEAD_MARK, head))
    except (InvalidSignature, ValueError):
        return False
    return True


def note_on_head(head: wire.DayHeadDoc, history: Chain) -> str:
    """What an owner should know of a head that is right in itself."""
    if not head.signature:
        return "head_unsigned: the device had no key"
    if head.device_key != history.device_key:
        return f"head_key: signed by {head.device_key[:16]}, the device has another key now"
    return ""


def _text(total: wire.RunningTotal) -> str:
    return f"{total.receipts}/{total.sold_gr}/{total.returned_gr}"
