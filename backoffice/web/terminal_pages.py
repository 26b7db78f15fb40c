"""The tills: all of them, those that need somebody first, and one with all that is known of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import (
    FromPath,
    FromQuery,
    QueryParameter,
    SkipValidation,
    URLEncodedBody,
)
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_422_UNPROCESSABLE_ENTITY

from backoffice import changes, contacts, errands, fleet, rollouts, till_logs, tills
from backoffice.actor import Actor, CurrentActor
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web import lists, sheet, till_wording, wording
from backoffice.web.chosen import shops_of
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page
from terminal.sync import wire

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.tills import Till

OpenOffice = NamedDependency[SkipValidation[Office]]
Format = Annotated[str, QueryParameter(name="format")]
CONTACTS_SHOWN = 30


class Membership(msgspec.Struct, frozen=True):
    """Group of a till, as typed."""

    group: str = ""


@get("/terminals", sync_to_thread=True, opt={"right": Right.SEE})
def listed(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    shop: FromQuery[str] = "",
    as_file: Format = "",
) -> Response[Any]:
    """All tills that the actor may see, or those of one shop; also as a file."""
    moment = office.clock()
    if shop:
        actor.must_see(shop)
    with reading(office.engine) as database:
        found = tills.all_tills(database, moment, {shop} if shop else actor.shops)
        names = lists.operators(database)
        context: dict[str, Any] = {"shops": shops_of(database, actor), "shop": shop}
    if as_file:
        rows = [_cells(till, names, moment) for till in found]
        return sheet.download(as_file, "terminals", _headings(), rows)
    return page("terminals.html", request, tills=found, operators=names, **context)


@get("/terminals/{terminal:str}", sync_to_thread=True, opt={"right": Right.SEE})
def one(
    office: OpenOffice, actor: CurrentActor, request: Asked, terminal: FromPath[str]
) -> Template:
    """One till: how it is, what it was asked, what came and went, its data and its alarms."""
    return till_page(office, actor, request, terminal)


@post("/terminals/{terminal:str}/group", sync_to_thread=True, opt={"right": Right.TERMINALS})
def set_group(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    terminal: FromPath[str],
    data: URLEncodedBody[Membership],
) -> Redirect | Template:
    """Put a till into a group for roll-outs, or into none."""
    moment, group = office.clock(), data.group.strip()
    if not re.fullmatch(rollouts.GROUP_PATTERN, group):
        wrong = _("Letters, digits, dots, dashes and underscores, at most 64.")
        return till_page(office, actor, request, terminal, group=group, group_wrong=wrong)
    with writing(office.engine) as database:
        till = seen_till(database, actor, terminal, moment)
        rollouts.join(database, till.id, group, moment)
        before, after = {"group": till.group_name}, {"group": group}
        what = f"terminals/{till.id}"
        changes.record(database, actor, moment, "group", what, till.shop, before, after)
    return done(f"/terminals/{terminal}", _("Saved."))


def seen_till(connection: Connection, actor: Actor, terminal_id: str, moment: datetime) -> Till:
    """A till that the actor may see; raises ``NotFound`` for any other."""
    fleet.must_see(connection, actor, terminal_id)
    return tills.one_till(connection, terminal_id, moment)


def till_page(
    office: Office,
    actor: Actor,
    request: Asked,
    terminal_id: str,
    *,
    group: str | None = None,
    group_wrong: str = "",
) -> Template:
    """The page of a till; with what was typed wrongly, if that is why it comes back."""
    moment = office.clock()
    with reading(office.engine) as database:
        till = seen_till(database, actor, terminal_id, moment)
        context: dict[str, Any] = {
            "till": till,
            "asked": errands.of_terminal(database, till.id, moment),
            "logs": till_logs.kept_of(database, till.id, moment),
            "contacts": contacts.history(database, terminals=[till.id], limit=CONTACTS_SHOWN).rows,
            "heard": contacts.last_day(database, till.id, moment),
            "alarms": lists.alarms(database, [till.id]),
            "invited_until": fleet.invited_until(database, till.id, moment),
            "operator": lists.operators(database).get((till.id, till.operator), till.operator),
            "shop_of_till": shops_of(database, actor).get(till.shop, till.shop),
            "group": till.group_name if group is None else group,
            "group_wrong": group_wrong,
            "reloads": [(it, till_wording.set_name(it)) for it in wire.RELOADS],
        }
    status = HTTP_422_UNPROCESSABLE_ENTITY if group_wrong else 200
    return page("terminal.html", request, status=status, **context)


def _headings() -> list[str]:
    return [
        *(_("Till"), _("Shop"), _("Group"), _("Last contact"), _("Version"), _("Not sent")),
        *(_("Oldest not sent"), _("Day"), _("Last daily report"), _("Printer")),
        *(_("Reports left"), _("Disk free, MB"), _("Clock off, s"), _("Operator"), _("Troubles")),
    ]


def _cells(till: Till, names: dict[tuple[str, str], str], moment: datetime) -> list[sheet.Cell]:
    wrong = [till_wording.trouble(kind, till, moment) for kind in till.troubles]
    return [
        *(till.id, till.shop, till.group_name, sheet.moment(till.seen_at or "")),
        *(till.version, till.unsent, sheet.moment(till.oldest_unsent_at)),
        *(wording.day(till.day), sheet.moment(till.reported_at), wording.printer(till.printer)),
        *(till.reports_left, till.disk_free_mib, till.clock_off_s),
        *(names.get((till.id, till.operator), till.operator), "; ".join(wrong)),
    ]


HANDLERS = (listed, one, set_group)
