"""What somebody at the office asks of a till, until the till has told its end. No HTTP.

An errand is named in each answer to a heartbeat, so an answer that is lost loses nothing; the till
does it once and tells by documents, which come once. The same thing is not asked twice at a time.
What a till has not done within a day is not named any more, and the till drops it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from backoffice.errors import BadRequest, NotFound
from backoffice.moments import stamp
from backoffice.store.columns import Words
from backoffice.store.tables import errand, terminal
from terminal.sync import wire
from terminal.sync.wire import ErrandKind, ErrandState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Row

LIFE = timedelta(days=1)
WAITING, EXPIRED = "waiting", "expired"
_OPEN = (WAITING, ErrandState.TAKEN)
_ENDS = frozenset({ErrandState.DONE, ErrandState.REFUSED})
_LENGTHS = {
    column.name: column.type.length for column in errand.c if isinstance(column.type, Words)
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One errand as the page shows it; ``why`` is the reason of a till that refused it."""

    id: str
    terminal: str
    kind: str
    what: str
    asked_at: str
    asked_by: str
    state: str
    told_at: str
    why: str

    @property
    def is_open(self) -> bool:
        """Whether the till has still to tell its end."""
        return self.state in _OPEN


def ask(
    connection: Connection, terminal_id: str, kind: str, what: str, asked_by: str, moment: datetime
) -> str:
    """Ask a till for something and give the errand's id; what is asked already is not asked again.

    Raises ``NotFound`` for no such till, ``BadRequest`` for what no till does.
    """
    if kind not in set(ErrandKind):
        raise BadRequest(detail=f"$.kind: expected one of {', '.join(ErrandKind)}")
    if (what not in wire.RELOADS) if kind == ErrandKind.RELOAD else what:
        raise BadRequest(detail="$.what: expected a data set to load anew, or all")
    here = select(terminal.c.id).where(terminal.c.id == terminal_id)
    # Whoever presses the button at the same time waits.
    if connection.execute(here.with_for_update()).first() is None:
        raise NotFound(detail=f"no terminal {terminal_id!r}")
    same = errand.c.kind == kind, errand.c.what == what
    known = connection.scalar(select(errand.c.id).where(_is_open(terminal_id, moment), *same))
    if known is not None:
        return str(known)
    row = {
        "id": str(uuid.uuid4()),
        "terminal": terminal_id,
        "kind": kind,
        "what": what,
        "asked_at": stamp(moment),
        "asked_by": asked_by[: _LENGTHS["asked_by"]],
        "expires_at": stamp(moment + LIFE),
        "state": WAITING,
        "told_at": "",
        "why": "",
    }
    connection.execute(insert(errand).values(row))
    return str(row["id"])


def named(connection: Connection, terminal_id: str, moment: datetime) -> list[wire.Errand]:
    """What a till shall hear now, the oldest first."""
    columns = errand.c.id, errand.c.kind, errand.c.what
    chosen = select(*columns).where(_is_open(terminal_id, moment))
    rows = connection.execute(chosen.order_by(errand.c.asked_at, errand.c.id))
    return [wire.Errand(*row) for row in rows]


def learn(connection: Connection, terminal_id: str, document: object, at: str) -> None:
    """Keep what an event tells of an errand of this till; a state never goes back."""
    if not isinstance(document, wire.EventDoc) or document.name != wire.ERRAND:
        return
    told = {name: document.detail.get(name) for name in ("errand", "state", "why")}
    if not isinstance(told["errand"], str) or told["state"] not in set(ErrandState):
        return
    before = _OPEN if told["state"] in _ENDS else (WAITING,)
    why = told["why"] if isinstance(told["why"], str) else ""
    connection.execute(
        update(errand)
        .where(errand.c.id == told["errand"], errand.c.terminal == terminal_id)
        .where(errand.c.state.in_(before))
        .values(state=told["state"], told_at=at, why=why[: _LENGTHS["why"]])
    )


def of_terminal(
    connection: Connection, terminal_id: str, moment: datetime, limit: int = 20
) -> list[Asked]:
    """The latest errands of a till, newest first."""
    chosen = select(errand).where(errand.c.terminal == terminal_id)
    newest = chosen.order_by(errand.c.asked_at.desc(), errand.c.id).limit(limit)
    return [_asked(row, stamp(moment)) for row in connection.execute(newest)]


def open_ones(connection: Connection, moment: datetime) -> Sequence[Row[Any, Any]]:
    """Till and kind of each errand that waits for its end."""
    chosen = select(errand.c.terminal, errand.c.kind).where(
        errand.c.state.in_(_OPEN), errand.c.expires_at > stamp(moment)
    )
    return connection.execute(chosen).all()


def _is_open(terminal_id: str, moment: datetime) -> ColumnElement[bool]:
    return (
        (errand.c.terminal == terminal_id)
        & errand.c.state.in_(_OPEN)
        & (errand.c.expires_at > stamp(moment))
    )


def _asked(row: Any, now: str) -> Asked:  # noqa: ANN401 (a row of a query)
    is_late = row.state in _OPEN and row.expires_at <= now
    state = EXPIRED if is_late else row.state
    values = {name: getattr(row, name) for name in Asked.__slots__}
    return Asked(**values | {"state": state})
