"""Who may call what: guards for tills and for the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Request
from litestar.concurrency import sync_to_thread

from backoffice import fleet, settings
from backoffice.errors import Forbidden, Unauthorized
from backoffice.office import Office  # noqa: TC001 (Litestar reads annotations while running)
from backoffice.store.engine import reading

if TYPE_CHECKING:
    from litestar.connection import ASGIConnection
    from litestar.handlers import BaseRouteHandler

    Caller = ASGIConnection[Any, Any, Any, Any]

Asked = Request[Any, Any, Any]


async def terminal_only(connection: Caller, _: BaseRouteHandler) -> None:
    """Let in the terminal that the path names, and nobody else.

    Its company and its shop go into the state.
    """
    office: Office = connection.app.state.office
    terminal = connection.path_params["terminal"]
    found = await sync_to_thread(_home_of, office, terminal, _bearer(connection))
    connection.state.company, connection.state.shop = found


async def admin_only(connection: Caller, _: BaseRouteHandler) -> None:
    """Let in whoever holds the token of a company's administrator."""
    office: Office = connection.app.state.office
    company = await sync_to_thread(_administered, office, _bearer(connection))
    if company is None:
        raise Forbidden(detail="the token is not the administrator's")
    connection.state.company = company


def office_of(request: Asked) -> Office:
    """The office of the company that the guard let in."""
    office: Office = request.app.state.office
    return office.of(request.state.company)


def _home_of(office: Office, terminal: str, token: str) -> tuple[str, str]:
    with reading(office.everyone) as database:
        return fleet.home_of(database, terminal, token)


def _administered(office: Office, token: str) -> str | None:
    with reading(office.everyone) as database:
        return settings.company_of_admin(database, token)


def _bearer(connection: Caller) -> str:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized(detail="needs the header Authorization: Bearer …")
    return str(token.strip())
