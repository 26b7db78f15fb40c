"""Records on their way to the other program that are not there yet. No queries here."""

from __future__ import annotations

from sqlalchemy import Column, PrimaryKeyConstraint, Table

from backoffice.store.columns import Prose, Words, metadata, of_company

# One row a record that was handed over without an answer, was refused, or waits. ``digest`` and
# ``send_key`` are those of the content that this was about. What got through has a link instead.
exchange_unsent = Table(
    "exchange_unsent",
    metadata,
    of_company(),
    Column("channel", Words(64), nullable=False),
    Column("set_name", Words(32), nullable=False),
    Column("shop", Words(64), nullable=False),
    Column("id", Words(64), nullable=False),
    Column("state", Words(8), nullable=False),
    Column("digest", Words(64), nullable=False),
    Column("send_key", Words(64), nullable=False),
    Column("reason", Prose, nullable=False),
    PrimaryKeyConstraint("company", "channel", "set_name", "shop", "id"),
)
