"""What follows from documents of the field that come back from the office; call inside ``write``.

The bytes of files are not in documents: those that the office lacks and that are still here go on
waiting, and what is nowhere any more is told when its turn comes. A draft was never a document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store import attachments, own_rows, sales_documents, visits
from terminal.sync.wire import AttachmentDoc, SalesDoc, SalesStateDoc, VisitDoc

if TYPE_CHECKING:
    import sqlite3


def restore(
    db: sqlite3.Connection, document: SalesDoc | SalesStateDoc | VisitDoc | AttachmentDoc
) -> None:
    """Write the rows of one document, in the order in which they were written first."""
    match document:
        case SalesDoc():
            sales_documents.restore(db, document)
        case SalesStateDoc(of=row_id, state="realised" | "cancelled" as state):
            sales_documents.settle(db, row_id, state)
        case VisitDoc():
            own_rows.put(db, visits.NAME, visits.row_of(document), None, document.rid)
        case AttachmentDoc():
            attachments.put(db, document)
