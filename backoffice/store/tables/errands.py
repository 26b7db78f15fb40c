"""What the office asks of its tills, the logs they sent, and when they were heard. No queries."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from backoffice.store.columns import Prose, Words, metadata, of_company

# What somebody at the office asked a till to do, and what the till said of it last.
errand = Table(
    "errand",
    metadata,
    of_company(is_key=True),
    Column("id", Words(36), primary_key=True),
    Column("terminal", Words(64), nullable=False),
    Column("kind", Words(16), nullable=False),
    Column("what", Words(32), nullable=False),
    Column("asked_at", Words(32), nullable=False),
    Column("asked_by", Words(200), nullable=False),
    Column("expires_at", Words(32), nullable=False),
    Column("state", Words(16), nullable=False),
    Column("told_at", Words(32), nullable=False),
    Column("why", Words(200), nullable=False),
    Index("ix_errand_terminal", "company", "terminal", "asked_at"),
)

# What a till sent when it was asked for its log, under the errand that asked for it.
till_log = Table(
    "till_log",
    metadata,
    of_company(is_key=True),
    Column("errand", Words(36), primary_key=True),
    Column("terminal", Words(64), nullable=False),
    Column("at", Words(32), nullable=False),
    Column("checks", Prose, nullable=False),
    Column("log", Prose, nullable=False),
)

# What came from a till and went to it: one row for each kind in a quarter of an hour.
contact = Table(
    "contact",
    metadata,
    of_company(is_key=True),
    Column("terminal", Words(64), primary_key=True),
    Column("since", Words(32), primary_key=True),
    Column("kind", Words(16), primary_key=True),
    Column("what", Words(32), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("last_at", Words(32), nullable=False),
    Index("ix_contact_since", "company", "since"),
)
