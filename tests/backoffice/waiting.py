"""Two at once, in a known order: waits until the second stands before what the first holds."""

from __future__ import annotations

import time

from sqlalchemy import text

from backoffice.store.engine import reading

_PATIENCE_S = 30
_WAITING = text(
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN"
    " (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
)


def until_somebody_waits(engine):
    """On SQLite at once: there a whole transaction waits for the other, whatever it does."""
    until = time.monotonic() + _PATIENCE_S
    while engine.dialect.name == "postgresql":
        with reading(engine) as database:
            if database.scalar(_WAITING):
                return
        assert time.monotonic() < until, "nobody waits"
        time.sleep(0.01)
