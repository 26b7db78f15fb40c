"""Which shops are closed, and who signed in last where. No queries."""

from __future__ import annotations

from sqlalchemy import Column, Table

from backoffice.store.columns import Words, metadata, of_company

# A shop that sells no more: its data and its documents stay.
closed_shop = Table(
    "closed_shop",
    metadata,
    of_company(is_key=True),
    Column("shop", Words(64), primary_key=True),
    Column("closed_at", Words(32), nullable=False),
)

# The last sign-in of each operator in a shop, as the tills told it.
sign_in = Table(
    "sign_in",
    metadata,
    of_company(is_key=True),
    Column("shop", Words(64), primary_key=True),
    Column("operator", Words(64), primary_key=True),
    Column("at", Words(32), nullable=False),
    Column("terminal", Words(64), nullable=False),
)
