"""Which shops are served together, and how far each exchange with another program has come."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table

from backoffice.store.columns import Prose, Words, metadata, of_company

# Shops that one other program, or one pattern shop, brings the same data to.
sales_channel = Table(
    "sales_channel",
    metadata,
    of_company(is_key=True),
    Column("id", Words(32), primary_key=True),
    Column("name", Words(40), nullable=False),
    Column("connector", Words(64), nullable=False),
    Column("pattern_shop", Words(64), nullable=False),
    Column("duplicates", Words(8), nullable=False),
    Column("is_active", Boolean, nullable=False),
)

# The channel of a shop; one that is not listed is of the main channel.
shop_channel = Table(
    "shop_channel",
    metadata,
    of_company(is_key=True),
    Column("shop", Words(64), primary_key=True),
    Column("channel", Words(32), nullable=False),
)

# Up to where an object was exchanged: the other program's own word, or revisions.
exchange_mark = Table(
    "exchange_mark",
    metadata,
    of_company(is_key=True),
    Column("channel", Words(32), primary_key=True),
    Column("way", Words(16), primary_key=True),
    Column("object_name", Words(32), primary_key=True),
    Column("shop", Words(64), primary_key=True),
    Column("mark", Prose, nullable=False),
)

# What a row was when it was last exchanged, either way, and what the other program calls it.
exchange_link = Table(
    "exchange_link",
    metadata,
    of_company(is_key=True),
    Column("channel", Words(32), primary_key=True),
    Column("set_name", Words(32), primary_key=True),
    Column("id", Words(64), primary_key=True),
    Column("digest", Words(64), nullable=False),
    Column("their_id", Words(200), nullable=False),
    Index("ix_exchange_link_theirs", "company", "channel", "set_name", "their_id"),
)

# What the other program listed so far, the ids of one batch in a row: until the job is over.
exchange_seen = Table(
    "exchange_seen",
    metadata,
    of_company(is_key=True),
    Column("job", Words(64), primary_key=True),
    Column("set_name", Words(32), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("ids", Prose, nullable=False),
)

# A row that did not fit into a shop when it came, and is tried again; no body: one to be removed.
exchange_later = Table(
    "exchange_later",
    metadata,
    of_company(is_key=True),
    Column("channel", Words(32), primary_key=True),
    Column("set_name", Words(32), primary_key=True),
    Column("id", Words(64), primary_key=True),
    Column("shop", Words(64), primary_key=True),
    Column("body", Prose, nullable=False),
    Column("place", Words(200), nullable=False),
)
