"""Step 2: shifts of cashiers, and what each document did to a drawer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "cash_entry",
        *_place(),
        sa.Column("shift", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("operator", sa.String(length=64), nullable=False),
        sa.Column("amount_gr", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        *_keys("cash_entry"),
    )
    op.create_index("ix_cash_entry_shift", "cash_entry", ["company", "terminal", "shift"])
    op.create_table(
        "shift",
        *_place(),
        sa.Column("shift", sa.String(length=64), nullable=False),
        sa.Column("operator", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.String(length=40), nullable=False),
        sa.Column("closed_at", sa.String(length=40), nullable=False),
        sa.Column("opening_gr", sa.BigInteger(), nullable=True),
        sa.Column("expected_gr", sa.BigInteger(), nullable=False),
        sa.Column("counted_gr", sa.BigInteger(), nullable=True),
        sa.Column("difference_gr", sa.BigInteger(), nullable=False),
        sa.Column("total_gr", sa.BigInteger(), nullable=False),
        sa.Column("receipts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        *_keys("shift"),
    )
    op.create_index("ix_shift_shift", "shift", ["company", "terminal", "shift"])


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("shift")
    op.drop_table("cash_entry")


def _place() -> tuple[sa.Column[str] | sa.Column[int], ...]:
    return (
        sa.Column("company", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
    )


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    place = ("company", "terminal", "epoch", "seq")
    return (
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*place, name=op.f(f"uq_{table}_{'_'.join(place)}")),
    )
