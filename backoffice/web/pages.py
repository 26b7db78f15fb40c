"""The pages and the door to them: a form that takes the administrator's token."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, SkipValidation, URLEncodedBody
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Redirect, Template
from litestar.static_files import create_static_files_router
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_403_FORBIDDEN
from litestar.template.config import TemplateConfig

from backoffice import fleet, register, rejected, settings, update_states
from backoffice.errors import OfficeError
from backoffice.moments import stamp
from backoffice.office import Office
from backoffice.store.company import SERVER
from backoffice.store.engine import reading, writing
from backoffice.web import lists, register_pages, release_wording, session, version_pages, wording

if TYPE_CHECKING:
    from litestar.connection import ASGIConnection
    from litestar.handlers import BaseRouteHandler

Asked = Request[Any, Any, Any]
OpenOffice = NamedDependency[SkipValidation[Office]]

HERE = Path(__file__).parent


class SignInNeeded(OfficeError):
    """Nobody is signed in."""

    status = 401
    title = "Sign in"


class SignIn(msgspec.Struct, frozen=True):
    """What the form sends."""

    token: str = ""


class Judging(msgspec.Struct, frozen=True):
    """Which document shall be judged again."""

    terminal: str
    epoch: int
    seq: int

    def __str__(self) -> str:
        return f"{self.terminal}/{self.epoch}/{self.seq}"


async def signed_in_only(
    connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler
) -> None:
    """Let in a browser with a living session."""
    office: Office = connection.app.state.office
    given = connection.cookies.get(_cookie_name(connection), "")
    company = await sync_to_thread(_signed_in, office, given)
    if company is None:
        raise SignInNeeded(detail="sign in first")
    connection.state.company = company


@get("/", sync_to_thread=True)
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


@get("/receipts/{row_id:int}", sync_to_thread=True)
def receipt(office: OpenOffice, row_id: FromPath[int]) -> Template:
    """One receipt: lines, VAT split, payments."""
    with reading(office.engine) as database:
        row, document = lists.receipt_of(database, row_id)
        context = {
            "operators": lists.operators(database),
            "after": register.of_receipt(database, document.rid),
        }
    return _page("receipt.html", office, row=row, document=document, **context)


@get("/reports", sync_to_thread=True)
def reports(office: OpenOffice, before: FromQuery[int] = 0) -> Template:
    """Daily reports."""
    with reading(office.engine) as database:
        listed = lists.reports(database, before)
        names = lists.operators(database)
    return _page("reports.html", office, reports=listed, operators=names, before=before)


@get("/shifts", sync_to_thread=True)
def shifts(office: OpenOffice, before: FromQuery[int] = 0) -> Template:
    """Shifts with what was expected and counted, and cash put in and taken out."""
    with reading(office.engine) as database:
        context = {
            "shifts": lists.shifts(database, before),
            "moves": lists.cash_moves(database),
            "operators": lists.operators(database),
        }
    return _page("shifts.html", office, before=before, **context)


@get("/rejected", sync_to_thread=True)
def rejected_documents(office: OpenOffice) -> Template:
    """Documents that are stored and do not count."""
    with reading(office.engine) as database:
        documents = rejected.rejected(database, lists.PAGE_ROWS)
    return _page("rejected.html", office, documents=documents)


@post("/rejected", sync_to_thread=True)
def judge_again(office: OpenOffice, data: URLEncodedBody[Judging]) -> Redirect:
    """Judge one of them once more."""
    moment = office.clock()
    with writing(office.engine) as database:
        verdict = rejected.judge_again(database, data.terminal, data.epoch, data.seq, moment)
        settings.note(database, moment, "judge", f"{data}: {verdict.is_accepted}")
    return Redirect("/rejected", status_code=HTTP_303_SEE_OTHER)


@get("/sign-in", sync_to_thread=False)
def sign_in_form() -> Template:
    """The form."""
    return Template("sign_in.html", context={"wrong": ""})


@post("/sign-in", sync_to_thread=True)
def sign_in(server: OpenOffice, request: Asked, data: URLEncodedBody[SignIn]) -> Response[Any]:
    """Start a session for whoever knows the token of a company's administrator."""
    caller = request.client.host if request.client else ""
    moment = server.clock()
    if not server.sign_ins.is_open(caller, moment):
        return _refused("Za dużo prób. Odczekaj minutę.")
    with reading(server.everyone) as database:
        company = settings.company_of_admin(database, data.token.strip())
    with writing(server.of(company or SERVER).engine) as database:
        settings.note(database, moment, "sign in" if company else "sign in refused", caller)
        started = session.start(database, moment) if company else ""
    if company is None:
        server.sign_ins.fail(caller, moment)
        return _refused("Token nie pasuje.")
    cookie = Cookie(
        key=_cookie_name(request),
        value=started,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return Redirect("/", status_code=HTTP_303_SEE_OTHER, cookies=[cookie])


@post("/sign-out", sync_to_thread=True)
def sign_out(office: OpenOffice, request: Asked) -> Redirect:
    """End the session."""
    with writing(office.engine) as database:
        session.end(database, request.cookies.get(_cookie_name(request), ""))
    return Redirect("/sign-in", status_code=HTTP_303_SEE_OTHER)


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
            *(overview, receipt, reports, shifts, rejected_documents, judge_again, sign_out),
            *(register_pages.entries, register_pages.entry, register_pages.month_as_csv),
            *(version_pages.versions, version_pages.change),
        ],
        opt={"no_gzip": True},
        include_in_schema=False,
    ),
    Router(
        "/",
        route_handlers=[sign_in_form, sign_in],
        opt={"no_gzip": True},
        include_in_schema=False,
    ),
    create_static_files_router(path="/static", directories=[HERE / "static"]),
]


def _page(template: str, office: Office, **context: Any) -> Template:  # noqa: ANN401
    return Template(template, context={**context, "now": office.clock().astimezone(UTC)})


def _refused(why: str) -> Template:
    return Template("sign_in.html", context={"wrong": why}, status_code=HTTP_403_FORBIDDEN)


def _signed_in(office: Office, given: str) -> str | None:
    """Company of the session, None when there is none."""
    if not given:
        return None
    moment = office.clock()
    with reading(office.everyone) as database:
        found = session.find(database, given, moment)
    if found is None:
        return None
    company, seen_at = found
    if seen_at <= stamp(moment - session.TOUCH_EVERY):
        with writing(office.of(company).engine) as database:
            session.touch(database, given, moment)
    return company


def _cookie_name(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Over TLS the browser itself guards the name: only this host can have set it."""
    return "__Host-office" if connection.url.scheme == "https" else "office"
