"""Who may call what: guards for tills, for the administrator, and for programs of a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from litestar import Request
from litestar.concurrency import sync_to_thread

from backoffice import contacts, fleet, personal_tokens, settings
from backoffice.actor import Actor, administrator
from backoffice.contacts import Contact
from backoffice.errors import Forbidden, Unauthorized
from backoffice.moments import stamp
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


async def admin_only(connection: Caller, handler: BaseRouteHandler) -> None:
    """Let in the administrator's token, and a personal one that has the right of the route."""
    office: Office = connection.app.state.office
    found = await sync_to_thread(_bearing, office, _bearer(connection))
    if found is None:
        raise Forbidden(detail="nobody has this token, or it has ended")
    connection.state.company, connection.state.actor = found
    demand_right(connection, handler)


def demand_right(connection: Caller, handler: BaseRouteHandler) -> None:
    """Refuse an actor without the right of the route, and everybody where the route names none.

    The right may depend on the path, as that of a data set does: then it is a function of its
    parameters.
    """
    needed = handler.opt.get("right")
    if needed is None:
        raise Forbidden(detail="nobody may: the route names no right")
    actor: Actor = connection.state.actor
    actor.must(needed(connection.path_params) if callable(needed) else needed)


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
        with writing(office.of(holder.company).engine) as database:
            contacts.note(database, holder.terminal, Contact.SHUT_OUT, stamp(moment))
        raise Forbidden(detail="the office has blocked this terminal")
    with writing(office.of(holder.company).engine) as database:
        fleet.use_once(database, key_id, once, moment)
    return holder


def _bearing(office: Office, token: str) -> tuple[str, Actor] | None:
    """Company and holder of a token."""
    moment = office.clock()
    with reading(office.everyone) as database:
        if not token.startswith(personal_tokens.BEGINNING):
            company = settings.company_of_admin(database, token)
            return (company, administrator()) if company is not None else None
        found = personal_tokens.find(database, token, moment)
    if found is None:
        return None
    account, rights, used_at = found
    if used_at <= stamp(moment - personal_tokens.NOTE_EVERY):
        with writing(office.of(account.company).engine) as database:
            personal_tokens.note_use(database, token, moment)
    return account.company, replace(account.actor, rights=rights)


def _bearer(connection: Caller) -> str:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized(detail="needs the header Authorization: Bearer …")
    return str(token.strip())
