"""What the office keeps for itself and between tills. No queries."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from backoffice.store.columns import Prose, Words, metadata, of_company

office_setting = Table(
    "office_setting",
    metadata,
    of_company(is_key=True),
    Column("name", Words(32), primary_key=True),
    Column("value", Prose, nullable=False),
)

# Who did what, and how it was before and after, as JSON; never what a token or a PIN was.
# ``account`` is empty for the administrator's token and for what happens by itself.
audit = Table(
    "audit",
    metadata,
    of_company(),
    Column("id", Integer, primary_key=True),
    Column("at", Words(32), nullable=False),
    Column("act", Words(64), nullable=False),
    Column("detail", Prose, nullable=False),
    Column("account", Words(64), nullable=False, server_default=""),
    Column("name", Words(128), nullable=False, server_default=""),
    Column("shop", Words(64), nullable=False, server_default=""),
    Column("what", Words(256), nullable=False, server_default=""),
    Column("before", Text, nullable=False, server_default=""),
    Column("after", Text, nullable=False, server_default=""),
    Index("ix_audit_what", "company", "what", "shop", "id"),
)

# Parked receipts that the tills of a shop share: each is taken once, and then kept for a while, so
# that an answer that was lost can be given again.
parked_receipt = Table(
    "parked_receipt",
    metadata,
    of_company(is_key=True),
    Column("share", Words(64), primary_key=True),
    Column("shop", Words(64), nullable=False),
    Column("terminal", Words(64), nullable=False),
    Column("offered_at", Words(32), nullable=False),
    Column("head", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("taken_by", Words(64), nullable=False),
    Column("request", Words(64), nullable=False),
    Column("taken_at", Words(32), nullable=False),
    Index("ix_parked_receipt_shop", "company", "shop", "taken_by"),
)
