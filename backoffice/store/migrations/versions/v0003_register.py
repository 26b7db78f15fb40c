"""Step 3: the registers of returns and corrections, and receipts by their bar code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from terminal.sync.wire import code_of

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ROWS = 1000


def upgrade() -> None:
    """Make the table; give the receipts that are there their codes."""
    op.add_column(
        "receipt", sa.Column("code", sa.String(length=20), nullable=False, server_default="")
    )
    op.create_index("ix_receipt_code", "receipt", ["company", "code"], unique=False)
    op.create_table(
        "register_entry",
        sa.Column("company", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("entry", sa.String(length=16), nullable=False),
        sa.Column("book", sa.String(length=16), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("receipt", sa.String(length=64), nullable=False),
        sa.Column("receipt_no", sa.BigInteger(), nullable=False),
        sa.Column("sold_at", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("operator", sa.String(length=64), nullable=False),
        sa.Column("goods", sa.String(length=200), nullable=False),
        sa.Column("total_gr", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint(
            "company",
            "terminal",
            "epoch",
            "seq",
            name=op.f("uq_register_entry_company_terminal_epoch_seq"),
        ),
    )
    op.create_index("ix_register_entry_receipt", "register_entry", ["company", "receipt"])
    op.create_index(
        "ix_register_entry_number", "register_entry", ["company", "terminal", "book", "number"]
    )
    _give_codes(op.get_bind())


def downgrade() -> None:
    """Drop the table and the codes."""
    op.drop_table("register_entry")
    op.drop_index("ix_receipt_code", "receipt")
    op.drop_column("receipt", "code")


def _give_codes(connection: sa.Connection) -> None:
    chosen = sa.text(
        "SELECT r.id, e.rid FROM receipt r JOIN journal_entry e ON e.company = r.company"
        " AND e.terminal = r.terminal AND e.epoch = r.epoch AND e.seq = r.seq"
        " WHERE r.id > :after ORDER BY r.id LIMIT :rows"
    )
    written = sa.text("UPDATE receipt SET code = :code WHERE id = :id")
    after = 0
    while rows := connection.execute(chosen, {"after": after, "rows": _ROWS}).all():
        connection.execute(written, [{"id": row.id, "code": code_of(row.rid)} for row in rows])
        after = rows[-1].id
