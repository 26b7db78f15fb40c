"""Notes about records that are not in the other program yet, shop by shop. Sends nothing.

A record that is neither noted nor newer than the mark of its shop has been dealt with: it is over
there, or what is over there came later from another shop of the channel. So is one that is noted
as left behind, as long as it is what both sides had until another shop of the channel changed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, select

from backoffice.exchange import links, marks
from backoffice.jobs.work import Way
from backoffice.store import data_rows
from backoffice.store.tables import data_row, exchange_unsent
from backoffice.store.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection

    from backoffice.exchange.links import Link

# The data set of each import.
SETS = {
    "partners": "customers",
    "documents": "sales_documents",
    "activities": "visits",
    "attachments": "attachments",
}
_OBJECTS = {set_name: name for name, set_name in SETS.items()}
_NOTE = exchange_unsent.c


class State(StrEnum):
    """Why a record is not there: perhaps it is, and only the answer was lost."""

    BEHIND = "behind"
    SENDING = "sending"
    WAITING = "waiting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Note:
    """``digest`` and ``key`` are those of the content that was, or would have been, handed over."""

    state: State
    digest: str
    key: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A living row with the revision of its last change."""

    id: str
    revision: int
    body: str


AGAIN = (State.SENDING, State.WAITING)


def notes(
    connection: Connection, channel: str, set_name: str, shop: str, ids: Sequence[str]
) -> dict[str, Note]:
    """What is noted of these records."""
    found: dict[str, Note] = {}
    here = _here(channel, set_name, shop)
    # Mostly there are none at all.
    if ids and connection.scalar(select(_NOTE.id).where(here).limit(1)) is None:
        return found
    for start in range(0, len(ids), data_rows.IDS_MAX):
        some = _NOTE.id.in_(ids[start : start + data_rows.IDS_MAX])
        for row in connection.execute(select(exchange_unsent).where(here, some)):
            found[row.id] = Note(State(row.state), row.digest, row.send_key, row.reason)
    return found


def left(
    connection: Connection, channel: str, set_name: str, shop: str, after: str, limit: int
) -> list[str]:
    """Ids of those to be tried again, after an id, in their order."""
    chosen = (
        select(_NOTE.id)
        .where(*again(channel, set_name, shop), _NOTE.id > after)
        .order_by(_NOTE.id)
        .limit(limit)
    )
    return list(connection.scalars(chosen))


