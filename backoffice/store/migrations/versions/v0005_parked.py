"""Step 5: parked receipts that the tills of a shop share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "parked_receipt",
        sa.Column("company", sa.String(length=64), nullable=False),
        sa.Column("share", sa.String(length=64), nullable=False),
        sa.Column("shop", sa.String(length=64), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("offered_at", sa.String(length=32), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("taken_by", sa.String(length=64), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("company", "share", name=op.f("pk_parked_receipt")),
    )
    op.create_index(
        "ix_parked_receipt_shop", "parked_receipt", ["company", "shop", "taken_by"], unique=False
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("parked_receipt")
