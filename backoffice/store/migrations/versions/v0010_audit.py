"""Step 10: the audit trail says who, in which shop, and how it was before and after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_COLUMNS = {
    "account": sa.String(64),
    "name": sa.String(128),
    "shop": sa.String(64),
    "what": sa.String(256),
    "before": sa.Text(),
    "after": sa.Text(),
}


def upgrade() -> None:
    """Add the columns, and the index that a thing's history is found by."""
    for name, kind in _COLUMNS.items():
        op.add_column("audit", sa.Column(name, kind, nullable=False, server_default=""))
    op.create_index("ix_audit_what", "audit", ["company", "what", "shop", "id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_audit_what", "audit")
    for name in reversed(_COLUMNS):
        op.drop_column("audit", name)
