"""When each operator signed in last at a till of a shop, as the tills tell it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from backoffice.moments import stamp
from backoffice.store.tables import sign_in
from backoffice.store.upsert import upsert
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Connection

_EVENT = "login"
_WORD_LENGTH_MAX = 64


def learn(connection: Connection, terminal: str, document: object, received_at: str) -> None:
    """Keep a sign-in; other documents say nothing. A till's clock that is ahead counts as now."""
    if not isinstance(document, wire.EventDoc) or document.name != _EVENT:
        return
    operator = document.detail.get("user")
    if not isinstance(operator, str) or not operator:
        return
    row = {
        "shop": document.shop[:_WORD_LENGTH_MAX],
        "operator": operator[:_WORD_LENGTH_MAX],
        "at": min(_moment(document.at) or received_at, received_at),
        "terminal": terminal,
    }
    here = sign_in.c.shop == row["shop"], sign_in.c.operator == row["operator"]
    known = connection.scalar(select(sign_in.c.at).where(*here))
    if known is None or known < row["at"]:
        upsert(connection, sign_in, [row])


def last(connection: Connection) -> dict[tuple[str, str], str]:
    """When each operator signed in last, by shop and id."""
    chosen = select(sign_in.c.shop, sign_in.c.operator, sign_in.c.at)
    return {(row.shop, row.operator): row.at for row in connection.execute(chosen)}


def _moment(at: str) -> str:
    """The till's time as the office stores it; empty for what is none."""
    try:
        moment = datetime.fromisoformat(at)
        return stamp(moment) if moment.tzinfo else ""
    except (ValueError, OverflowError):
        return ""
