"""Step 4: which document a receipt was, and the number of an invoice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what is there already are receipts."""
    word = sa.Column("document", sa.String(length=16), nullable=False, server_default="receipt")
    number = sa.Column("invoice_no", sa.BigInteger(), nullable=False, server_default="0")
    op.add_column("receipt", word)
    op.add_column("receipt", number)


def downgrade() -> None:
    """Drop them."""
    op.drop_column("receipt", "invoice_no")
    op.drop_column("receipt", "document")
