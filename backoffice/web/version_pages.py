"""The page of versions: what runs where and what is rolled out; it is begun, widened, stopped."""

from __future__ import annotations

import re
from typing import Any, Literal

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

from backoffice import fleet, rollouts, update_states
from backoffice.actor import Actor, CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.rollouts import ALL, GROUP_PATTERN, VERSION_PATTERN, Rollout
from backoffice.store.engine import reading, writing
from backoffice.web.i18n import _, gettext_noop
from backoffice.web.page import Asked, done, page

OpenOffice = NamedDependency[SkipValidation[Office]]

_PERCENT_WRONG = gettext_noop("A whole number from 0 to 100.")


class Change(msgspec.Struct, frozen=True):
    """What the button of a roll-out says; ``percent`` is that of ``widen``."""

    act: Literal["pause", "resume", "stop", "widen"]
    group: str = ""
    percent: str = ""


class Beginning(msgspec.Struct, frozen=True):
    """The form of a new roll-out, as typed; a box that is not ticked sends nothing."""

    version: str = ""
    group: str = ""
    percent: str = "100"
    is_forced: str = ""
    may_go_back: str = ""


@get("/versions", sync_to_thread=True, opt={"right": Right.TERMINALS})
def versions(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """Roll-outs, and of each terminal what it runs, shall run, and told of it."""
    return _page(office, actor, request, Beginning(), {})


@post("/versions", sync_to_thread=True, opt={"right": Right.TERMINALS})
def change(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Change]
) -> Redirect | Template:
    """Pause a roll-out, go on with it, widen it, or stop it."""
    moment, percent = office.clock(), _percent(data.percent)
    actor.must_see_every_shop()
    if data.act == "widen" and percent is None:
        return _page(office, actor, request, Beginning(), {"widen": _PERCENT_WRONG})
    with writing(office.engine) as database:
        before = rollouts.find(database, data.group)
        match data.act:
            case "stop":
                after = rollouts.stop(database, data.group, moment)
            case "widen":
                after = rollouts.change(database, data.group, moment, percent=percent)
            case "pause" | "resume":
                is_paused = data.act == "pause"
                after = rollouts.change(database, data.group, moment, is_paused=is_paused)
        rollouts.note(database, actor, moment, before, after)
    said = {
        "pause": _("The roll-out is paused."),
        "resume": _("The roll-out goes on."),
        "stop": _("The roll-out is stopped."),
        "widen": _("Saved."),
    }
    return done("/versions", said[data.act])


@post("/versions/new", sync_to_thread=True, opt={"right": Right.TERMINALS})
def begin(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Beginning]
) -> Redirect | Template:
    """Roll a version out to a share of a group, in place of what was rolled out before."""
    moment, percent = office.clock(), _percent(data.percent)
    actor.must_see_every_shop()
    wrong = _faults(office, data, percent)
    if wrong or percent is None:
        return _page(office, actor, request, data, wrong)
    wanted = Rollout(
        data.group.strip(),
        data.version.strip(),
        percent=percent,
        is_forced=bool(data.is_forced),
        may_go_back=bool(data.may_go_back),
    )
    with writing(office.engine) as database:
        before = rollouts.find(database, wanted.group)
        after = rollouts.begin(database, wanted, moment)
        rollouts.note(database, actor, moment, before, after)
    return done("/versions", _("The roll-out has begun."))


def _page(
    office: Office, actor: Actor, request: Asked, typed: Beginning, wrong: dict[str, str]
) -> Template:
    with reading(office.engine) as database:
        terminals = [it for it in fleet.all_terminals(database) if actor.sees(it.shop)]
        context: dict[str, Any] = {
            "rollouts": rollouts.all_rollouts(database),
            "wishes": rollouts.wishes(database),
            "terminals": terminals,
            "updates": update_states.states(database),
            "groups": sorted({it.group_name for it in terminals if it.group_name}),
        }
    status = HTTP_422_UNPROCESSABLE_ENTITY if wrong else HTTP_200_OK
    said = {name: _(text) for name, text in wrong.items()}
    return page("versions.html", request, status=status, typed=typed, wrong=said, **context)


def _faults(office: Office, typed: Beginning, percent: int | None) -> dict[str, str]:
    """What is wrong with the form, by its fields."""
    wrong, version = {}, typed.version.strip()
    if not re.fullmatch(VERSION_PATTERN, version):
        wrong["version"] = gettext_noop("A version is numbers such as 1.2.0.")
    elif office.shelf is not None and not office.shelf.has(version):
        wrong["version"] = gettext_noop("This version is not published here.")
    if not re.fullmatch(GROUP_PATTERN, typed.group.strip()):
        wrong["group"] = gettext_noop("Letters, digits, dots, dashes and underscores, at most 64.")
    if percent is None:
        wrong["percent"] = _PERCENT_WRONG
    return wrong


def _percent(typed: str) -> int | None:
    """A whole percentage; None for what is none."""
    text = typed.strip().removesuffix("%").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text) and int(text) <= ALL else None


HANDLERS = (versions, change, begin)