def again(channel: str, set_name: str, shop: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions of those to be tried again."""
    return _here(channel, set_name, shop), _NOTE.state.in_(AGAIN)


def note(
    connection: Connection, channel: str, set_name: str, shop: str, some: Mapping[str, Note]
) -> None:
    """Write notes, each in place of the one before."""
    key = {"channel": channel, "set_name": set_name, "shop": shop}
    rows = [
        {
            **key,
            "id": row_id,
            "state": str(it.state),
            "digest": it.digest,
            "send_key": it.key,
            "reason": str(it.reason),
        }
        for row_id, it in some.items()
    ]
    upsert(connection, exchange_unsent, rows)


def forget(
    connection: Connection, channel: str, set_name: str, shop: str, ids: Sequence[str]
) -> None:
    """Strike out the notes of records that are settled."""
    here = _here(channel, set_name, shop)
    for start in range(0, len(ids), data_rows.IDS_MAX):
        some = _NOTE.id.in_(ids[start : start + data_rows.IDS_MAX])
        connection.execute(delete(exchange_unsent).where(here, some))


def leave_behind(
    connection: Connection,
    channel: str,
    set_name: str,
    shops: Iterable[str],
    before: Mapping[str, Link],
) -> None:
    """Note that rows of these shops are no change of theirs: they are what both sides had before.

    An export brings them what is over there now.
    """
    for shop in shops if before else ():
        mark = mark_of(connection, channel, _OBJECTS[set_name], shop)
        ids = [
            row.id
            for row in rows_of(connection, set_name, shop, list(before))
            if row.revision > mark and links.digest(row.body) == before[row.id].digest
        ]
        noted = notes(connection, channel, set_name, shop, ids)
        behind = {it: Note(State.BEHIND, before[it].digest) for it in ids if it not in noted}
        note(connection, channel, set_name, shop, behind)


def copy(connection: Connection, set_name: str, source: str, target: str) -> None:
    """A new shop got the rows of another one with their revisions: it is as far as that is."""
    marks.copy(connection, Way.IMPORT, _OBJECTS[set_name], source, target)
    here = _NOTE.set_name == set_name, _NOTE.shop == source, _NOTE.state == State.BEHIND
    found = connection.execute(select(exchange_unsent).where(*here)).all()
    for row in found:
        note(connection, row.channel, set_name, target, {row.id: Note(State.BEHIND, row.digest)})


def mark_of(connection: Connection, channel: str, name: str, shop: str) -> int:
    """Up to which revision the rows of an import were dealt with; 0 for none of them."""
    told = marks.mark(connection, channel, Way.IMPORT, name, shop)
    reached = int(told) if told.isascii() and told.isdecimal() else 0
    # A revision that this office never gave starts over, as it does for a till.
    newest = data_rows.revision_of(connection, SETS[name], shop) if reached else 0
    return reached if reached <= newest else 0


def unsent(
    connection: Connection, channel: str, set_name: str, shop: str, ids: Collection[str]
) -> set[str]:
    """Those living rows of a shop that were changed here and are not in the other program yet."""
    rows = rows_of(connection, set_name, shop, list(ids))
    _known, found = moving(connection, channel, _OBJECTS[set_name], shop, rows)
    return {row.id for row in found}


def moving(
    connection: Connection, channel: str, name: str, shop: str, rows: Sequence[Changed]
) -> tuple[dict[str, Link], list[Changed]]:
    """The links of rows, and those of the rows that an import would move."""
    set_name, ids = SETS[name], [row.id for row in rows]
    known = links.links(connection, channel, set_name, ids)
    noted = notes(connection, channel, set_name, shop, ids)
    mark = mark_of(connection, channel, name, shop)
    found = [
        row
        for row in rows
        if not is_settled(row, known.get(row.id), noted.get(row.id), mark)
        and not is_unheard_of(row, known.get(row.id), noted.get(row.id))
    ]
    return known, found


def is_settled(row: Changed, link: Link | None, note: Note | None, mark: int) -> bool:
    """Whether a row is over there, or something later from another shop of the channel.

    While something of it is on its way, nobody knows what is there.
    """
    if link is None or (note is not None and note.state is State.SENDING):
        return False
    digest = links.digest(row.body)
    is_behind = note is not None and note.state is State.BEHIND and note.digest == digest
    return is_behind or link.digest == digest or (row.revision <= mark and note is None)


def is_refused(row: Changed, note: Note | None) -> bool:
    """Whether a row was refused as it is now."""
    if note is None or note.state is not State.REFUSED:
        return False
    return note.digest == links.digest(row.body)


def is_unheard_of(row: Changed, link: Link | None, note: Note | None) -> bool:
    """Whether a row was cancelled before anything of it was handed over."""
    return may_be_new(link, note) and '"state":"cancelled"' in row.body


def may_be_new(link: Link | None, note: Note | None) -> bool:
    """Whether nothing of a record can be over there."""
    return link is None and (note is None or note.state is not State.SENDING)


def rows_of(connection: Connection, set_name: str, shop: str, ids: Sequence[str]) -> list[Changed]:
    """Those of the rows that live, in the order of ``ids``."""
    found: dict[str, Changed] = {}
    columns = data_row.c.id, data_row.c.revision, data_row.c.body
    here = (
        data_row.c.set_name == set_name,
        data_row.c.shop == shop,
        data_row.c.is_removed.is_(False),
    )
    for start in range(0, len(ids), data_rows.IDS_MAX):
        some = data_row.c.id.in_(ids[start : start + data_rows.IDS_MAX])
        for row in connection.execute(select(*columns).where(*here, some)):
            found[row.id] = Changed(row.id, row.revision, row.body)
    return [found[row_id] for row_id in ids if row_id in found]


def _here(channel: str, set_name: str, shop: str) -> ColumnElement[bool]:
    return and_(_NOTE.channel == channel, _NOTE.set_name == set_name, _NOTE.shop == shop)
