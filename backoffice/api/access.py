"""Who may call what: guards for tills and for the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar.concurrency import sync_to_thread

from backoffice import fleet, settings
from backoffice.errors import Forbidden, Unauthorized
from backoffice.store.engine import reading

if TYPE_CHECKING:
    from typing import Any

    from litestar.connection import ASGIConnection
    from litestar.handlers import BaseRouteHandler

    from backoffice.office import Office

    Caller = ASGIConnection[Any, Any, Any, Any]


async def terminal_only(connection: Caller, _: BaseRouteHandler) -> None:
    """Let in the terminal that the path names, and nobody else; its shop goes into the state."""
    office: Office = connection.app.state.office
    terminal = connection.path_params["terminal"]
    connection.state.shop = await sync_to_thread(_shop_of, office, terminal, _bearer(connection))


async def admin_only(connection: Caller, _: BaseRouteHandler) -> None:
    """Let in whoever holds the administrator's token."""
    office: Office = connection.app.state.office
    if not await sync_to_thread(_is_admin, office, _bearer(connection)):
        raise Forbidden(detail="the token is not the administrator's")


def _shop_of(office: Office, terminal: str, token: str) -> str:
    with reading(office.engine) as database:
        return fleet.shop_of(database, terminal, token)


def _is_admin(office: Office, token: str) -> bool:
    with reading(office.engine) as database:
        return settings.is_admin(database, token)


def _bearer(connection: Caller) -> str:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized(detail="needs the header Authorization: Bearer …")
    return str(token.strip())
