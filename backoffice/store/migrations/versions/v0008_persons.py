"""Step 8: what documents told of persons, apart from the journals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "person",
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("keep_until", sa.String(10), nullable=False),
        sa.Column("erased_at", sa.String(32)),
        sa.PrimaryKeyConstraint("company", "rid", name="pk_person"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("person")
