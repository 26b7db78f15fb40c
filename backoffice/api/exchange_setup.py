"""What programs may ask and change of queues, schedules and sales channels."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter, SkipValidation
from litestar.status_codes import HTTP_200_OK

from backoffice.actor import CurrentActor
from backoffice.api.exchange_shapes import (
    NAME_PATTERN,
    ChannelView,
    ChannelWish,
    Clock,
    QueueView,
    QueueWish,
    ScheduleView,
    TimedExport,
    TimedImport,
    Turned,
    export_order,
    import_order,
)
from backoffice.api.openapi import problems
from backoffice.exchange import acts, channels, reached
from backoffice.exchange.acts import Order, Times
from backoffice.exchange.channels import Channel
from backoffice.jobs import book
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from terminal.sync import wire

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from backoffice.actor import Actor

PROBLEMS = problems(409)
ChannelId = Annotated[str, PathParameter(pattern=NAME_PATTERN)]
OpenOffice = NamedDependency[SkipValidation[Office]]
_GOODS, _SHOPS = {"right": Right.GOODS}, {"right": Right.SHOPS}
_PAGE, _LOG_MAX = 50, 1000
Word = Annotated[str, QueryParameter(max_length=64)]
Limit = Annotated[int, QueryParameter(ge=1, le=wire.PAGE_ROWS_MAX)]
Number = Annotated[int, QueryParameter(gt=-1, le=wire.NUMBER_MAX)]


@get("/queues", opt=_SHOPS, responses=PROBLEMS, sync_to_thread=True)
def queues(office: OpenOffice, actor: CurrentActor) -> list[QueueView]:
    """The queues of the channels."""
    with reading(office.engine) as database:
        mine = reached.own_channels(database, actor)
        found = [queue for it in mine for queue in book.queues(database, it.id)]
    return [QueueView(**asdict(it)) for it in found]


@put("/queues", opt=_SHOPS, responses=PROBLEMS, sync_to_thread=True)
def put_queue(office: OpenOffice, actor: CurrentActor, data: JSONBody[QueueWish]) -> QueueView:
    """Make a queue or change one; one that is paused begins no more jobs."""
    moment = office.clock()
    with writing(office.engine) as database:
        acts.put_queue(database, actor, moment, data.channel, data.name, data.at_once)
        acts.pause(database, actor, moment, data.channel, data.name, is_paused=data.is_paused)
        found = [it for it in book.queues(database, data.channel) if it.name == data.name]
    return QueueView(**asdict(found[0]))


@get("/schedules", opt=_GOODS, responses=PROBLEMS, sync_to_thread=True)
def schedules(office: OpenOffice, actor: CurrentActor) -> list[ScheduleView]:
    """What is asked for by the clock."""
    with reading(office.engine) as database:
        return [ScheduleView(**asdict(it)) for it in acts.own_schedules(database, actor)]


@post("/schedules/exports", opt=_GOODS, responses=PROBLEMS, sync_to_thread=True)
def plan_export(
    office: OpenOffice, actor: CurrentActor, data: JSONBody[TimedExport]
) -> ScheduleView:
    """Have an export begun by the clock."""
    return _plan(office, actor, export_order(data.order), data.clock)


@post("/schedules/imports", opt=_GOODS, responses=PROBLEMS, sync_to_thread=True)
def plan_import(
    office: OpenOffice, actor: CurrentActor, data: JSONBody[TimedImport]
) -> ScheduleView:
    """Have an import begun by the clock."""
    return _plan(office, actor, import_order(data.order), data.clock)


@put("/schedules/{schedule:str}", opt=_GOODS, responses=PROBLEMS, sync_to_thread=True)
def turn_schedule(
    office: OpenOffice, actor: CurrentActor, schedule: FromPath[str], data: JSONBody[Turned]
) -> ScheduleView:
    """Turn a schedule on or off."""
    with writing(office.engine) as database:
        acts.turn(database, actor, office.clock(), schedule, is_on=data.is_on)
        return ScheduleView(**asdict(acts.own_schedule(database, actor, schedule)))


@delete(
    "/schedules/{schedule:str}",
    opt=_GOODS,
    status_code=HTTP_200_OK,
    responses=PROBLEMS,
    sync_to_thread=True,
)
def remove_schedule(
    office: OpenOffice, actor: CurrentActor, schedule: FromPath[str]
) -> ScheduleView:
    """Take a schedule away; what it asked for goes on."""
    with writing(office.engine) as database:
        found = acts.own_schedule(database, actor, schedule)
        acts.unplan(database, actor, office.clock(), schedule)
    return ScheduleView(**asdict(found))


@get("/channels", opt=_SHOPS, responses=PROBLEMS, sync_to_thread=True)
def all_channels(office: OpenOffice, actor: CurrentActor) -> list[ChannelView]:
    """The sales channels."""
    with reading(office.engine) as database:
        return [_channel(database, it) for it in reached.own_channels(database, actor)]


@put("/channels/{channel:str}", opt=_SHOPS, responses=PROBLEMS, sync_to_thread=True)
def put_channel(
    office: OpenOffice, actor: CurrentActor, channel: ChannelId, data: JSONBody[ChannelWish]
) -> ChannelView:
    """Make a channel or change one, and move shops into it."""
    moment = office.clock()
    wanted = Channel(
        channel, data.name, data.connector, data.pattern_shop, data.duplicates, data.is_active
    )
    with writing(office.engine) as database:
        is_new = channel not in {it.id for it in channels.channels(database)}
        acts.save_channel(database, actor, moment, wanted, is_new=is_new)
        for shop in data.shops:
            acts.assign(database, actor, moment, shop, channel)
        return _channel(database, wanted)


HANDLERS = (
    *(queues, put_queue),
    *(schedules, plan_export, plan_import, turn_schedule, remove_schedule),
    *(all_channels, put_channel),
)


def _plan(office: Office, actor: Actor, order: Order, clock: Clock) -> ScheduleView:
    times = Times(clock.at, 0, clock.days)
    if clock.every_min:
        times = Times("", clock.every_min)
    with writing(office.engine) as database:
        made = acts.plan(database, actor, office.clock(), order, times)
        return ScheduleView(**asdict(acts.own_schedule(database, actor, made)))


def _channel(connection: Connection, it: Channel) -> ChannelView:
    shops = channels.shops_of(connection, it.id)
    return ChannelView(**asdict(it), shops=shops, terminals=reached.tills_of(connection, shops))
