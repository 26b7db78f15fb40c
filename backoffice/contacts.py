"""What came from each till and what went to it, by the quarter of an hour. No HTTP.

One row for each kind in a quarter, counted up in the transaction of what it counts: a till that
sells all day costs a few hundred rows, which go after a week. What a till did not ask for is not
here; whether it has the newest data it tells itself (``reach``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from backoffice.moments import stamp
from backoffice.store.tables import contact
from backoffice.store.upsert import count_up
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

KEPT_FOR = timedelta(days=7)
QUARTER_MIN = 15
QUARTERS_A_DAY = 24 * 60 // QUARTER_MIN
PAGE_ROWS = 200


class Contact(StrEnum):
    """Kinds: what a till did, and what did not go well."""

    BEAT = "beat"
    PUSH = "push"
    PULL = "pull"
    FILE = "file"
    LOG = "log"
    ENROL = "enrol"
    SHUT_OUT = "shut_out"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    HEALED = "healed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Moved:
    """Contacts of a page; ``older`` is the ``before`` of the next one, empty at the end."""

    rows: Sequence[Row[Any]]
    older: str


TROUBLE = (
    *(Contact.SHUT_OUT, Contact.CONFLICT, Contact.REJECTED),
    *(Contact.HEALED, Contact.LOST),
)
# Events of a till that belong here.
_TOLD = {"data_healed": Contact.HEALED, "office_lost_documents": Contact.LOST}


def note(
    connection: Connection,
    terminal_id: str,
    kind: Contact,
    at: str,
    *,
    what: str = "",
    rows: int = 0,
) -> None:
    """Count one contact of the moment ``at``, a stamp, with what it moved."""
    key = {"terminal": terminal_id, "since": _quarter(at), "kind": kind, "what": what}
    count_up(connection, contact, key, {"times": 1, "rows": rows}, {"last_at": at})


def learn(connection: Connection, terminal_id: str, document: object, at: str) -> None:
    """Count what an event tells of the exchange."""
    if isinstance(document, wire.EventDoc) and document.name in _TOLD:
        told = document.detail.get("set")
        what = told if isinstance(told, str) and told in wire.SETS else ""
        note(connection, terminal_id, _TOLD[document.name], at, what=what)


def forget_old(connection: Connection, moment: datetime) -> None:
    """Remove what is older than a week."""
    oldest = stamp(moment - KEPT_FOR)
    connection.execute(delete(contact).where(contact.c.since < oldest))


def history(
    connection: Connection,
    *,
    terminals: Sequence[str] | None = None,
    only_trouble: bool = False,
    before: str = "",
    limit: int = PAGE_ROWS,
) -> Moved:
    """Contacts of some tills or of all, newest quarter first; ``before`` is a ``since``.

    Heartbeats alone say nothing that the list of tills does not say: they are left out. A page ends
    between two quarters.
    """
    chosen = select(contact).where(contact.c.kind != Contact.BEAT)
    if terminals is not None:
        chosen = chosen.where(contact.c.terminal.in_(terminals))
    if only_trouble:
        chosen = chosen.where(contact.c.kind.in_(TROUBLE))
    if before:
        chosen = chosen.where(contact.c.since < before)
    order = contact.c.since.desc(), contact.c.terminal, contact.c.kind, contact.c.what
    rows = connection.execute(chosen.order_by(*order).limit(limit + 1)).all()
    if len(rows) <= limit:
        return Moved(rows, "")
    shown = [row for row in rows if row.since > rows[-1].since] or rows[:-1]
    return Moved(shown, shown[-1].since)


def last_day(connection: Connection, terminal_id: str, moment: datetime) -> list[bool]:
    """Whether a till was heard in each quarter of an hour of the last day, the oldest first."""
    quarters = [
        _quarter(stamp(moment - timedelta(minutes=QUARTER_MIN * ago)))
        for ago in reversed(range(QUARTERS_A_DAY))
    ]
    heard = select(contact.c.since).where(
        contact.c.terminal == terminal_id,
        contact.c.kind == Contact.BEAT,
        contact.c.since >= quarters[0],
    )
    found = set(connection.scalars(heard))
    return [quarter in found for quarter in quarters]


def _quarter(at: str) -> str:
    """The stamp of the beginning of a stamp's quarter of an hour."""
    minute = int(at[14:16]) // QUARTER_MIN * QUARTER_MIN
    return f"{at[:14]}{minute:02d}:00.000{at[23:]}"
