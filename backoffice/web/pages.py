"""The pages of what the tills sent, and the routes of all pages."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, SkipValidation, URLEncodedBody
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Redirect, Template
from litestar.static_files import create_static_files_router
from litestar.status_codes import HTTP_303_SEE_OTHER
from litestar.template.config import TemplateConfig

from backoffice import fleet, register, rejected, settings, update_states
from backoffice.office import Office
from backoffice.rights import Right
from backoffice.store.engine import reading, writing
from backoffice.web import (
    link_pages,
    lists,
    register_pages,
    release_wording,
    second_factor_pages,
    sign_in_pages,
    version_pages,
    wording,
)
from backoffice.web.door import known_only, signed_in_only

OpenOffice = NamedDependency[SkipValidation[Office]]

HERE = Path(__file__).parent


class Judging(msgspec.Struct, frozen=True):
    """Which document shall be judged again."""

    terminal: str
    epoch: int
    seq: int

    def __str__(self) -> str:
        return f"{self.terminal}/{self.epoch}/{self.seq}"


@get("/", opt={"right": Right.SEE}, sync_to_thread=True)
def overview(office: OpenOffice, before: FromQuery[int] = 0) -> Template:
    """Terminals, alarms, and the latest receipts."""
    with reading(office.engine) as database:
        context = {
            "terminals": fleet.all_terminals(database),
            "alarms": lists.alarms(database),
            "receipts": lists.receipts(database, before),
            "operators": lists.operators(database),
            "updates": update_states.states(database),
        }
    return _page("overview.html", office, before=before, **context)


@get("/receipts/{row_id:int}", opt={"right": Right.FIGURES}, sync_to_thread=True)
def receipt(office: OpenOffice, row_id: FromPath[int]) -> Template:
    """One receipt: lines, VAT split, payments."""
    with reading(office.engine) as database:
        row, document = lists.receipt_of(database, row_id)
        context = {
            "operators": lists.operators(database),
            "after": register.of_receipt(database, document.rid),
        }
    return _page("receipt.html", office, row=row, document=document, **context)


@get("/reports", opt={"right": Right.FIGURES}, sync_to_thread=True)
def reports(office: OpenOffice, before: FromQuery[int] = 0) -> Template:
    """Daily reports."""
    with reading(office.engine) as database:
        listed = lists.reports(database, before)
        names = lists.operators(database)
    return _page("reports.html", office, reports=listed, operators=names, before=before)


@get("/shifts", opt={"right": Right.FIGURES}, sync_to_thread=True)
def shifts(office: OpenOffice, before: FromQuery[int] = 0) -> Template:
    """Shifts with what was expected and counted, and cash put in and taken out."""
    with reading(office.engine) as database:
        context = {
            "shifts": lists.shifts(database, before),
            "moves": lists.cash_moves(database),
            "operators": lists.operators(database),
        }
    return _page("shifts.html", office, before=before, **context)


@get("/rejected", opt={"right": Right.JUDGE}, sync_to_thread=True)
def rejected_documents(office: OpenOffice) -> Template:
    """Documents that are stored and do not count."""
    with reading(office.engine) as database:
        documents = rejected.rejected(database, lists.PAGE_ROWS)
    return _page("rejected.html", office, documents=documents)


@post("/rejected", opt={"right": Right.JUDGE}, sync_to_thread=True)
def judge_again(office: OpenOffice, data: URLEncodedBody[Judging]) -> Redirect:
    """Judge one of them once more."""
    moment = office.clock()
    with writing(office.engine) as database:
        verdict = rejected.judge_again(database, data.terminal, data.epoch, data.seq, moment)
        settings.note(database, moment, "judge", f"{data}: {verdict.is_accepted}")
    return Redirect("/rejected", status_code=HTTP_303_SEE_OTHER)


def templates() -> TemplateConfig[JinjaTemplateEngine]:
    """The templates: what they print is escaped, and a misspelt name is an error."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        money=wording.money,
        quantity=wording.quantity,
        rate=wording.rate,
        local_time=wording.local_time,
        age=wording.age,
        day=wording.day,
        printer=wording.printer,
        reason=wording.reason,
        document=wording.document,
        abroad=wording.abroad,
        alarm=wording.alarm,
        kind=wording.kind,
        cash_reason=wording.cash_reason,
        book=wording.book,
        entry=wording.entry,
        update=release_wording.update,
    )
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment))


# Compressing a page that holds a secret beside foreign text would let its length give it away.
web_routes = [
    Router(
        "/",
        guards=[signed_in_only],
        route_handlers=[
            *(overview, receipt, reports, shifts, rejected_documents, judge_again),
            *(register_pages.entries, register_pages.entry, register_pages.month_as_csv),
            *(version_pages.versions, version_pages.change),
            *sign_in_pages.HANDLERS,
        ],
        opt={"no_gzip": True},
        include_in_schema=False,
    ),
    Router(
        "/",
        route_handlers=[*sign_in_pages.OPEN_HANDLERS, *link_pages.OPEN_HANDLERS],
        opt={"no_gzip": True},
        include_in_schema=False,
    ),
    Router(
        "/",
        guards=[known_only],
        route_handlers=second_factor_pages.HALF_OPEN_HANDLERS,
        opt={"no_gzip": True},
        include_in_schema=False,
    ),
    create_static_files_router(path="/static", directories=[HERE / "static"]),
]


def _page(template: str, office: Office, **context: Any) -> Template:  # noqa: ANN401
    return Template(template, context={**context, "now": office.clock().astimezone(UTC)})
