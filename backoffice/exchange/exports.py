"""The work of an export: what another program, or a pattern shop, has for the tills of a channel.

One object after the other: read and taken batch by batch, compared when the whole list is asked
for, and at the end what did not fit is tried again. What is written lies in ``taking``.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backoffice.exchange import again, bringing, comparing, seen, sources
from backoffice.exchange.objects import EXPORTS
from backoffice.exchange.place import Place
from backoffice.exchange.preview import preview
from backoffice.exchange.taking import Taking
from backoffice.jobs.work import Fate, Outcome, Step
from backoffice.store.engine import reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from backoffice.erp.connector import Batch, Record
    from backoffice.exchange.sources import Source
    from backoffice.jobs.work import Count, Job
    from backoffice.office import Office

# More rows at a time would keep the tills of an office on SQLite waiting.
ROWS_MAX = 2000


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a step writes: the ``batch`` it is about, and of it the ``records`` of this step.

    Some of them are ``refused`` since what belongs to them could not be had.
    """

    word: str
    is_linked: bool
    since: str
    shops: tuple[str, ...]
    batch: Batch | None = None
    records: Sequence[Record] = ()
    refused: Sequence[Outcome] = ()


class Exports:
    """See ``jobs.work.Work``."""

    def preview(self, office: Office, job: Job) -> list[Count]:
        """What would change row by row; whether rows fit together only the job itself can tell."""
        return preview(office, job, sources.source_of(office, job))

    def fetch(self, office: Office, job: Job, cursor: str) -> Fetched:
        """The next records, and what they need besides."""
        place, source = Place.of(cursor), sources.source_of(office, job)
        if place.finished is not None:
            source.reads.done(*place.finished)
        since, shops = _begun(office, job, place, source)
        told = Fetched(source.word, source.connector is not None, since, shops)
        if place.phase != "read" or not shops or place.what >= len(job.what):
            return told
        name = job.what[place.what]
        batch = source.reads.read(name, since, place.next)
        records = batch.records[place.skip : place.skip + ROWS_MAX]
        if source.connector is None:
            return Fetched(told.word, told.is_linked, since, shops, batch, records)
        good, refused = bringing.brought(office, source.connector, name, records)
        return Fetched(told.word, told.is_linked, since, shops, batch, good, refused)

    def apply(self, connection: Connection, job: Job, cursor: str, fetched: Fetched) -> Step:
        """Take them."""
        place = Place.of(cursor)
        if place.phase in {"again", "told"}:
            return again.step(connection, job, place, fetched.shops, is_linked=fetched.is_linked)
        name = job.what[place.what]
        if not fetched.shops:
            said = f"{name}: the channel {job.channel} has no open shop that it could go to"
            return Step(_next_object(job, place, {"before": place.before}), said=[said])
        if place.phase == "compare":
            return _compare(connection, job, place, fetched)
        with _unswept():
            return _read(connection, job, place, fetched)


@contextmanager
def _unswept() -> Iterator[None]:
    """What a batch makes lives until it is written: looking it through for garbage is in vain."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _begun(office: Office, job: Job, place: Place, source: Source) -> tuple[str, tuple[str, ...]]:
    """Since when the object at hand is asked for, and by which shops: as it was begun."""
    if place.phase in {"again", "told"}:
        return "", source.shops
    if place.since is not None:
        # A shop that came meanwhile waits for the next export, one that went gets no more.
        return place.since, tuple(shop for shop in place.shops if shop in source.shops)
    if job.is_whole or not source.shops:
        return "", source.shops
    with reading(office.engine) as connection:
        name = job.what[place.what]
        return sources.since(connection, source, job.channel, name, source.shops), source.shops


def _read(connection: Connection, job: Job, place: Place, fetched: Fetched) -> Step:
    name, batch = job.what[place.what], fetched.batch
    assert batch is not None  # noqa: S101 (there are shops)
    taking = Taking(connection, job.channel, name, fetched.shops, is_linked=fetched.is_linked)
    outcomes = [*fetched.refused, *taking.records(fetched.records)]
    is_listed = place.is_listed and all(it.id for it in outcomes if it.fate is Fate.REFUSED)
    if job.is_whole:
        _note_seen(connection, job, place, fetched)
    read = place.read + len(fetched.records) + len(fetched.refused)
    state = {
        "since": fetched.since,
        "shops": fetched.shops,
        "is_listed": is_listed,
        "mark": batch.mark,
        "read": read,
    }
    total = None if batch.total is None else place.before + batch.total
    skip = place.skip + len(fetched.records) + len(fetched.refused)
    if skip < len(batch.records):
        return Step(place.on(**state, skip=skip), outcomes, total)
    if batch.next is not None:
        return Step(place.on(**state, skip=0, next=batch.next), outcomes, total)
    said = [f"{name}: {read} records read"]
    if job.is_whole and not batch.is_changes:
        return Step(place.on(**state, phase="compare"), outcomes, total, said)
    return Step(_over(connection, job, place, fetched, batch.mark, read), outcomes, total, said)


def _note_seen(connection: Connection, job: Job, place: Place, fetched: Fetched) -> None:
    """Also what is wrong with a record does not make it one that is over there no more."""
    name = job.what[place.what]
    listed = [it for it in fetched.records if it.id and not it.is_removed]
    listed = comparing.named(connection, job, listed, is_linked=fetched.is_linked)
    for set_name in EXPORTS[name]:
        ids = [it.id for it in listed if it.set_name == set_name]
        ids += [it.id for it in fetched.refused if it.id and set_name == EXPORTS[name][0]]
        if ids:
            seen.note(connection, job.id, set_name, place.step, ids)


def _compare(connection: Connection, job: Job, place: Place, fetched: Fetched) -> Step:
    name = job.what[place.what]
    taking = Taking(connection, job.channel, name, fetched.shops, is_linked=fetched.is_linked)
    done = comparing.compare(connection, job, place, taking, fetched.shops)
    if done.next is not None:
        return done
    read = place.read
    onward = _over(connection, job, place, fetched, place.mark, read)
    return Step(onward, done.outcomes, said=done.said)


def _over(
    connection: Connection, job: Job, place: Place, fetched: Fetched, mark: str, read: int
) -> str:
    """The object is done: its mark is set, and the next one begins."""
    name = job.what[place.what]
    sources.set_marks(connection, fetched.word, job.channel, name, fetched.shops, mark)
    seen.forget(connection, job.id)
    more = {"before": place.before + read, "finished": (name, mark)}
    return _next_object(job, place, more)


def _next_object(job: Job, place: Place, more: dict[str, object]) -> str:
    if place.what + 1 < len(job.what):
        begun = Place(step=place.step, what=place.what + 1)
        return begun.on(**more)
    return Place(step=place.step).on(**more, phase="again", is_moving=False)
