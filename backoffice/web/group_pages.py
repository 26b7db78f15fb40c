"""The page of groups of tills: which till is in which, for roll-outs of versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation, URLEncodedBody
from litestar.response import Redirect, Template

from backoffice import changes, fleet, rollouts
from backoffice.actor import CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.rollouts import GROUP_PATTERN
from backoffice.store.engine import reading, writing
from backoffice.web.chosen import shops_of
from backoffice.web.given import Given, line
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Row

    from backoffice.actor import Actor

OpenOffice = NamedDependency[SkipValidation[Office]]
_GROUP = re.compile(GROUP_PATTERN)


@get("/settings/groups", sync_to_thread=True, opt={"right": Right.TERMINALS})
def groups(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template:
    """Every till with its group."""
    return _form(request, office, actor)


@post("/settings/groups", sync_to_thread=True, opt={"right": Right.TERMINALS})
def change_groups(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Put tills into groups; only those whose group the editor changed."""
    with writing(office.engine) as database:
        moment, asked = office.clock(), _asked(fleet.all_terminals(database), actor, data)
        found = ((row.id, _fault(row.group_name, *groups)) for row, *groups in asked)
        errors = {till: wrong for till, wrong in found if wrong}
        for row, _was, wanted in asked if not errors else ():
            rollouts.join(database, row.id, wanted, moment)
            what, now = f"terminals/{row.id}", {"group": wanted}
            before = {"group": row.group_name}
            changes.record(database, actor, moment, "group", what, row.shop, before, now)
    if errors:
        return _form(request, office, actor, data, errors)
    return done("/settings/groups", _("Saved. Roll-outs go by these groups from now on."))


def _asked(tills: Iterable[Row[Any]], actor: Actor, data: Given) -> list[tuple[Row[Any], str, str]]:
    """Tills that the editor moves: what group he saw, and which he wants."""
    asked = ((it, line(data, f"was-{it.id}"), line(data, f"group-{it.id}")) for it in tills)
    return [
        (it, was, wanted)
        for it, was, wanted in asked
        if actor.sees(it.shop) and f"group-{it.id}" in data and was != wanted
    ]


def _fault(now: str, was: str, wanted: str) -> str:
    if not _GROUP.fullmatch(wanted):
        return _("At most 64 letters, digits, dots, hyphens, underscores")
    return "" if now in {was, wanted} else _("It is in {group} by now", group=now or "—")


def _form(
    request: Asked,
    office: Office,
    actor: Actor,
    given: Mapping[str, object] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Template:
    with reading(office.engine) as database:
        tills = [it for it in fleet.all_terminals(database) if actor.sees(it.shop)]
        shops = shops_of(database, actor)
    return page(
        "groups.html",
        request,
        status=422 if errors else 200,
        tills=tills,
        shops=shops,
        typed={it.id: line(given, f"group-{it.id}") if given else it.group_name for it in tills},
        known=sorted({it.group_name for it in tills if it.group_name}),
        errors=errors or {},
    )


HANDLERS = (groups, change_groups)
