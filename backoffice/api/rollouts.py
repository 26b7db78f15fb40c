"""What the administrator may ask about roll-outs: begin, widen, pause, resume, stop."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, delete, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter, SkipValidation
from litestar.status_codes import HTTP_200_OK
from msgspec import Meta

from backoffice import rollouts
from backoffice.actor import CurrentActor
from backoffice.api.access import admin_only
from backoffice.api.openapi import problems
from backoffice.errors import NotFound
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.rollouts import ALL, GROUP_PATTERN, VERSION_PATTERN, Rollout
from backoffice.store.engine import reading, writing

PROBLEMS = problems()
OpenOffice = NamedDependency[SkipValidation[Office]]
_FLEET = {"right": Right.TERMINALS}
Group = Annotated[str, Meta(pattern=GROUP_PATTERN)]
Version = Annotated[str, Meta(pattern=VERSION_PATTERN)]
Percent = Annotated[int, Meta(ge=0, le=ALL)]


class RolloutState(msgspec.Struct, frozen=True):
    """A roll-out; those of the group outside of ``percent`` have the version of ``before``."""

    group: str
    version: str
    before: str
    percent: int
    is_paused: bool
    is_forced: bool
    may_go_back: bool
    changed_at: str


class RolloutWish(msgspec.Struct, frozen=True):
    """A version for a group of terminals; the group "" is whoever has no roll-out of its own."""

    version: Version
    group: Group = ""
    percent: Percent = ALL
    is_forced: bool = False
    may_go_back: bool = False


class Share(msgspec.Struct, frozen=True):
    """How much of a group shall have the version."""

    percent: Percent
    group: Group = ""


class Pause(msgspec.Struct, frozen=True):
    """Whether tills shall fetch and install nothing for now."""

    is_paused: bool
    group: Group = ""


@get("/", opt={"right": Right.SEE}, responses=PROBLEMS, sync_to_thread=True)
def listed(office: OpenOffice) -> list[RolloutState]:
    """Every roll-out."""
    with reading(office.engine) as database:
        return [_state(it) for it in rollouts.all_rollouts(database)]


@put("/", opt=_FLEET, responses=PROBLEMS, sync_to_thread=True)
def begin(office: OpenOffice, actor: CurrentActor, data: JSONBody[RolloutWish]) -> RolloutState:
    """Roll a version out to a group, in place of what was rolled out to it before."""
    moment = office.clock()
    actor.must_see_every_shop()
    if office.shelf is not None and not office.shelf.has(data.version):
        raise NotFound(detail=f"version {data.version} is not published here")
    wanted = Rollout(**msgspec.structs.asdict(data))
    with writing(office.engine) as database:
        before = rollouts.find(database, data.group)
        begun = rollouts.begin(database, wanted, moment)
        rollouts.note(database, actor, moment, before, begun)
    return _state(begun)


@put("/percent", opt=_FLEET, responses=PROBLEMS, sync_to_thread=True)
def set_percent(office: OpenOffice, actor: CurrentActor, data: JSONBody[Share]) -> RolloutState:
    """Widen a roll-out, or narrow it for those that have not begun."""
    moment = office.clock()
    actor.must_see_every_shop()
    with writing(office.engine) as database:
        before = rollouts.find(database, data.group)
        changed = rollouts.change(database, data.group, moment, percent=data.percent)
        rollouts.note(database, actor, moment, before, changed)
    return _state(changed)


@put("/pause", opt=_FLEET, responses=PROBLEMS, sync_to_thread=True)
def set_pause(office: OpenOffice, actor: CurrentActor, data: JSONBody[Pause]) -> RolloutState:
    """Pause a roll-out, or go on with it."""
    moment = office.clock()
    actor.must_see_every_shop()
    with writing(office.engine) as database:
        before = rollouts.find(database, data.group)
        changed = rollouts.change(database, data.group, moment, is_paused=data.is_paused)
        rollouts.note(database, actor, moment, before, changed)
    return _state(changed)


@delete("/", opt=_FLEET, status_code=HTTP_200_OK, responses=PROBLEMS, sync_to_thread=True)
def stop(
    office: OpenOffice,
    actor: CurrentActor,
    group: Annotated[str, QueryParameter(pattern=GROUP_PATTERN)] = "",
) -> RolloutState:
    """Stop a roll-out: nobody gets the version any more."""
    moment = office.clock()
    actor.must_see_every_shop()
    with writing(office.engine) as database:
        before = rollouts.find(database, group)
        stopped = rollouts.stop(database, group, moment)
        rollouts.note(database, actor, moment, before, stopped)
    return _state(stopped)


rollout_routes = Router(
    "/v1/admin/rollouts",
    guards=[admin_only],
    security=[{"administrator": []}],
    route_handlers=[listed, begin, set_percent, set_pause, stop],
)


def _state(it: Rollout) -> RolloutState:
    return RolloutState(**{name: getattr(it, name) for name in RolloutState.__struct_fields__})
