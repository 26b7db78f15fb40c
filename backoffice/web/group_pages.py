"""The page of groups of tills: which till is in which, for roll-outs of versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
    from collections.abc import Mapping

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
    errors: dict[str, str] = {}
    with writing(office.engine) as database:
        moment = office.clock()
        for row in fleet.all_terminals(database):
            name = f"group-{row.id}"
            wanted = line(data, name)
            is_changed = name in data and wanted != line(data, f"was-{row.id}")
            if not (actor.sees(row.shop) and is_changed):
                continue
            if not _GROUP.fullmatch(wanted):
                errors[row.id] = _("At most 64 letters, digits, dots, hyphens, underscores")
            elif row.group_name not in {line(data, f"was-{row.id}"), wanted}:
                errors[row.id] = _("It is in {group} by now", group=row.group_name or "—")
            elif not errors and row.group_name != wanted:
                rollouts.join(database, row.id, wanted, moment)
                what, was = f"terminals/{row.id}", {"group": row.group_name}
                changes.record(
                    database, actor, moment, "group", what, row.shop, was, {"group": wanted}
                )
        if errors:
            database.rollback()
    if errors:
        return _form(request, office, actor, data, errors)
    return done("/settings/groups", _("Saved. Roll-outs go by these groups from now on."))


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
