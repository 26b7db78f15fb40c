"""The audit trail: who changed what, when, and how it was before and after. Secrets never go in.

A change is noted in the transaction that makes it: both are there, or neither is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import insert, select, update

from backoffice.moments import stamp
from backoffice.store.tables import audit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from backoffice.actor import Actor

_SECRET = frozenset({"pin_hash", "password_hash"})


def record(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    act: str,
    what: str,
    shop: str = "",
    before: object = None,
    after: object = None,
    *,
    detail: str = "",
) -> int:
    """Note what ``actor`` did; ``before`` and ``after`` are whatever JSON can hold. Its number."""
    row = {
        "at": stamp(moment),
        "act": act,
        "detail": detail or (f"{what} in {shop}" if shop else what),
        "account": actor.account,
        "name": actor.name,
        "shop": shop,
        "what": what,
        "before": as_text(before),
        "after": as_text(after),
    }
    done = connection.execute(insert(audit).values(**row).returning(audit.c.id))
    return int(done.scalar_one())


def history(
    connection: Connection, what: str, shop: str, limit: int, before: int = 0
) -> Sequence[Row[Any]]:
    """Changes of one thing, newest first; with ``before`` those older than that number."""
    chosen = select(audit).where(audit.c.what == what, audit.c.shop == shop)
    if before:
        chosen = chosen.where(audit.c.id < before)
    return connection.execute(chosen.order_by(audit.c.id.desc()).limit(limit)).all()


def forget(connection: Connection, what: str, shop: str) -> None:
    """Keep that a thing was changed, and by whom, but not what it said."""
    here = (audit.c.what == what, audit.c.shop == shop)
    connection.execute(update(audit).where(*here).values(before="", after=""))


def as_text(value: object) -> str:
    """JSON without secrets; empty for nothing."""
    return "" if value is None else msgspec.json.encode(_without(value)).decode()


def secrets_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """What ``as_text`` leaves out of a row."""
    return {key: value for key, value in row.items() if key in _SECRET}


def _without(value: object) -> object:
    if isinstance(value, dict):
        kept: Iterable[tuple[Any, Any]] = ((k, v) for k, v in value.items() if k not in _SECRET)
        return {key: _without(part) for key, part in kept}
    return [_without(part) for part in value] if isinstance(value, list | tuple) else value
