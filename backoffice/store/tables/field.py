"""What became of the documents made in the field, and the contents of attachments. No queries."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Table

from backoffice.store.columns import Words, metadata, of_company

# Each document that is meant to become a row, or to change one: once, whoever judges it again.
# One whose row has not come yet waits for it; the document itself lies in the journal.
field_document = Table(
    "field_document",
    metadata,
    of_company(is_key=True),
    Column("rid", Words(64), primary_key=True),
    Column("terminal", Words(64), nullable=False),
    Column("shop", Words(64), nullable=False),
    Column("set_name", Words(32), nullable=False),
    Column("id", Words(64), nullable=False),
    Column("fate", Words(16), nullable=False),
    Column("at", Words(32), nullable=False),
    Index("ix_field_document_row", "company", "shop", "set_name", "id"),
)

# The file behind an attachment, once for the whole company however many rows name it. ``size`` is
# what its sender said, ``at`` when something of it was touched last.
attachment_content = Table(
    "attachment_content",
    metadata,
    of_company(is_key=True),
    Column("sha256", Words(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("is_whole", Boolean, nullable=False),
    Column("at", Words(32), nullable=False),
)

# Its bytes, in the pieces in which they came; ``start`` is how many lie before one.
attachment_chunk = Table(
    "attachment_chunk",
    metadata,
    of_company(is_key=True),
    Column("sha256", Words(64), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
