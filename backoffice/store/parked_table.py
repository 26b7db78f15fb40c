"""The table of the parked receipts that tills share. No queries here."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from backoffice.store.columns import Words, metadata, of_company

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
