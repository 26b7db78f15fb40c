"""What the administrator may have forgotten: a buyer or customer, by tax number or name."""

from __future__ import annotations

import msgspec
from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation
from litestar.status_codes import HTTP_200_OK

from backoffice import changes, persons
from backoffice.actor import CurrentActor
from backoffice.api.access import admin_only
from backoffice.api.openapi import problems
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import writing

PROBLEMS = problems()
OpenOffice = NamedDependency[SkipValidation[Office]]


class Whom(msgspec.Struct, frozen=True):
    """Whoever has this tax number, or bears this name; neither is nobody."""

    nip: str = ""
    name: str = ""


class Forgotten(msgspec.Struct, frozen=True):
    """In how many documents and customers; ``kept`` is what the law wants until ``kept_until``."""

    documents: int
    customers: int
    kept: int
    kept_until: str


@post(
    "/",
    opt={"right": Right.JUDGE},
    status_code=HTTP_200_OK,
    responses=PROBLEMS,
    sync_to_thread=True,
)
def erase(office: OpenOffice, actor: CurrentActor, data: JSONBody[Whom]) -> Forgotten:
    """Forget somebody; the journals stay as they are, and whole."""
    words = {name: text.strip() for name, text in msgspec.structs.asdict(data).items()}
    moment = office.clock()
    with writing(office.engine) as database:
        erased = persons.erase(database, words, moment)
        told = f"{erased.documents} documents, {erased.customers} customers, {erased.kept} kept"
        changes.record(database, actor, moment, "erase", "persons", detail=told)
    return msgspec.convert(erased, Forgotten, from_attributes=True)


person_routes = Router(
    "/v1/admin/erase",
    guards=[admin_only],
    security=[{"administrator": []}],
    route_handlers=[erase],
)
