"""Visits: a week of them, day by day; one is planned, changed, given up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect, Stream, Template

from backoffice import publish
from backoffice.actor import CurrentActor
from backoffice.editing import Editor
from backoffice.errors import BadRows, NotFound, RowChanged
from backoffice.field import listed, planning
from backoffice.field.shapes import CUSTOMERS, VISITS
from backoffice.moments import ZONE
from backoffice.office import Office
from backoffice.rights import to_change, to_read
from backoffice.store.engine import reading, writing
from backoffice.web import sheet
from backoffice.web.chosen import asked_shops, chosen_shop, shops_of
from backoffice.web.field import visit_form
from backoffice.web.field_wording import VISIT_STATES, field_word
from backoffice.web.filters import Filters
from backoffice.web.given import Given, line
from backoffice.web.i18n import _
from backoffice.web.page import Asked, done, page
from backoffice.web.sets.fault_wording import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from backoffice.actor import Actor
    from backoffice.web.sheet import Cell

OpenOffice = NamedDependency[SkipValidation[Office]]
PATH = "/field/visits"
DAYS = 7
# There must be a week before the one that is shown, and one after it.
_FIRST, _LAST = date.min + timedelta(days=DAYS), date.max - timedelta(days=DAYS)
_REVISION_DIGITS_MAX = 18
_LOOK, _CHANGE = {"right": to_read(VISITS)}, {"right": to_change(VISITS)}


class Meant(msgspec.Struct, frozen=True):
    """Which visit is meant, as it was seen."""

    shop: str = ""
    id: str = ""
    revision: int = 0


@get(PATH, sync_to_thread=True, opt=_LOOK)
def visits(office: OpenOffice, actor: CurrentActor, request: Asked) -> Template | Stream:
    """The visits of a week that fit the filters; as a file, too."""
    asked = Filters(request.query_params)
    today = office.clock().astimezone(ZONE).date()
    wished = asked.date("first") or today - timedelta(days=today.weekday())
    first = min(max(wished, _FIRST), _LAST)
    last = first + timedelta(days=DAYS - 1)
    with reading(office.engine) as database:
        shops = shops_of(database, actor)
        wanted = listed.Wanted(
            shops=asked_shops(shops, asked.word("shop")),
            state=asked.one_of("state", VISIT_STATES),
            representative=asked.word("representative"),
            first_day=first.isoformat(),
            last_day=last.isoformat(),
        )
        found = listed.visits(database, wanted)
        sellers = listed.representatives(database, shops)
        partners = listed.names(database, CUSTOMERS, ((it.shop, it.row.customer) for it in found))
    if kind := asked.word("format"):
        return sheet.download(kind, "visits", _headings(), _cells(found, shops, partners, sellers))
    days = [(first + timedelta(days=no)).isoformat() for no in range(DAYS)]
    return page(
        "field/visits.html",
        request,
        status=asked.status,
        asked=asked,
        shops=shops,
        sellers=sellers,
        partners=partners,
        days=[(day, [it for it in found if it.row.at[:10] == day]) for day in days],
        before=(first - timedelta(days=DAYS)).isoformat(),
        after=(first + timedelta(days=DAYS)).isoformat(),
        today=today.isoformat(),
        states=VISIT_STATES,
    )


@get(f"{PATH}/one", sync_to_thread=True, opt=_LOOK)
def visit(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    shop: FromQuery[str] = "",
    id: FromQuery[str] = "",  # noqa: A002 (its name in the address)
    customer: FromQuery[str] = "",
    day: FromQuery[str] = "",
) -> Template:
    """A visit, or the form of a new one."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        if id:
            row = listed.one(database, VISITS, shop, id)
            return _form(office, database, actor, request, shop, visit_form.filled(row), row=row)
        today = office.clock().astimezone(ZONE).date()
        texts = visit_form.blank(day if _is_day(day) else today.isoformat(), customer)
        return _form(office, database, actor, request, shop, texts)


