"""The page of versions: what is rolled out, what runs where; a roll-out is paused or stopped."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import fleet, rollouts, settings, update_states
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page

OpenOffice = NamedDependency[SkipValidation[Office]]


class Change(msgspec.Struct, frozen=True):
    """What the button of a roll-out says."""

    act: Literal["pause", "resume", "stop"]
    group: str = ""


@get("/versions", sync_to_thread=True, opt={"right": Right.TERMINALS})
def versions(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """Roll-outs, and of each terminal what it runs, shall run, and told of it."""
    with reading(office.engine) as database:
        context: dict[str, Any] = {
            "rollouts": rollouts.all_rollouts(database),
            "wishes": rollouts.wishes(database),
            "terminals": [it for it in fleet.all_terminals(database) if actor.sees(it.shop)],
            "updates": update_states.states(database),
        }
    return page("versions.html", request, **context)


@post("/versions", sync_to_thread=True, opt={"right": Right.TERMINALS})
def change(office: OpenOffice, actor: CurrentActor, data: URLEncodedBody[Change]) -> Redirect:
    """Pause a roll-out, go on with it, or stop it."""
    actor.must_see_every_shop()
    moment = office.clock()
    with writing(office.engine) as database:
        if data.act == "stop":
            rollouts.stop(database, data.group, moment)
        else:
            rollouts.change(database, data.group, moment, is_paused=data.act == "pause")
        settings.note(database, moment, "roll out", f"{data.act} {data.group or 'all others'}")
    said = {
        "pause": _("The roll-out is paused."),
        "resume": _("The roll-out goes on."),
        "stop": _("The roll-out is stopped."),
    }
    return done("/versions", said[data.act])


HANDLERS = (versions, change)
