"""The pages of BUS export and import: choose, look at what would move, run now or by the clock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice.actor import CurrentActor
from backoffice.errors import Conflict, NotFound, NotNow
from backoffice.exchange import acts, channels, reached
from backoffice.jobs import book
from backoffice.jobs.work import Way
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web.exchange import order_form, words
from backoffice.web.exchange.order_form import Filled
from backoffice.web.exchange.retelling import retold
from backoffice.web.given import Given, line
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from backoffice.actor import Actor
    from backoffice.exchange.channels import Channel
    from backoffice.jobs.book import Queue

OpenOffice = NamedDependency[SkipValidation[Office]]
_MAY = {"right": Right.GOODS}


@get("/exchange/export", sync_to_thread=True, opt=_MAY)
def export_page(
    office: OpenOffice, actor: CurrentActor, request: Asked, channel: FromQuery[str] = ""
) -> Template:
    """What the other program has, to be brought to the tills of a channel."""
    return _empty_form(office, actor, request, Way.EXPORT, channel)


@post("/exchange/export", sync_to_thread=True, opt=_MAY)
def export_act(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Tick, look, run or plan an export."""
    return _act(office, actor, request, Way.EXPORT, data)


@get("/exchange/import", sync_to_thread=True, opt=_MAY)
def import_page(
    office: OpenOffice, actor: CurrentActor, request: Asked, channel: FromQuery[str] = ""
) -> Template:
    """What the tills of a channel made, to be handed to the other program."""
    return _empty_form(office, actor, request, Way.IMPORT, channel)


@post("/exchange/import", sync_to_thread=True, opt=_MAY)
def import_act(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Tick, look, run or plan an import."""
    return _act(office, actor, request, Way.IMPORT, data)


def _act(
    office: Office, actor: Actor, request: Asked, way: Way, data: Given
) -> Redirect | Template:
    may_choose = reached.words_of(actor, way)
    with reading(office.engine) as database:
        found = reached.own_channel(database, actor, line(data, "channel"))
        queues = [it.name for it in book.queues(database, found.id)]
    filled, act = order_form.read(data, may_choose, queues), line(data, "act")
    if act in {"all", "none"}:
        filled = replace(filled, what=may_choose if act == "all" else ())
        return _form(office, actor, request, way, found.id, filled)
    order_form.must_choose(filled)
    times = order_form.times(filled) if act == "schedule" else None
    if filled.errors:
        return _form(office, actor, request, way, found.id, filled, status=422)
    order = order_form.order(filled, way, found.id)
    try:
        if act == "preview":
            counts = acts.preview(office, actor, order)
            return _form(office, actor, request, way, found.id, filled, counts=counts)
        with writing(office.engine) as database:
            if times is not None:
                acts.plan(database, actor, office.clock(), order, times)
                return done("/exchange/schedules", _("The schedule is saved."))
            job = acts.start(database, actor, office.clock(), order)
    except (NotNow, Conflict) as error:
        if found.is_active:
            filled.errors[""] = _("It cannot be counted now: {why}", why=retold(error.detail))
        else:
            filled.errors[""] = _("This channel is off: turn it on first.")
    else:
        return done(f"/exchange/jobs/{job}", _("The job is asked for. You may close this page."))
    return _form(office, actor, request, way, found.id, filled, status=409)


def _empty_form(office: Office, actor: Actor, request: Asked, way: Way, channel: str) -> Template:
    with reading(office.engine) as database:
        found = _chosen(database, actor, channel)
    filled = Filled(what=reached.words_of(actor, way), duplicates=found.duplicates if found else "")
    return _form(office, actor, request, way, found.id if found else "", filled)


def _chosen(database: Connection, actor: Actor, asked: str) -> Channel | None:
    """The channel that is asked for, else the first of the actor's; raises ``NotFound``."""
    if asked:
        return reached.own_channel(database, actor, asked)
    return next(iter(reached.own_channels(database, actor)), None)


def _form(
    office: Office,
    actor: Actor,
    request: Asked,
    way: Way,
    channel: str,
    filled: Filled,
    *,
    counts: object = None,
    status: int = 200,
) -> Template:
    with reading(office.engine) as database:
        mine = reached.own_channels(database, actor)
        chosen = next((it for it in mine if it.id == channel), None)
        if channel and chosen is None:
            raise NotFound(detail="no such channel")
        shops = channels.shops_of(database, channel) if chosen else []
        queues = book.queues(database, channel) if chosen else []
        last = reached.own_jobs(database, actor, channel=channel, way=way, state=book.DONE, limit=1)
        context: dict[str, Any] = {
            "queues": queues,
            "queue_choices": [(it.name, _queue_word(it)) for it in queues],
            "shops": shops,
            "tills": reached.tills_of(database, shops),
            "last": last[0] if last else None,
        }
    return page(
        "exchange/order.html",
        request,
        status=status,
        way=way.value,
        words=reached.words_of(actor, way),
        channels=mine,
        chosen=chosen,
        given=filled,
        errors=filled.errors,
        counts=counts,
        is_set_up=bool(chosen and _is_set_up(office, chosen, way)),
        days=[(day, _(name)) for day, name in words.DAYS.items()],
        duplicates=[(word, _(said)) for word, said in words.DUPLICATES.items()],
        **context,
    )


def _queue_word(queue: Queue) -> str:
    name = words.queue(queue.name)
    return _("{name} (paused)", name=name) if queue.is_paused else name


def _is_set_up(office: Office, channel: Channel, way: Way) -> bool:
    """Whether the channel has somebody to exchange with."""
    if channel.connector:
        return channel.connector in office.connectors
    return way is Way.EXPORT and bool(channel.pattern_shop)


HANDLERS = (export_page, export_act, import_page, import_act)