@post(f"{PATH}/one", sync_to_thread=True, opt=_CHANGE)
def plan(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Given]
) -> Redirect | Template:
    """Plan the visit; what is wrong, or too late, comes back as it was typed."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, line(data, "shop"))
    row_id, revision = line(data, "id"), line(data, "revision")
    fields, texts, errors = visit_form.read(data)
    general: list[str] = []
    if not errors:
        try:
            with writing(office.engine) as database:
                editor = Editor(database, actor, office.clock())
                is_one = revision.isdecimal() and len(revision) <= _REVISION_DIGITS_MAX
                seen = int(revision) if is_one else 0
                planning.save(editor, shop, fields, row_id, seen)
            return done(_week(fields["at"], shop), _("Saved."))
        except (BadRows, RowChanged, planning.NotPlanned, NotFound) as error:
            general = _why_not(error)
    with reading(office.engine) as database:
        row = listed.find(database, VISITS, shop, row_id) if row_id else None
        return _form(
            office, database, actor, request, shop, texts, row=row, errors=errors, general=general
        )


@post(f"{PATH}/cancel", sync_to_thread=True, opt=_CHANGE)
def cancel(
    office: OpenOffice, actor: CurrentActor, request: Asked, data: URLEncodedBody[Meant]
) -> Redirect | Template:
    """Give a planned visit up."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, data.shop)
        row = listed.one(database, VISITS, shop, data.id)
    try:
        with writing(office.engine) as database:
            editor = Editor(database, actor, office.clock())
            planning.cancel(editor, shop, data.id, data.revision)
    except (RowChanged, planning.NotPlanned) as error:
        with reading(office.engine) as database:
            row = listed.one(database, VISITS, shop, data.id)
            texts, general = visit_form.filled(row), _why_not(error)
            return _form(office, database, actor, request, shop, texts, row=row, general=general)
    return done(_week(row.at, shop), _("The visit is cancelled."))


def _form(
    office: Office,
    database: Connection,
    actor: Actor,
    request: Asked,
    shop: str,
    texts: dict[str, str],
    *,
    row: Any = None,  # noqa: ANN401 (a visit)
    errors: dict[str, str] | None = None,
    general: list[str] | None = None,
) -> Template:
    editor = Editor(database, actor, office.clock())
    found = planning.partners(editor, shop, texts["customer"])
    said_of = _("{name} (potential)")
    partners = [
        (it["id"], said_of.format(name=it["name"]) if it.get("is_potential") else it["name"])
        for it in found
    ]
    row_id = row.id if row else ""
    return page(
        "field/visit.html",
        request,
        status=422 if errors or general else 200,
        shop=shop,
        shops=shops_of(database, actor),
        row=row,
        texts=texts,
        errors=errors or {},
        general=general or [],
        partners=partners,
        sellers=listed.representatives(database, [shop]),
        revision=publish.revision_of(database, VISITS, shop, row_id) if row_id else 0,
        may_plan=actor.may(to_change(VISITS))
        and (row is None or (row.state == "planned" and not row.began_at)),
        attached=len(listed.attachments(database, [shop], "visit", row_id)) if row_id else 0,
    )


def _why_not(error: BadRows | RowChanged | planning.NotPlanned | NotFound) -> list[str]:
    if isinstance(error, BadRows):
        return [said(fault.reason) for fault in error.faults]
    if isinstance(error, NotFound):
        return [_("There is no such customer or visit any more.")]
    if isinstance(error, planning.NotPlanned):
        return [_("The visit was begun, made or given up meanwhile.")]
    return [_("Somebody changed it meanwhile. Look at it as it is now, and try again.")]


def _week(moment: str, shop: str) -> str:
    day = date.fromisoformat(moment[:10])
    first = (day - timedelta(days=day.weekday())).isoformat()
    return f"{PATH}?{urlencode({'first': first, 'shop': shop})}"


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _headings() -> list[str]:
    return [
        *(_("Time"), _("Minutes"), _("Shop"), _("Customer"), _("Representative"), _("Subject")),
        *(_("State"), _("Begun"), _("Ended"), _("Note")),
    ]


def _cells(
    rows: list[listed.In], shops: dict[str, str], partners: dict[Any, str], sellers: dict[str, str]
) -> Iterator[list[Cell]]:
    for it in rows:
        row = it.row
        yield [
            *(sheet.moment(row.at), row.minutes, shops.get(it.shop, it.shop)),
            partners.get((it.shop, row.customer), row.customer),
            sellers.get(row.representative, row.representative),
            *(row.subject, field_word(row.state), sheet.moment(row.began_at)),
            *(sheet.moment(row.ended_at), row.note),
        ]


HANDLERS = (visits, visit, plan, cancel)
