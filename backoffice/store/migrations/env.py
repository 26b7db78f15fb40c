"""Alembic's way into the open transaction that ``upgrade`` hands over. Online only."""

from __future__ import annotations

from alembic import context

from backoffice.store.tables import company

# Batch mode: SQLite cannot alter a column, so a step copies the table there.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=company.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
