"""Step 15: shops that are closed, and the last sign-in of each operator, out of the journals."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Iterator

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None

_AT_A_TIME = 2000


def upgrade() -> None:
    """Make both tables, and fill the second from the events that have come."""
    op.create_table(
        "closed_shop",
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("shop", sa.String(64), nullable=False),
        sa.Column("closed_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("company", "shop", name="pk_closed_shop"),
    )
    sign_in = op.create_table(
        "sign_in",
        sa.Column("company", sa.String(64), nullable=False),
        sa.Column("shop", sa.String(64), nullable=False),
        sa.Column("operator", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("terminal", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("company", "shop", "operator", name="pk_sign_in"),
    )
    last: dict[tuple[str, str, str], dict[str, str]] = {}
    for row in _logins():
        key = row["company"], row["shop"], row["operator"]
        if key not in last or row["at"] > last[key]["at"]:
            last[key] = row
    if last:
        op.bulk_insert(sign_in, list(last.values()))


def downgrade() -> None:
    """Drop both."""
    op.drop_table("sign_in")
    op.drop_table("closed_shop")


def _logins() -> Iterator[dict[str, str]]:
    """Each sign-in of the journals; a document that cannot be read is none."""
    connection = op.get_bind()
    entry = sa.table(
        "journal_entry",
        *(sa.column(name) for name in ("company", "terminal", "body", "kind", "received_at")),
    )
    chosen = sa.select(entry.c.company, entry.c.terminal, entry.c.body, entry.c.received_at)
    logins = entry.c.kind == "event", entry.c.body.like('%"name":"login"%')
    found = connection.execute(chosen.where(*logins), execution_options={"yield_per": _AT_A_TIME})
    for row in found:
        body = _object(row.body)
        detail = body.get("detail")
        user = detail.get("user") if isinstance(detail, dict) else None
        shop = body.get("shop")
        if not (isinstance(user, str) and user and isinstance(shop, str)):
            continue
        yield {
            "company": row.company,
            "shop": shop[:64].replace("\0", "\ufffd"),
            "operator": user[:64].replace("\0", "\ufffd"),
            "at": min(_stamp(body.get("at")) or row.received_at, row.received_at),
            "terminal": row.terminal,
        }


def _object(body: str) -> dict[str, Any]:
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _stamp(at: object) -> str:
    try:
        moment = datetime.fromisoformat(str(at))
        return moment.astimezone(UTC).isoformat(timespec="milliseconds") if moment.tzinfo else ""
    except (ValueError, OverflowError):
        return ""
