"""Which channels and jobs of the exchange a person may see and start. Only reads.

Whoever has some of the shops reaches the channels all of whose shops are his: a job moves the data
of a whole channel. Documents are figures, and so are jobs that move any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from backoffice.errors import NotFound
from backoffice.exchange import channels
from backoffice.exchange.objects import EXPORTS, IMPORTS
from backoffice.jobs import book
from backoffice.jobs.work import Fate, Way
from backoffice.rights import Right
from backoffice.store.tables import job_log, job_record, terminal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from backoffice.actor import Actor
    from backoffice.exchange.channels import Channel
    from backoffice.jobs.book import JobState, LogLine

WORDS: dict[Way, tuple[str, ...]] = {Way.EXPORT: tuple(EXPORTS), Way.IMPORT: IMPORTS}
_FIGURES = frozenset({"documents"})
_AT_A_TIME = 100
# Beyond it nobody looks; a list must not read a whole year for whoever sees none of it.
_LOOKED_THROUGH_MAX = 20


def words_of(actor: Actor, way: Way) -> tuple[str, ...]:
    """The objects that the actor may move that way, in their order."""
    return tuple(word for word in WORDS[way] if may_move(actor, [word]))


def may_move(actor: Actor, what: Iterable[str]) -> bool:
    """Whether the actor may move and see all of these objects."""
    return actor.may(Right.FIGURES) or not _FIGURES & set(what)


def own_channels(connection: Connection, actor: Actor) -> list[Channel]:
    """The channels that the actor reaches as a whole, the main one first."""
    return [it for it in channels.channels(connection) if reaches(connection, actor, it.id)]


def reaches(connection: Connection, actor: Actor, channel: str) -> bool:
    """Whether every shop of the channel is the actor's."""
    if actor.shops is None:
        return True
    found = channels.shops_of(connection, channel)
    return bool(found) and all(actor.sees(shop) for shop in found)


def own_channel(connection: Connection, actor: Actor, channel_id: str) -> Channel:
    """One of them; raises ``NotFound`` also for those of others."""
    found = channels.channel(connection, channel_id)
    if not reaches(connection, actor, channel_id):
        raise NotFound(detail=f"no sales channel {channel_id!r}")
    return found


def own_jobs(
    connection: Connection,
    actor: Actor,
    *,
    channel: str = "",
    way: str = "",
    state: str = "",
    before: str = "",
    limit: int = 50,
) -> list[JobState]:
    """Jobs that the actor may see, the newest first; ``before`` is the last one that was shown."""
    mine = {it.id for it in own_channels(connection, actor)}
    found: list[JobState] = []
    for _round in range(_LOOKED_THROUGH_MAX):
        some = book.jobs(
            connection, channel=channel, way=way, state=state, before=before, limit=_AT_A_TIME
        )
        found += [it for it in some if it.channel in mine and may_move(actor, it.what)]
        if len(some) < _AT_A_TIME or len(found) >= limit:
            break
        before = some[-1].id
    return found[:limit]


def own_job(connection: Connection, actor: Actor, job_id: str) -> JobState:
    """One of them; raises ``NotFound`` also for those of others."""
    found = book.job(connection, job_id)
    if not may_move(actor, found.what) or not reaches(connection, actor, found.channel):
        raise NotFound(detail=f"no job {job_id!r}")
    return found


def fates(connection: Connection, job_id: str) -> dict[str, dict[Fate, int]]:
    """How many records of each object ended how."""
    columns = job_record.c
    chosen = select(columns.object, columns.fate, func.count().label("number"))
    here = chosen.where(columns.job == job_id).group_by(columns.object, columns.fate)
    found: dict[str, dict[Fate, int]] = {}
    for row in connection.execute(here):
        found.setdefault(row.object, {})[Fate(row.fate)] = row.number
    return found


def newest_line(connection: Connection, job_id: str) -> int:
    """The number of what was said of a job last, 0 while nothing was."""
    here = select(func.max(job_log.c.no)).where(job_log.c.job == job_id)
    return connection.scalar(here) or 0


def last_lines(connection: Connection, job_id: str, most: int) -> list[LogLine]:
    """What was said of a job last, the oldest of it first."""
    after = max(0, newest_line(connection, job_id) - most)
    return book.log(connection, job_id, after, most)


def tills_of(connection: Connection, shops: Iterable[str]) -> list[str]:
    """The tills of these shops that were ever enrolled, in the order of their ids."""
    here = terminal.c.shop.in_(list(shops)), terminal.c.epoch > 0
    return list(connection.scalars(select(terminal.c.id).where(*here).order_by(terminal.c.id)))
