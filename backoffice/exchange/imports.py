"""Imports: what the tills of a channel wrote goes to its other program, each change once.

A step sends some rows, then notes in one transaction what became of each of them. Whoever is killed
between sends the same again under the same keys, and the other side takes nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backoffice.errors import BadRequest, NotFound
from backoffice.exchange import (
    channels,
    import_batches,
    import_duplicates,
    links,
    marks,
    seen,
    unsent,
)
from backoffice.exchange.import_batches import Place, cursor_of
from backoffice.exchange.import_errand import Errand
from backoffice.exchange.unsent import SETS
from backoffice.jobs.work import FIRST, Count, NeverError, Step, Way
from backoffice.reasons import Reason
from backoffice.store.engine import reading
from backoffice.web.i18n import gettext_noop as _

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from backoffice.erp.connector import Connector
    from backoffice.exchange.channels import Channel
    from backoffice.exchange.links import Link
    from backoffice.exchange.unsent import Note
    from backoffice.jobs.work import Job, Outcome
    from backoffice.office import Office

_NONE = _("The channel {channel} has no other program: choose one for it among the sales channels")
_MISSING = _("The other program {name} of the channel {channel} is not set up here: {known}")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a step is to write; no place at the end of the job."""

    place: Place | None = None
    next: str | None = None
    reached: int = 0
    outcomes: tuple[Outcome, ...] = ()
    links: dict[str, Link] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    settled: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


class Imports:
    """The work of the jobs that go from the tills to the other program."""

    def preview(self, office: Office, job: Job) -> list[Count]:
        """What each import would move; asks the other program nothing."""
        with reading(office.of(job.company).engine) as connection:
            return [_count(connection, job, name) for name in SETS if name in job.what]

    def fetch(self, office: Office, job: Job, cursor: str) -> Fetched:
        """Send the next rows. Raises ``NotNowError`` and ``NeverError``."""
        own = office.of(job.company)
        with reading(own.engine) as connection:
            channel, mode = _channel(connection, job)
            connector = _connector(office, channel)
            batch = import_batches.read(connection, job, cursor)
        if batch is None:
            return Fetched()
        errand = Errand(own.engine, job, connector, mode, batch)
        errand.run()
        return Fetched(
            batch.place,
            cursor_of(batch.next),
            batch.reached,
            tuple(errand.outcomes),
            errand.links,
            errand.notes,
            tuple(errand.settled),
            tuple(errand.said),
        )

    def apply(self, connection: Connection, job: Job, cursor: str, fetched: Any) -> Step:  # noqa: ANN401
        """Note what became of each row, and how far the import has come."""
        assert isinstance(fetched, Fetched)  # noqa: S101 - our own
        place = fetched.place
        if place is None:
            return Step(None, total=0 if cursor == FIRST else None)
        set_name = SETS[place.object]
        _link(connection, job.channel, place, fetched.links)
        here = job.channel, set_name, place.shop
        unsent.forget(connection, *here, fetched.settled)
        unsent.note(connection, *here, fetched.notes)
        if fetched.reached > unsent.mark_of(connection, job.channel, place.object, place.shop):
            reached = str(fetched.reached)
            marks.set_mark(connection, job.channel, Way.IMPORT, place.object, reached, place.shop)
        return Step(fetched.next, fetched.outcomes, place.total, fetched.said)


def _link(connection: Connection, channel: str, place: Place, fresh: dict[str, Link]) -> None:
    """Keep links; whoever has still what both sides had before is left behind by them."""
    set_name = SETS[place.object]
    known = links.links(connection, channel, set_name, fresh)
    before = {row_id: it for row_id, it in known.items() if it.digest != fresh[row_id].digest}
    others = [shop for shop in channels.shops_of(connection, channel) if shop != place.shop]
    unsent.leave_behind(connection, channel, set_name, others, before)
    links.link(connection, channel, set_name, fresh)
    # An export that was put off goes on with the list that it read before.
    seen.add(connection, set_name, fresh)


def _channel(connection: Connection, job: Job) -> tuple[Channel, import_duplicates.Mode]:
    try:
        channel = channels.channel(connection, job.channel)
        return channel, import_duplicates.mode_of(channel, job)
    except (NotFound, BadRequest) as error:
        raise NeverError(error.detail) from error


def _connector(office: Office, channel: Channel) -> Connector:
    if not channel.connector:
        raise NeverError(Reason(_NONE, channel=channel.id))
    found = office.connectors.get(channel.connector)
    if found is None:
        known = ", ".join(sorted(office.connectors)) or "-"
        raise NeverError(Reason(_MISSING, name=channel.connector, channel=channel.id, known=known))
    return found


def _count(connection: Connection, job: Job, name: str) -> Count:
    """New and changed rows; one that is the same in several shops moves once."""
    new, changed = 0, 0
    seen: set[tuple[str, str]] = set()
    for _name, shop in import_batches.legs(connection, job, name):
        for rows in import_batches.every(connection, job, name, shop):
            known, moving = unsent.moving(connection, job.channel, name, shop, rows)
            for row in moving:
                one = row.id, links.digest(row.body)
                is_new = row.id not in known
                new += is_new and one not in seen
                changed += not is_new and one not in seen
                seen.add(one)
    return Count(name, new, changed)
