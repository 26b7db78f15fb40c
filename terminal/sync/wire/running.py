"""Which documents count into a till's running total, and by how much. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from terminal.sync.wire.documents import ReceiptDoc
from terminal.sync.wire.heads import DayHeadDoc, RunningTotal
from terminal.sync.wire.register import ReturnDoc
from terminal.sync.wire.report import ReportDoc

if TYPE_CHECKING:
    from terminal.sync.wire.documents import Document

# The kinds that tell the running total.
COUNTED = ("receipt", "return", "report", "day_head")

_Counted = ReceiptDoc | ReturnDoc | ReportDoc | DayHeadDoc
_D = TypeVar("_D", bound="Document")


def counts(document: Document) -> bool:
    """Whether a document of its kind tells the running total."""
    return isinstance(document, _Counted)


def total_after(before: RunningTotal, document: Document) -> RunningTotal:
    """The running total once ``document`` is counted."""
    match document:
        case ReceiptDoc():
            return before.plus(sold_gr=document.total_gr, receipts=1)
        case ReturnDoc():
            return before.plus(returned_gr=document.total_gr)
        case _:
            return before


def with_total(document: _D, before: RunningTotal) -> _D:
    """The document with the running total in it."""
    return msgspec.structs.replace(document, running=total_after(before, document))
