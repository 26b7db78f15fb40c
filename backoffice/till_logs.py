"""The logs that tills sent when they were asked: kept for two weeks, shown, downloaded. No HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from backoffice.errors import NotFound, TooLarge
from backoffice.moments import stamp
from backoffice.store.tables import errand, till_log
from backoffice.store.upsert import upsert
from terminal.sync import wire

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row

KEPT_FOR = timedelta(days=14)


def keep(
    connection: Connection, terminal_id: str, errand_id: str, log: wire.TillLog, moment: datetime
) -> wire.LogKept:
    """Keep what a till sent for an errand, in place of what it sent before; forget old ones.

    Raises ``NotFound`` unless this till was asked for it, ``TooLarge`` beyond the agreed size.
    """
    if any(len(text.encode()) > wire.LOG_BYTES_MAX for text in (log.checks, log.log)):
        raise TooLarge(detail=f"more than {wire.LOG_BYTES_MAX} bytes of a log")
    wanted = errand.c.id == errand_id, errand.c.terminal == terminal_id
    is_log = errand.c.kind == wire.ErrandKind.SEND_LOG
    if connection.execute(select(errand.c.id).where(*wanted, is_log)).first() is None:
        raise NotFound(detail="nobody asked for this log")
    connection.execute(delete(till_log).where(till_log.c.at <= stamp(moment - KEPT_FOR)))
    row = {
        "errand": errand_id,
        "terminal": terminal_id,
        "at": stamp(moment),
        "checks": log.checks,
        "log": log.log,
    }
    upsert(connection, till_log, [row])
    return wire.LogKept(stamp(moment + KEPT_FOR))


def log_of(connection: Connection, terminal_id: str, errand_id: str, moment: datetime) -> Row[Any]:
    """One log; raises ``NotFound`` when it has not come or is not kept any more."""
    chosen = select(till_log).where(
        till_log.c.errand == errand_id,
        till_log.c.terminal == terminal_id,
        till_log.c.at > stamp(moment - KEPT_FOR),
    )
    row = connection.execute(chosen).first()
    if row is None:
        raise NotFound(detail="no such log: ask the till for it")
    return row


def kept_of(connection: Connection, terminal_id: str, moment: datetime) -> dict[str, str]:
    """When each log of a till came, by its errand."""
    chosen = select(till_log.c.errand, till_log.c.at).where(
        till_log.c.terminal == terminal_id, till_log.c.at > stamp(moment - KEPT_FOR)
    )
    return {row.errand: row.at for row in connection.execute(chosen)}
