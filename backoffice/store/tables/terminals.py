"""Companies and their tills. No queries."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Table

from backoffice.store.columns import Words, metadata, of_company

company = Table(
    "company",
    metadata,
    Column("id", Words(64), primary_key=True),
    Column("name", Words(256), nullable=False),
    Column("created_at", Words(32), nullable=False),
)

# One row per till; epoch 0 was invited but never enrolled. The last heartbeat lies in the same row.
terminal = Table(
    "terminal",
    metadata,
    of_company(is_key=True),
    Column("id", Words(64), primary_key=True),
    Column("shop", Words(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("key_id", Words(32), unique=True),
    Column("public_key", Words(44)),
    Column("is_blocked", Boolean, nullable=False, default=False),
    Column("enrolled_at", Words(32)),
    Column("seen_at", Words(32)),
    Column("version", Words(64), nullable=False, default=""),
    Column("unsent", Integer, nullable=False, default=0),
    Column("oldest_unsent_at", Words(40), nullable=False, default=""),
    Column("day", Words(64), nullable=False, default=""),
    Column("printer", Words(200), nullable=False, default=""),
    Column("operator", Words(64), nullable=False, default=""),
    Column("database", Integer, nullable=False, server_default="0"),
    Column("reports_left", Integer),
    Column("disk_free_mib", Integer),
    Column("group_name", Words(64), nullable=False, server_default=""),
    # How far its clock is ahead, and the revision of each data set in force there, as JSON.
    Column("clock_off_s", Integer),
    Column("sets", Words(1000), nullable=False, server_default=""),
)

# Signatures that were used, for as long as they would still be good.
nonce = Table(
    "nonce",
    metadata,
    of_company(is_key=True),
    Column("key_id", Words(32), primary_key=True),
    Column("nonce", Words(64), primary_key=True),
    Column("expires_at", Words(32), nullable=False),
)

enrolment_code = Table(
    "enrolment_code",
    metadata,
    of_company(),
    Column("code_hash", Words(64), primary_key=True),
    Column("terminal", Words(64), nullable=False, index=True),
    Column("shop", Words(64), nullable=False),
    Column("expires_at", Words(32), nullable=False),
    Column("used_at", Words(32)),
)
