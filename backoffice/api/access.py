"""Who may call what: guards for tills and for the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Request
from litestar.concurrency import sync_to_thread

from backoffice import fleet, settings
from backoffice.errors import Forbidden, Unauthorized
from backoffice.office import Office  # noqa: TC001 (Litestar reads annotations while running)
from backoffice.signatures import Message, claimed_key, verify
from backoffice.store.engine import reading, writing

if TYPE_CHECKING:
    from litestar.connection import ASGIConnection
    from litestar.handlers import BaseRouteHandler

    from backoffice.fleet import Holder

    Caller = ASGIConnection[Any, Any, Any, Any]

Asked = Request[Any, Any, Any]


async def terminal_only(connection: Caller, _: BaseRouteHandler) -> None:
    """Let in the terminal that the path names, and nobody else.

    Its company and its shop go into the state.
    """
    office: Office = connection.app.state.office
    message = await message_of(connection)
    holder = await sync_to_thread(_holder, office, message)
    if holder.terminal != connection.path_params["terminal"]:
        raise Forbidden(detail="the key belongs to another terminal")
    connection.state.company, connection.state.shop = holder.company, holder.shop


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


async def message_of(connection: Caller) -> Message:
    """The request as it was signed, with the address that the till called."""
    scope = connection.scope
    target = scope["raw_path"].decode("ascii")
    query = scope["query_string"].decode("ascii")
    host = connection.headers.get("host", "")
    url = f"{scope['scheme']}://{host}{target}" + (f"?{query}" if query else "")
    body = await connection.body() if isinstance(connection, Request) else b""
    return Message(str(scope.get("method", "")), url, dict(connection.headers), body)


def _holder(office: Office, message: Message) -> Holder:
    moment = office.clock()
    key_id = claimed_key(message)
    with reading(office.everyone) as database:
        holder = fleet.holder_of(database, key_id)
    once = verify(message, holder.public_key, moment)
    if holder.is_blocked:
        raise Forbidden(detail="the office has blocked this terminal")
    with writing(office.of(holder.company).engine) as database:
        fleet.use_once(database, key_id, once, moment)
    return holder


def _administered(office: Office, token: str) -> str | None:
    with reading(office.everyone) as database:
        return settings.company_of_admin(database, token)


def _bearer(connection: Caller) -> str:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized(detail="needs the header Authorization: Bearer …")
    return str(token.strip())
