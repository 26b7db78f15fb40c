"""What is done outside the shop: orders, quotes, visits, notes and attachments. No I/O.

The rows come from the office; the documents are what a seller wrote, each once, never changed: a
change is one more document that names what it changes.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from terminal.sync.wire.rows import Day, Grosze, Id, Letter

# A file beyond it is refused where it is chosen; a piece of it travels in one request.
ATTACHMENT_BYTES_MAX = 10 * 1024 * 1024
CHUNK_BYTES_MAX = 256 * 1024
SHA256_PATTERN = "^[0-9a-f]{64}$"

# The trade's own abbreviations: zamówienie sprzedaży, oferta sprzedaży.
SalesType = Literal["ZS", "OS"]
SalesState = Literal["open", "realised", "cancelled"]
VisitState = Literal["planned", "done", "cancelled"]
About = Literal["customer", "product", "sales_document", "visit"]
AttachmentKind = Literal["file", "note"]
Name = Annotated[str, Meta(min_length=1, max_length=120)]
Moment = Annotated[str, Meta(max_length=40)]
Note = Annotated[str, Meta(max_length=2000)]
# The name of a file without any folder; whoever writes it to a disk gives it another one.
FileName = Annotated[str, Meta(max_length=120, pattern=r"^[^/\\\x00-\x1f]*$")]
Sha256 = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$")]


class Representative(Struct, frozen=True):
    """Someone who sells outside the shop; ``user`` is the operator they are at a till, if any."""

    id: Id
    name: Name
    user: str = ""
    phone: Annotated[str, Meta(max_length=24)] = ""
    email: Annotated[str, Meta(max_length=120)] = ""
    is_active: bool = True


class SalesLine(Struct, frozen=True):
    """A line of an order or a quote: names and prices are a snapshot that protects history."""

    product: str
    name: str
    unit: str
    vat: Letter
    qty_milli: Annotated[int, Meta(ge=1, le=999_999_999)]
    price_gr: Grosze
    gross_gr: Grosze
    percent_bp: Annotated[int, Meta(ge=0, le=9_999)] = 0
    plu: str = ""
    barcode: str = ""
    precision: Annotated[int, Meta(ge=0, le=3)] = 3


class SalesDocument(Struct, frozen=True):
    """An order (ZS) or a quote (OS); ``due`` is the day of delivery, or until when a quote holds.

    ``from_quote`` is the quote that it was made of, ``receipt`` the receipt that fulfilled it.
    """

    id: Id
    type: SalesType
    number: Annotated[str, Meta(min_length=1, max_length=40)]
    customer: Id
    issued_at: Moment
    total_gr: Grosze
    lines: Annotated[list[SalesLine], Meta(min_length=1, max_length=500)]
    due: Day = ""
    state: SalesState = "open"
    note: Note = ""
    representative: str = ""
    from_quote: str = ""
    receipt: str = ""


class Visit(Struct, frozen=True):
    """A sales visit; ``at`` is when it is planned, ``next_visit`` the one agreed upon in it."""

    id: Id
    customer: Id
    at: Moment
    subject: Annotated[str, Meta(max_length=120)] = ""
    minutes: Annotated[int, Meta(ge=0, le=1440)] = 30
    representative: str = ""
    state: VisitState = "planned"
    began_at: Moment = ""
    ended_at: Moment = ""
    note: Note = ""
    next_visit: str = ""


class Attachment(Struct, frozen=True):
    """A file or a note about something; the file's bytes travel apart, by their ``sha256``."""

    id: Id
    about: About
    of: Id
    kind: AttachmentKind
    at: Moment
    name: FileName = ""
    size: Annotated[int, Meta(ge=0, le=ATTACHMENT_BYTES_MAX)] = 0
    sha256: Sha256 = ""
    media_type: Annotated[str, Meta(max_length=100)] = ""
    text: Note = ""


class CustomerEditDoc(Struct, frozen=True, tag_field="kind", tag="customer_edit"):
    """A customer as changed at the till; ``customer`` is the id, the rest is all of them."""

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    customer: str
    name: str
    nip: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    is_potential: bool = False
    operator_id: str = ""
    person: str = ""


class SalesDoc(Struct, frozen=True, tag_field="kind", tag="sales_document"):
    """An order or a quote as it was written; ``rid`` is its id from then on."""

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    operator_id: str
    type: SalesType
    number: str
    customer: str
    total_gr: int
    lines: list[SalesLine]
    due: str = ""
    note: str = ""
    representative: str = ""
    from_quote: str = ""
    visit: str = ""


class SalesStateDoc(Struct, frozen=True, tag_field="kind", tag="sales_state"):
    """What became of an order or a quote, ``of``; a receipt that fulfils one says so itself."""

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    operator_id: str
    of: str
    state: SalesState
    reason: str = ""


class VisitDoc(Struct, frozen=True, tag_field="kind", tag="visit"):
    """A visit that was planned, made or given up; ``visit`` is its id in each of its documents."""

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    operator_id: str
    visit: str
    customer: str
    planned_at: str
    state: VisitState
    subject: str = ""
    minutes: int = 30
    representative: str = ""
    began_at: str = ""
    ended_at: str = ""
    note: str = ""
    next_visit: str = ""


class AttachmentDoc(Struct, frozen=True, tag_field="kind", tag="attachment"):
    """A file or a note that was added at the till; ``rid`` is its id from then on."""

    rid: str
    terminal: str
    shop: str
    at: str
    operator: str
    operator_id: str
    about: About
    of: str
    # `kind` is the word that tells documents apart.
    sort: AttachmentKind
    name: str = ""
    size: int = 0
    sha256: str = ""
    media_type: str = ""
    text: str = ""


class Held(Struct, frozen=True):
    """How much of a file the office has; ``is_whole`` once all of it is there and its hash fits."""

    sha256: str
    received: int
    is_whole: bool
