"""Who may enter the office: accounts, what proves them, and what they left open. No queries."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, Table, Text

from backoffice.store.columns import Words, metadata, of_company

# A login is written once on a server, whatever the company: it alone says which one is meant.
# ``shops`` is JSON, null for every shop. Without a password nobody enters yet. The second factor
# is on once a code was accepted, whose step of time is kept: no code is good twice.
account = Table(
    "account",
    metadata,
    of_company(),
    Column("id", Words(36), primary_key=True),
    Column("login", Words(128), nullable=False, unique=True),
    Column("name", Words(128), nullable=False),
    Column("password_hash", Words(200), nullable=False),
    Column("role", Words(16), nullable=False),
    Column("shops", Text, nullable=False),
    Column("language", Words(2), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("totp_secret", Words(64), nullable=False),
    Column("totp_step", BigInteger, nullable=False),
    Column("created_at", Words(32), nullable=False),
)

# Codes for whoever lost the phone; each is deleted when it is used.
recovery_code = Table(
    "recovery_code",
    metadata,
    of_company(),
    Column("code_hash", Words(64), primary_key=True),
    Column("account", Words(36), nullable=False, index=True),
)

# Who signed in, from where, and whether with all that is asked of the account.
web_session = Table(
    "web_session",
    metadata,
    of_company(),
    Column("id_hash", Words(64), primary_key=True),
    Column("account", Words(36), nullable=False, index=True),
    Column("is_whole", Boolean, nullable=False),
    Column("address", Words(64), nullable=False),
    Column("agent", Words(200), nullable=False),
    Column("started_at", Words(32), nullable=False),
    Column("seen_at", Words(32), nullable=False),
)

# What a program shows instead of a person: some of the rights of the account, for a while.
personal_token = Table(
    "personal_token",
    metadata,
    of_company(),
    Column("id", Integer, primary_key=True),
    Column("token_hash", Words(64), nullable=False, unique=True),
    Column("account", Words(36), nullable=False, index=True),
    Column("name", Words(64), nullable=False),
    Column("rights", Words(200), nullable=False),
    Column("made_at", Words(32), nullable=False),
    Column("expires_at", Words(32), nullable=False),
    Column("used_at", Words(32), nullable=False),
)

# A link that opens the door once; ``account`` is empty where one shall be made.
office_link = Table(
    "office_link",
    metadata,
    of_company(),
    Column("token_hash", Words(64), primary_key=True),
    Column("purpose", Words(16), nullable=False),
    Column("account", Words(36), nullable=False),
    Column("expires_at", Words(32), nullable=False),
)
