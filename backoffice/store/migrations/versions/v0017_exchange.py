"""Step 17: sales channels with their shops, and how far each exchange has come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; a shop that is not listed is of the main channel."""
    op.create_table(
        "sales_channel",
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("connector", sa.String(64), nullable=False),
        sa.Column("pattern_shop", sa.String(64), nullable=False),
        sa.Column("duplicates", sa.String(8), nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("company", "id", name="pk_sales_channel"),
    )
    op.create_table(
        "shop_channel",
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("shop", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("company", "shop", name="pk_shop_channel"),
    )
    exchange = ("company", "channel", "way", "object_name", "shop")
    op.create_table(
        "exchange_mark",
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("object_name", sa.String(32), nullable=False),
        sa.Column("shop", sa.String(64), nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint(*exchange, name="pk_exchange_mark"),
    )
    op.create_table(
        "exchange_link",
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("set_name", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("their_id", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("company", "channel", "set_name", "id", name="pk_exchange_link"),
    )
    theirs = ["company", "channel", "set_name", "their_id"]
    op.create_index("ix_exchange_link_theirs", "exchange_link", theirs)
    _make_working_tables()


def downgrade() -> None:
    """Drop them."""
    working = ("exchange_later", "exchange_seen")
    for table in (*working, "exchange_link", "exchange_mark", "shop_channel", "sales_channel"):
        op.drop_table(table)


def _make_working_tables() -> None:
    op.create_table(
        "exchange_seen",
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("job", sa.String(64), nullable=False),
        sa.Column("set_name", sa.String(32), nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("ids", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("company", "job", "set_name", "step", name="pk_exchange_seen"),
    )
    later = ("company", "channel", "set_name", "id", "shop")
    op.create_table(
        "exchange_later",
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("set_name", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("shop", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint(*later, name="pk_exchange_later"),
    )
