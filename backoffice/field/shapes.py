"""The rows that documents made in the field become, and what is wrong with one. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from backoffice.rows import FieldFault, read_row
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

CUSTOMERS, DOCUMENTS, VISITS, ATTACHMENTS = "customers", "sales_documents", "visits", "attachments"
ID_LENGTH_MAX = 64
# For each kind of document the set of its row, and which field of the document is the row's id.
_PLACES: dict[type[msgspec.Struct], tuple[str, str]] = {
    wire.CustomerDoc: (CUSTOMERS, "rid"),
    wire.CustomerEditDoc: (CUSTOMERS, "customer"),
    wire.SalesDoc: (DOCUMENTS, "rid"),
    wire.SalesStateDoc: (DOCUMENTS, "of"),
    wire.ReceiptDoc: (DOCUMENTS, "fulfils"),
    wire.VisitDoc: (VISITS, "visit"),
    wire.AttachmentDoc: (ATTACHMENTS, "rid"),
}
_CUSTOMER = ("name", "nip", "street", "postal_code", "city", "email", "phone", "is_potential")
_SALES = ("type", "number", "customer", "total_gr", "due", "note", "representative", "from_quote")
_VISIT = (
    *("customer", "state", "subject", "minutes", "representative"),
    *("began_at", "ended_at", "note", "next_visit"),
)
_ATTACHMENT = ("about", "of", "at", "name", "size", "sha256", "media_type", "text")


def place_of(document: wire.Document) -> tuple[str, str]:
    """Data set and id of the row that it makes or changes; two empty texts for none."""
    for kind, (name, field) in _PLACES.items():
        if isinstance(document, kind):
            row_id = str(getattr(document, field))
            return (name, row_id) if 0 < len(row_id) <= ID_LENGTH_MAX else ("", "")
    return "", ""


def row_of(document: wire.Document) -> dict[str, Any]:
    """The row as the document alone tells it; empty for one that changes a row in part."""
    match document:
        case wire.CustomerDoc() | wire.CustomerEditDoc():
            return {"id": _id(document), **_fields(document, _CUSTOMER)}
        case wire.SalesDoc():
            lines = msgspec.to_builtins(document.lines)
            at = {"issued_at": document.at}
            return {"id": _id(document), **at, "lines": lines, **_fields(document, _SALES)}
        case wire.VisitDoc():
            return {"id": _id(document), "at": document.planned_at, **_fields(document, _VISIT)}
        case wire.AttachmentDoc():
            return {"id": _id(document), "kind": document.sort, **_fields(document, _ATTACHMENT)}
    return {}


def wrong(document: wire.Document) -> Iterator[str]:
    """Why it can be no row; whoever was erased need not be one."""
    if wire.is_erased(document):
        return
    if isinstance(document, wire.SalesStateDoc):
        yield from _wrong_state(document)
        return
    if isinstance(document, wire.SalesDoc) and document.from_quote and document.type == "OS":
        yield "sales_document: from_quote: a quote is made of no quote"
    if row := row_of(document):
        name, _field = _PLACES[type(document)]
        read = read_row(name, row)
        if isinstance(read, FieldFault):
            yield f"{_kind(document)}: {read.path.removeprefix('$.')}: {read.reason}"


def _wrong_state(document: wire.SalesStateDoc) -> Iterator[str]:
    if not 1 <= len(document.of) <= ID_LENGTH_MAX:
        yield "sales_state: of: it names no document"
    if document.state == "open":
        yield "sales_state: state: what was closed does not open again"


def _id(document: wire.Document) -> str:
    return str(getattr(document, _PLACES[type(document)][1]))


def _kind(document: wire.Document) -> str:
    return str(document.__struct_config__.tag)


def _fields(document: wire.Document, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(document, name) for name in names}
