"""Tries again what did not fit when it came, as long as that moves anything; then tells the rest.

Sets go in the order of references, removals the other way round: each pass may make room for what
stood in its way, and the last one is without any change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from backoffice.exchange import fitting, later
from backoffice.exchange.objects import EXPORTS
from backoffice.exchange.taking import Taking
from backoffice.jobs.work import Fate, Outcome, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from backoffice.exchange.fitting import Misfit
    from backoffice.exchange.later import Later
    from backoffice.exchange.place import Place
    from backoffice.jobs.work import Job

AT_A_TIME = 1000


def step(
    connection: Connection, job: Job, place: Place, shops: Sequence[str], *, is_linked: bool
) -> Step:
    """Some rows of one set, to be put or to be removed."""
    kinds = list(_kinds(job))
    while place.set < len(kinds):
        object_name, name, is_removal = kinds[place.set]
        rows, is_more = later.some(
            connection, job.channel, name, place.after, AT_A_TIME, is_removal=is_removal
        )
        if rows:
            taking = Taking(connection, job.channel, object_name, shops, is_linked=is_linked)
            outcomes = _retry(connection, job, place, taking, name, rows, shops)
            moving = place.is_moving or taking.changed > 0
            here = place.set if is_more else place.set + 1
            after = rows[-1].id if is_more else ""
            return Step(place.on(set=here, after=after, is_moving=moving), outcomes)
        # Nothing waits in this set: no step is made for it.
        place = msgspec.structs.replace(place, set=place.set + 1, after="")
    if place.phase == "told":
        return Step(None)
    if not place.after and not place.is_moving and not _any(connection, job, kinds):
        return Step(None)
    following = "again" if place.is_moving else "told"
    return Step(place.on(phase=following, set=0, after="", is_moving=False))


def _retry(
    connection: Connection,
    job: Job,
    place: Place,
    taking: Taking,
    name: str,
    rows: Sequence[Later],
    shops: Sequence[str],
) -> list[Outcome]:
    places = {(name, row.id): row.place for row in rows}
    by_shop: dict[str, list[Later]] = {}
    for row in sorted(rows, key=lambda it: it.shop):
        by_shop.setdefault(row.shop, []).append(row)
    for shop in by_shop.keys() - set(shops):
        left = [row.id for row in by_shop.pop(shop)]
        later.forget(connection, job.channel, name, left, shop)
    if rows[0].is_removal:
        ids = {shop: [row.id for row in its] for shop, its in by_shop.items()}
        fitted = taking.remove(name, ids, places)
    else:
        raws = {shop: [fitting.row_of(row.body) for row in its] for shop, its in by_shop.items()}
        fitted = taking.put(name, raws, places)
    misfits: dict[str, Misfit] = {}
    for shop, its in fitted.items():
        settled = [row.id for row in by_shop[shop] if row.id not in its.misfits]
        later.forget(connection, job.channel, name, settled, shop)
        misfits.update(its.misfits)
    told = list(taking.fates.outcomes(places))
    if place.phase == "told":
        told += _left(taking.object_name, name, misfits, places)
    return told


def _left(
    object_name: str,
    name: str,
    misfits: dict[str, Misfit],
    places: dict[tuple[str, str], str],
) -> Iterator[Outcome]:
    for row_id, misfit in misfits.items():
        fate = Fate.WAITING if misfit.is_missing else Fate.REFUSED
        yield Outcome(object_name, row_id, fate, misfit.reason, places[name, row_id])


def _kinds(job: Job) -> list[tuple[str, str, bool]]:
    """The object, the set, and whether rows are removed, in the order in which they are tried."""
    sets = [(object_name, name) for object_name in job.what for name in EXPORTS[object_name]]
    puts = [(object_name, name, False) for object_name, name in sets]
    return puts + [(object_name, name, True) for object_name, name in reversed(sets)]


def _any(connection: Connection, job: Job, kinds: list[tuple[str, str, bool]]) -> bool:
    return any(
        later.some(connection, job.channel, name, "", 1, is_removal=is_removal)[0]
        for _object, name, is_removal in kinds
    )
