"""Step 12: what the office asks of tills, their logs and contacts, which data they have."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and make the tables."""
    op.add_column("terminal", sa.Column("clock_off_s", sa.Integer()))
    op.add_column("terminal", sa.Column("sets", sa.String(1000), nullable=False, server_default=""))
    op.create_table(
        "errand",
        *_words(company=64, id=36, terminal=64, kind=16, what=32),
        *_words(asked_at=32, asked_by=200, expires_at=32),
        *_words(state=16, told_at=32, why=200),
        sa.PrimaryKeyConstraint("company", "id", name="pk_errand"),
    )
    op.create_index("ix_errand_terminal", "errand", ["company", "terminal", "asked_at"])
    op.create_table(
        "till_log",
        *_words(company=64, errand=36, terminal=64, at=32),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("company", "errand", name="pk_till_log"),
    )
    op.create_table(
        "contact",
        *_words(company=64, terminal=64, since=32, kind=16, what=32),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        *_words(last_at=32),
        sa.PrimaryKeyConstraint(
            *("company", "terminal", "since", "kind", "what"), name="pk_contact"
        ),
    )
    op.create_index("ix_contact_since", "contact", ["company", "since"])
    op.create_index(
        "ix_verdict_rejected",
        "verdict",
        ["company", "terminal"],
        sqlite_where=sa.text("is_accepted IS 0"),
        postgresql_where=sa.text("is_accepted IS false"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_verdict_rejected", "verdict")
    for table in ("contact", "till_log", "errand"):
        op.drop_table(table)
    for name in ("sets", "clock_off_s"):
        op.drop_column("terminal", name)


def _words(**lengths: int) -> list[sa.Column[str]]:
    """Columns of short text."""
    return [sa.Column(name, sa.String(it), nullable=False) for name, it in lengths.items()]
