"""What a person does with the exchange: jobs, queues, schedules, channels. Each in the audit.

Pages and programs come this way, so that both may the same and leave the same trace.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from backoffice import changes
from backoffice.errors import BadRequest, Conflict, Forbidden, NotFound, NotNow
from backoffice.exchange import channels, reached
from backoffice.exchange.works import works
from backoffice.jobs import book, schedules
from backoffice.jobs.work import Job, NeverError, NotNowError, Way
from backoffice.new_shop import is_id
from backoffice.store import data_rows
from backoffice.store.company import company_of
from backoffice.store.engine import reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor
    from backoffice.exchange.channels import Channel
    from backoffice.jobs.schedules import Schedule
    from backoffice.jobs.work import Count
    from backoffice.office import Office

# Nobody looks at a page that does not come; the job itself may take its time.
PREVIEW_MAX_S = 20.0
_PREVIEWS = ThreadPoolExecutor(2, "preview")


@dataclass(frozen=True, slots=True)
class Order:
    """What shall be moved, as it is given to a job or to a schedule."""

    way: Way
    channel: str
    queue: str
    what: tuple[str, ...]
    is_whole: bool
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Times:
    """When: at ``at`` on ``days`` (1 is Monday), or every so many minutes."""

    at: str = ""
    every_min: int = 0
    days: str = schedules.EVERY_DAY


def preview(office: Office, actor: Actor, order: Order) -> list[Count]:
    """What a job would move; writes nothing.

    Raises ``NotNow`` while the other program does not answer, or not in time, ``Conflict`` where
    something must be set up first.
    """
    with reading(office.engine) as database:
        _must(database, actor, order)
        company = company_of(database)
    job = Job("preview", company, **_fields(order), asked_by=actor.name)
    asked = _PREVIEWS.submit(works()[order.way].preview, office, job)
    try:
        return asked.result(PREVIEW_MAX_S)
    except TookTooLong:
        asked.cancel()
        raise NotNow(detail="counting takes too long; the job itself may take its time") from None
    except NotNowError as error:
        raise NotNow(detail=str(error)) from None
    except NeverError as error:
        raise Conflict(detail=str(error)) from None


def start(connection: Connection, actor: Actor, moment: datetime, order: Order) -> str:
    """Ask for a job; gives its id."""
    _must(connection, actor, order)
    job_id = book.ask(connection, actor.name, moment, **_fields(order))
    changes.record(connection, actor, moment, "job", f"jobs/{job_id}", after=asdict(order))
    return job_id


def cancel(connection: Connection, actor: Actor, moment: datetime, job_id: str) -> None:
    """Let a job be; what it did stays done."""
    before = reached.own_job(connection, actor, job_id)
    book.cancel(connection, job_id, actor.name, moment)
    was = {"state": before.state}
    changes.record(connection, actor, moment, "job_cancel", f"jobs/{job_id}", before=was)


def send_on(connection: Connection, actor: Actor, moment: datetime, job_id: str) -> None:
    """Have a dead or cancelled job go on from where it stood."""
    before = reached.own_job(connection, actor, job_id)
    book.send_on(connection, job_id, actor.name, moment)
    was = {"state": before.state, "reason": before.reason}
    changes.record(connection, actor, moment, "job_on", f"jobs/{job_id}", before=was)


def put_queue(
    connection: Connection, actor: Actor, moment: datetime, channel: str, name: str, at_once: int
) -> None:
    """Make a queue, or let another number of its jobs run at once."""
    reached.own_channel(connection, actor, channel)
    if not is_id(name):
        raise BadRequest(detail="$.name: 1 to 32 small letters, digits and hyphens")
    before = _queue(connection, channel, name)
    book.put_queue(connection, channel, name, at_once)
    _note_queue(connection, actor, moment, before, channel, name)


def pause(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    channel: str,
    name: str,
    *,
    is_paused: bool,
) -> None:
    """Begin no more jobs of a queue, or go on; raises ``NotFound``."""
    reached.own_channel(connection, actor, channel)
    before = _queue(connection, channel, name)
    if not before:
        raise NotFound(detail=f"no queue {name!r} of the channel {channel!r}")
    book.pause(connection, channel, name, is_paused)
    _note_queue(connection, actor, moment, before, channel, name)


def plan(connection: Connection, actor: Actor, moment: datetime, order: Order, times: Times) -> str:
    """Have an order given by the clock; gives the schedule's id."""
    _must(connection, actor, order)
    made = schedules.put_schedule(connection, moment, **_fields(order), **asdict(times))
    after = {**asdict(order), **asdict(times)}
    changes.record(connection, actor, moment, "schedule", f"schedules/{made}", after=after)
    return made


