"""What the administrator may ask about terminals: how they are, inviting, blocking, grouping."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, SkipValidation
from msgspec import Meta

from backoffice import changes, fleet, rollouts, update_states
from backoffice.actor import CurrentActor
from backoffice.api.access import admin_only
from backoffice.api.openapi import problems
from backoffice.moments import stamp
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.rollouts import GROUP_PATTERN
from backoffice.store.engine import reading, writing
from backoffice.update_states import NOTHING_TOLD, UpdateState
from terminal.sync import wire

PROBLEMS = problems()
OpenOffice = NamedDependency[SkipValidation[Office]]


class Invitation(msgspec.Struct, frozen=True):
    """Which device shall become which terminal."""

    terminal: Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
    shop: wire.Id


class Invited(msgspec.Struct, frozen=True):
    """The one-time code, shown once."""

    terminal: str
    shop: str
    code: str
    expires_at: str


class UpdateView(msgspec.Struct, frozen=True):
    """What a terminal told of its updates last.

    ``state`` is empty, prepared, trial, installed, rolled_back, barred or refused; ``barred`` are
    versions that failed there and are not tried again.
    """

    state: str
    version: str
    at: str
    reason: str
    prepared: str
    barred: list[str]


class TerminalState(msgspec.Struct, frozen=True):
    """A terminal and its last heartbeat."""

    id: str
    shop: str
    epoch: int
    seen_at: str | None
    version: str
    unsent: int
    oldest_unsent_at: str
    day: str
    printer: str
    operator: str
    key_id: str | None
    is_blocked: bool
    database: int
    reports_left: int | None
    disk_free_mib: int | None
    group: str
    update: UpdateView


class Access(msgspec.Struct, frozen=True):
    """Whether a terminal is shut out."""

    is_blocked: bool


class Membership(msgspec.Struct, frozen=True):
    """Group of a terminal, for roll-outs; empty for none."""

    group: Annotated[str, Meta(pattern=GROUP_PATTERN)]


@get("/", opt={"right": Right.SEE}, responses=PROBLEMS, sync_to_thread=True)
def terminals(office: OpenOffice, actor: CurrentActor) -> list[TerminalState]:
    """Every terminal, its last heartbeat and what it told of updates."""
    with reading(office.engine) as database:
        found = fleet.all_terminals(database)
        states = update_states.states(database)
    return [_state(it, states.get(it.id, NOTHING_TOLD)) for it in found if actor.sees(it.shop)]


@post("/", opt={"right": Right.TERMINALS}, responses=PROBLEMS, sync_to_thread=True)
def invite(office: OpenOffice, actor: CurrentActor, data: JSONBody[Invitation]) -> Invited:
    """Make a one-time enrolment code for a terminal."""
    moment = office.clock()
    actor.must_see(data.shop)
    with writing(office.engine) as database:
        fleet.must_see(database, actor, data.terminal)
        code = fleet.invite(database, data.terminal, data.shop, moment)
        what = f"terminals/{data.terminal}"
        changes.record(database, actor, moment, "invite", what, data.shop)
    return Invited(data.terminal, data.shop, code, stamp(moment + fleet.CODE_LIFE))


@put("/{row_id:str}", opt={"right": Right.TERMINALS}, responses=PROBLEMS, sync_to_thread=True)
def set_terminal(
    office: OpenOffice, actor: CurrentActor, row_id: FromPath[str], data: JSONBody[Access]
) -> Access:
    """Shut a terminal out, or let it in again; what it has sold stays, and it goes on selling."""
    with writing(office.engine) as database:
        fleet.must_see(database, actor, row_id)
        fleet.block(database, row_id, is_blocked=data.is_blocked)
        act = "block" if data.is_blocked else "unblock"
        after = {"is_blocked": data.is_blocked}
        changes.record(database, actor, office.clock(), act, f"terminals/{row_id}", after=after)
    return data


@put(
    "/{row_id:str}/group",
    opt={"right": Right.TERMINALS},
    responses=PROBLEMS,
    sync_to_thread=True,
)
def set_group(
    office: OpenOffice, actor: CurrentActor, row_id: FromPath[str], data: JSONBody[Membership]
) -> Membership:
    """Put a terminal into a group."""
    moment = office.clock()
    with writing(office.engine) as database:
        fleet.must_see(database, actor, row_id)
        rollouts.join(database, row_id, data.group, moment)
        after = {"group": data.group}
        changes.record(database, actor, moment, "group", f"terminals/{row_id}", after=after)
    return data


fleet_routes = Router(
    "/v1/admin/terminals",
    guards=[admin_only],
    security=[{"administrator": []}],
    route_handlers=[terminals, invite, set_terminal, set_group],
)

_OWN = tuple(it for it in TerminalState.__struct_fields__ if it not in {"group", "update"})


def _state(row: Any, told: UpdateState) -> TerminalState:  # noqa: ANN401 (a row of a query)
    update = UpdateView(
        told.word(row.version), told.version, told.at, told.reason, told.prepared, [*told.barred]
    )
    own = {name: getattr(row, name) for name in _OWN}
    return TerminalState(**own, group=row.group_name, update=update)
