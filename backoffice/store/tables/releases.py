"""Which version is rolled out to whom, and what became of it at each till. No queries."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, Table

from backoffice.store.columns import Prose, Words, metadata, of_company

# One row for each group of terminals, and one called "" for those whose group has none.
rollout = Table(
    "rollout",
    metadata,
    of_company(is_key=True),
    Column("group_name", Words(64), primary_key=True),
    Column("version", Words(64), nullable=False),
    Column("before", Words(64), nullable=False),
    Column("percent", Integer, nullable=False),
    Column("is_paused", Boolean, nullable=False),
    Column("is_forced", Boolean, nullable=False),
    Column("may_go_back", Boolean, nullable=False),
    Column("changed_at", Words(32), nullable=False),
)

# What a till told of its updates last; the events themselves lie in the journal.
update_state = Table(
    "update_state",
    metadata,
    of_company(is_key=True),
    Column("terminal", Words(64), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("event", Words(32), nullable=False),
    Column("version", Words(64), nullable=False),
    Column("at", Words(40), nullable=False),
    Column("reason", Words(200), nullable=False),
    Column("prepared", Words(64), nullable=False),
    Column("barred", Prose, nullable=False),
)
