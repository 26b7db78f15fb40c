"""Removes what the other program lists no more, after a whole list was read to its end.

A list of which something could not be read, or that is empty, takes nothing away; nor does one that
lacks more than half of what a shop has, unless whoever started the job confirmed it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from backoffice.exchange import later, links, seen, theirs
from backoffice.exchange.objects import EXPORTS
from backoffice.jobs.work import Step
from backoffice.store import data_rows
from backoffice.store.tables import data_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from backoffice.erp.connector import Record
    from backoffice.exchange.place import Place
    from backoffice.exchange.taking import Taking
    from backoffice.jobs.work import Job

IDS_AT_A_TIME = 1000
# Of a few rows half are soon gone.
_FEW = 20


def compare(
    connection: Connection, job: Job, place: Place, taking: Taking, shops: Sequence[str]
) -> Step:
    """Some ids of one set, of the last set first; no next step when all are compared."""
    sets = tuple(reversed(EXPORTS[job.what[place.what]]))
    name = sets[place.set]
    listed = seen.ids(connection, job.id, name)
    said, ids = [], []
    held = _held(connection, job, place, name, shops, listed)
    if held:
        said.append(f"{name}: {held}: nothing is removed")
    else:
        if not place.after:
            later.forget_unlisted(connection, job.channel, name, listed)
        ids = _some(connection, name, shops, place.after)
        gone = [row_id for row_id in ids if row_id not in listed]
        _remove(connection, job, taking, name, shops, gone)
    outcomes = list(taking.fates.outcomes({}))
    if len(ids) == IDS_AT_A_TIME:
        return Step(place.on(after=ids[-1]), outcomes, said=said)
    if place.set + 1 < len(sets):
        return Step(place.on(set=place.set + 1, after=""), outcomes, said=said)
    return Step(None, outcomes, said=said)


def named(
    connection: Connection, job: Job, records: Sequence[Record], *, is_linked: bool
) -> list[Record]:
    """Records under our ids, as they are looked for."""
    if not is_linked:
        return list(records)
    return theirs.renamed(connection, job.channel, records)


def removable(
    connection: Connection, job: Job, name: str, gone: Sequence[str], *, is_linked: bool
) -> list[str]:
    """Those of the rows that a list lacks which it may take away.

    What was made here and was never over there is nothing that went from there. A pattern shop
    says of each of its rows that it went: what it never had the tills of another shop have made.
    """
    if name not in theirs.LINKED:
        return list(gone)
    known = links.links(connection, job.channel, name, gone) if is_linked else {}
    return [row_id for row_id in gone if row_id in known]


def _held(
    connection: Connection,
    job: Job,
    place: Place,
    name: str,
    shops: Sequence[str],
    listed: set[str],
) -> str:
    """Why nothing of a set may be removed, "" when something may."""
    if not place.is_listed:
        return "a part of the list could not be read"
    if not listed:
        return "the list is empty"
    if place.after or job.options.get("confirm"):
        return ""
    for shop in shops:
        rows = data_rows.counters(connection, shop).get(name, data_rows.Counter()).rows
        if rows > _FEW and len(listed) * 2 < rows:
            return f"{shop} has {rows} and the list {len(listed)}, confirm that if it is right"
    return ""


def _some(connection: Connection, name: str, shops: Sequence[str], after: str) -> list[str]:
    """The next ids that live in any of the shops."""
    living = data_row.c.set_name == name, data_row.c.is_removed.is_(False)
    chosen = (
        select(data_row.c.id)
        .where(*living, data_row.c.shop.in_(shops), data_row.c.id > after)
        .order_by(data_row.c.id)
        .distinct()
        .limit(IDS_AT_A_TIME)
    )
    return list(connection.scalars(chosen))


def _remove(
    connection: Connection,
    job: Job,
    taking: Taking,
    name: str,
    shops: Sequence[str],
    gone: Sequence[str],
) -> None:
    gone = removable(connection, job, name, gone, is_linked=taking.is_linked)
    living = {
        shop: list(data_rows.bodies_of(connection, name, shop, gone)) for shop in sorted(shops)
    }
    taking.remove(name, {shop: its for shop, its in living.items() if its}, {})
