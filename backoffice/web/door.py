"""The door of the pages: which browser is let in, and as whom. What it may do, its routes say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.datastructures import Cookie

from backoffice.api.access import demand_right
from backoffice.errors import OfficeError
from backoffice.moments import stamp
from backoffice.rights import Role
from backoffice.store.engine import reading, writing
from backoffice.web import session

if TYPE_CHECKING:
    from datetime import datetime

    from litestar.connection import ASGIConnection
    from litestar.handlers import BaseRouteHandler
    from sqlalchemy import Connection

    from backoffice.accounts import Account
    from backoffice.office import Office
    from backoffice.web.session import Visit

    Caller = ASGIConnection[Any, Any, Any, Any]

Asked = Request[Any, Any, Any]


class SignInNeeded(OfficeError):
    """Nobody is signed in, or not with all that is asked; ``page`` is where to go."""

    status = 401
    title = "Sign in"


async def signed_in_only(connection: Caller, handler: BaseRouteHandler) -> None:
    """Let in a browser with a living session, to the pages that its account may ask for."""
    visit = await _visit(connection, handler)
    office: Office = connection.app.state.office
    if not visit.is_whole or must_set_up(office, visit.account):
        raise SignInNeeded(detail="the second factor first", page="/second-factor")
    demand_right(connection, handler)


async def known_only(connection: Caller, handler: BaseRouteHandler) -> None:
    """Let in a browser whose second factor is still asked for: to the page that asks for it."""
    await _visit(connection, handler)


def must_have_factor(office: Office, account: Account) -> bool:
    """Whether the account must not do without a second factor."""
    return office.asks_second_factor and account.role is Role.OWNER


def must_set_up(office: Office, account: Account) -> bool:
    """Whether it must not, and does."""
    return must_have_factor(office, account) and not account.has_second_factor


def begin(
    database: Connection, request: Asked, account_id: str, moment: datetime, *, is_whole: bool
) -> Cookie:
    """A new session in place of the browser's old one, and the cookie that carries it."""
    session.end(database, carried(request))
    started = session.start(
        database,
        account_id,
        moment,
        address=address_of(request),
        agent=request.headers.get("user-agent", ""),
        is_whole=is_whole,
    )
    return Cookie(
        key=_cookie_name(request),
        value=started,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def carried(connection: Caller) -> str:
    """Id of the session that the browser says it has."""
    return connection.cookies.get(_cookie_name(connection), "")


def address_of(request: Asked) -> str:
    """Where the browser asks from."""
    return request.client.host if request.client else ""


async def _visit(connection: Caller, handler: BaseRouteHandler) -> Visit:
    office: Office = connection.app.state.office
    # A page that renews itself is nobody's work: left open it must not keep the session alive.
    is_work = not handler.opt.get("is_idle", False)
    visit = await sync_to_thread(_find, office, carried(connection), is_work=is_work)
    if visit is None:
        raise SignInNeeded(detail="sign in first", page="/sign-in")
    connection.state.company = visit.account.company
    connection.state.visit, connection.state.actor = visit, visit.account.actor
    return visit


def _find(office: Office, given: str, *, is_work: bool) -> Visit | None:
    if not given:
        return None
    moment = office.clock()
    with reading(office.everyone) as database:
        visit = session.find(database, given, moment)
    if visit and is_work and visit.seen_at <= stamp(moment - session.TOUCH_EVERY):
        with writing(office.of(visit.account.company).engine) as database:
            session.touch(database, given, moment)
    return visit


def _cookie_name(connection: Caller) -> str:
    """Over TLS the browser itself guards the name: only this host can have set it."""
    return "__Host-office" if connection.url.scheme == "https" else "office"
