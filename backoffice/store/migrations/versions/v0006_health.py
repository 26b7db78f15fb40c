"""Step 6: what a heartbeat tells of database, fiscal memory and disk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column(
        "terminal", sa.Column("database", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("terminal", sa.Column("reports_left", sa.Integer()))
    op.add_column("terminal", sa.Column("disk_free_mib", sa.Integer()))


def downgrade() -> None:
    """Drop them."""
    for name in ("disk_free_mib", "reports_left", "database"):
        op.drop_column("terminal", name)
