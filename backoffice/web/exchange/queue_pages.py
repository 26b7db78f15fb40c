"""The page of queues: how many jobs of each run at once, which are paused; and of schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice.actor import CurrentActor
from backoffice.errors import BadRequest
from backoffice.exchange import acts, reached
from backoffice.jobs import book, queues
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web import typed
from backoffice.web.exchange import words
from backoffice.web.given import Given, line
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backoffice.actor import Actor

OpenOffice = NamedDependency[SkipValidation[Office]]
_MAY = {"right": Right.SHOPS}
_HERE, _SCHEDULES = "/exchange/queues", "/exchange/schedules"


@get("/exchange/queues", sync_to_thread=True, opt=_MAY)
def listed(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """The queues of each of the actor's channels."""
    return _page(office, actor, request)


@post("/exchange/queues", sync_to_thread=True, opt=_MAY)
def act(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Make a queue, let more or fewer of its jobs run at once, pause it, or go on."""
    channel, name, wanted = line(data, "channel"), line(data, "name"), line(data, "act")
    moment = office.clock()
    if wanted in {"pause", "go"}:
        is_paused = wanted == "pause"
        with writing(office.engine) as database:
            acts.pause(database, actor, moment, channel, name, is_paused=is_paused)
        said = _("Paused. What runs goes to its end.") if is_paused else _("The queue goes on.")
        return done(_HERE, said)
    try:
        at_once = typed.number(line(data, "at_once"))
        with writing(office.engine) as database:
            acts.put_queue(database, actor, moment, channel, name, at_once)
    except typed.NotUnderstood as wrong:
        return _page(office, actor, request, data, wrong.reason.said(_))
    except BadRequest:
        most = queues.AT_ONCE_MAX
        why = _("A name of small letters, digits and hyphens; 1 to {most} jobs at once", most=most)
        return _page(office, actor, request, data, why)
    return done(_HERE, _("Saved."))


@get("/exchange/schedules", sync_to_thread=True, opt={"right": Right.GOODS})
def schedules(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """What is asked for by the clock."""
    with reading(office.engine) as database:
        found = acts.own_schedules(database, actor)
        names = {it.id: words.channel(it) for it in reached.own_channels(database, actor)}
    return page("exchange/schedules.html", request, schedules=found, channels=names)


@post("/exchange/schedules/{schedule:str}", sync_to_thread=True, opt={"right": Right.GOODS})
def schedule_act(
    office: OpenOffice,
    actor: CurrentActor,
    schedule: FromPath[str],
    data: URLEncodedBody[Given],
) -> Redirect:
    """Turn a schedule on or off, or take it away."""
    moment, wanted = office.clock(), line(data, "act")
    with writing(office.engine) as database:
        if wanted == "remove":
            acts.unplan(database, actor, moment, schedule)
            said = _("The schedule is gone. Jobs that it asked for go on.")
        elif wanted in {"on", "off"}:
            acts.turn(database, actor, moment, schedule, is_on=wanted == "on")
            said = _("Saved.")
        else:
            raise BadRequest(detail="$.act: expected on, off or remove")
    return done(_SCHEDULES, said)


def _page(
    office: Office,
    actor: Actor,
    request: Asked,
    given: Mapping[str, object] | None = None,
    error: str = "",
) -> Template:
    with reading(office.engine) as database:
        mine = reached.own_channels(database, actor)
        found = [(it, book.queues(database, it.id)) for it in mine]
    new = {name: line(given or {}, name) for name in ("channel", "name", "at_once")}
    return page(
        "exchange/queues.html",
        request,
        status=422 if error else 200,
        channels=found,
        choices=[(it.id, words.channel(it)) for it in mine],
        given=new,
        error=error,
        most=queues.AT_ONCE_MAX,
    )


HANDLERS = (listed, act, schedules, schedule_act)
