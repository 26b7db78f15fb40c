"""Step 18: documents made in the field, and the contents of attachments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "field_document",
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("rid", sa.String(64), nullable=False),
        sa.Column("terminal", sa.String(64), nullable=False),
        sa.Column("shop", sa.String(64), nullable=False),
        sa.Column("set_name", sa.String(32), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("fate", sa.String(16), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("company", "rid", name="pk_field_document"),
    )
    op.create_index(
        "ix_field_document_row", "field_document", ["company", "shop", "set_name", "id"]
    )
    op.create_table(
        "attachment_content",
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("company", "sha256", name="pk_attachment_content"),
    )
    op.create_table(
        "attachment_chunk",
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("company", "sha256", "start", name="pk_attachment_chunk"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("attachment_chunk")
    op.drop_table("attachment_content")
    op.drop_table("field_document")