def turn(
    connection: Connection, actor: Actor, moment: datetime, schedule_id: str, *, is_on: bool
) -> None:
    """Turn a schedule on or off."""
    it = own_schedule(connection, actor, schedule_id)
    order = Order(it.way, it.channel, it.queue, it.what, it.is_whole, it.options)
    times = Times(it.at, it.every_min, it.days)
    kept = {**_fields(order), **asdict(times), "schedule_id": it.id}
    schedules.put_schedule(connection, moment, **kept, is_on=is_on)
    was, now, what = {"is_on": it.is_on}, {"is_on": is_on}, f"schedules/{it.id}"
    changes.record(connection, actor, moment, "schedule", what, before=was, after=now)


def unplan(connection: Connection, actor: Actor, moment: datetime, schedule_id: str) -> None:
    """Take a schedule away; what it asked for goes on."""
    before = own_schedule(connection, actor, schedule_id)
    schedules.remove_schedule(connection, schedule_id)
    what = f"schedules/{schedule_id}"
    changes.record(connection, actor, moment, "schedule_gone", what, before=asdict(before))


def own_schedules(connection: Connection, actor: Actor) -> list[Schedule]:
    """The schedules of the actor's channels."""
    mine = {it.id for it in reached.own_channels(connection, actor)}
    found = schedules.schedules(connection)
    return [it for it in found if it.channel in mine and reached.may_move(actor, it.what)]


def own_schedule(connection: Connection, actor: Actor, schedule_id: str) -> Schedule:
    """One of them; raises ``NotFound`` also for those of others."""
    found = next((it for it in own_schedules(connection, actor) if it.id == schedule_id), None)
    if found is None:
        raise NotFound(detail=f"no schedule {schedule_id!r}")
    return found


def save_channel(
    connection: Connection, actor: Actor, moment: datetime, wanted: Channel, *, is_new: bool
) -> None:
    """Add or change a channel; raises ``BadRequest``, ``Conflict`` for an id that is taken."""
    known = {it.id: it for it in channels.channels(connection)}
    if is_new:
        actor.must_see_every_shop()
        if wanted.id in known:
            raise Conflict(detail=f"$.id: there is a channel {wanted.id!r}")
    elif wanted.connector != reached.own_channel(connection, actor, wanted.id).connector:
        # What another program has is not of some shops, and a folder has it only once.
        actor.must_see_every_shop()
    if wanted.pattern_shop not in {"", *actor.of_these(data_rows.shops(connection))}:
        raise NotFound(detail=f"no shop {wanted.pattern_shop!r}")
    before = None if is_new else asdict(known[wanted.id])
    channels.put_channel(connection, wanted)
    if before != asdict(wanted):
        what, after = f"channels/{wanted.id}", asdict(wanted)
        changes.record(connection, actor, moment, "channel", what, before=before, after=after)


def assign(connection: Connection, actor: Actor, moment: datetime, shop: str, channel: str) -> bool:
    """Move a shop into a channel; whether it was elsewhere before."""
    actor.must_see(shop)
    was = channels.channel_of(connection, shop)
    if was == channel:
        return False
    # With its first shop a channel without any becomes reachable for whoever has some.
    actor.must_see_every_shop()
    channels.assign(connection, shop, channel)
    before, after = {"channel": was}, {"channel": channel}
    changes.record(connection, actor, moment, "channel", f"shops/{shop}", shop, before, after)
    return True


def _must(connection: Connection, actor: Actor, order: Order) -> None:
    """Refuse what the actor may not, and what cannot be."""
    found = reached.own_channel(connection, actor, order.channel)
    if not reached.may_move(actor, order.what):
        raise Forbidden(detail="the right 'figures' is needed for documents")
    if not found.is_active:
        raise Conflict(detail=f"the channel {found.name!r} is off")
    if not _queue(connection, order.channel, order.queue):
        raise NotFound(detail=f"the channel has no queue {order.queue!r}")
    book.check(way=order.way, channel=order.channel, queue=order.queue, what=order.what)


def _fields(order: Order) -> dict[str, Any]:
    return {
        "way": order.way,
        "channel": order.channel,
        "queue": order.queue,
        "what": order.what,
        "is_whole": order.is_whole,
        "options": dict(order.options),
    }


def _queue(connection: Connection, channel: str, name: str) -> dict[str, Any] | None:
    found = next((it for it in book.queues(connection, channel) if it.name == name), None)
    if found is None:
        return None
    return {"at_once": found.at_once, "is_paused": found.is_paused}


def _note_queue(
    connection: Connection,
    actor: Actor,
    moment: datetime,
    before: dict[str, Any] | None,
    channel: str,
    name: str,
) -> None:
    after, what = _queue(connection, channel, name), f"queues/{channel}/{name}"
    if after != before:
        changes.record(connection, actor, moment, "queue", what, before=before, after=after)
