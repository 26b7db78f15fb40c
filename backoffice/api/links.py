"""The one-time link of an owner: for the first one, and for a company whose owners are all lost."""

from __future__ import annotations

import msgspec
from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from backoffice import changes, links
from backoffice.actor import CurrentActor
from backoffice.api.access import admin_only
from backoffice.api.openapi import problems
from backoffice.errors import Forbidden
from backoffice.moments import stamp
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.company import company_of
from backoffice.store.engine import writing

OpenOffice = NamedDependency[SkipValidation[Office]]


class OwnerLink(msgspec.Struct, frozen=True):
    """Where whoever shall be an owner goes, once; shown once."""

    path: str
    expires_at: str


@post("/", opt={"right": Right.ACCOUNTS}, responses=problems(), sync_to_thread=True)
def owner_link(office: OpenOffice, actor: CurrentActor) -> OwnerLink:
    """Make a link whose bearer becomes an owner; only the administrator's token may."""
    if actor.account:
        raise Forbidden(detail="only the administrator's token makes owners")
    moment = office.clock()
    with writing(office.engine) as database:
        token = links.make(database, company_of(database), "owner", "", moment)
        changes.record(database, actor, moment, "owner link", "")
    return OwnerLink(f"/link/{token}", stamp(moment + links.LIFE))


link_routes = Router(
    "/v1/admin/owner-link",
    guards=[admin_only],
    security=[{"administrator": []}],
    route_handlers=[owner_link],
)
