"""Step 7: groups of terminals, roll-outs of versions to them, and what became of those.

What the office wished of all its tills until now is a roll-out to all of them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_WISHED = """
INSERT INTO rollout (company, group_name, version, before, percent, is_paused, is_forced,
                     may_go_back, changed_at)
SELECT company, '', value, '', 100, false, false, false, '' FROM office_setting
WHERE name = 'release' AND value <> ''
"""


def upgrade() -> None:
    """Add the column and make the tables."""
    op.add_column(
        "terminal",
        sa.Column("group_name", sa.String(length=64), nullable=False, server_default=""),
    )
    op.create_table(
        "rollout",
        sa.Column("company", sa.String(length=64), nullable=False),
        sa.Column("group_name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("is_forced", sa.Boolean(), nullable=False),
        sa.Column("may_go_back", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("company", "group_name", name=op.f("pk_rollout")),
    )
    op.create_table(
        "update_state",
        sa.Column("company", sa.String(length=64), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("prepared", sa.String(length=64), nullable=False),
        sa.Column("barred", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("company", "terminal", name=op.f("pk_update_state")),
    )
    op.execute(_WISHED)


def downgrade() -> None:
    """Drop them; the wish of before is where it was."""
    op.drop_table("update_state")
    op.drop_table("rollout")
    op.drop_column("terminal", "group_name")
