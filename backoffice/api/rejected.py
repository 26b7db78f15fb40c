"""What the administrator may ask about rejected documents: which they are, and another look."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter, SkipValidation
from litestar.status_codes import HTTP_200_OK

from backoffice import changes, rejected
from backoffice.actor import CurrentActor
from backoffice.api.access import admin_only
from backoffice.api.openapi import problems
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from terminal.sync import wire

PAGE = 200
PROBLEMS = problems()
OpenOffice = NamedDependency[SkipValidation[Office]]


class Rejected(msgspec.Struct, frozen=True):
    """A document that is stored and does not count."""

    terminal: str
    epoch: int
    seq: int
    rid: str
    kind: str
    received_at: str
    reason: str


@get("/", opt={"right": Right.JUDGE}, responses=PROBLEMS, sync_to_thread=True)
def listed(
    office: OpenOffice,
    limit: Annotated[int, QueryParameter(ge=1, le=wire.PAGE_ROWS_MAX)] = PAGE,
) -> list[Rejected]:
    """Rejected documents with the reasons, the newest first."""
    with reading(office.engine) as database:
        return [Rejected(*row) for row in rejected.rejected(database, limit)]


@post(
    "/{terminal:str}/{epoch:int}/{seq:int}",
    opt={"right": Right.JUDGE},
    status_code=HTTP_200_OK,
    responses=PROBLEMS,
    sync_to_thread=True,
)
def retry(
    office: OpenOffice,
    actor: CurrentActor,
    terminal: FromPath[str],
    epoch: FromPath[int],
    seq: FromPath[int],
) -> wire.Verdict:
    """Judge a document once more."""
    moment = office.clock()
    with writing(office.engine) as database:
        verdict = rejected.judge_again(database, terminal, epoch, seq, moment)
        word = "accepted" if verdict.is_accepted else "rejected"
        place = f"{terminal}/{epoch}/{seq}"
        changes.record(database, actor, moment, "judge", place, detail=f"{place}: {word}")
    return verdict


rejected_routes = Router(
    "/v1/admin/rejected",
    guards=[admin_only],
    security=[{"administrator": []}],
    route_handlers=[listed, retry],
)
