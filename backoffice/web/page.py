"""What page handlers answer: a page with what its frame needs, or the way back after a change."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from litestar import Request
from litestar.datastructures import Cookie
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER

from backoffice.store.engine import reading
from backoffice.web import i18n, menu
from backoffice.web.chosen import name_of_shops, shops_of

if TYPE_CHECKING:
    from backoffice.actor import Actor
    from backoffice.office import Office

Asked = Request[Any, Any, Any]

LANGUAGE_COOKIE = "language"
_SAID_COOKIE = "said"
_SAID_MAX = 500
_SAID_S = 60


async def speak(request: Asked) -> None:
    """From here on the language of whoever asks is spoken: his account's, else his browser's."""
    i18n.use(language_of(request))


def language_of(request: Asked) -> str:
    """The account's language, else the one chosen at the door, else the browser's."""
    actor = actor_of(request)
    for told in (actor.language if actor else "", request.cookies.get(LANGUAGE_COOKIE, "")):
        if told in i18n.LANGUAGES:
            return told
    return i18n.preferred(request.headers.get("accept-language", ""))


def actor_of(request: Asked) -> Actor | None:
    """Who is signed in; nobody before the door."""
    found: Actor | None = getattr(request.state, "actor", None)
    return found


def page(template: str, request: Asked, *, status: int = 200, **context: object) -> Template:
    """A page in its frame; ``status`` 422 is a form that came back."""
    actor = actor_of(request)
    if actor is not None:
        office: Office = request.app.state.office
        with reading(office.of(request.state.company).engine) as database:
            context = {"shop_name": name_of_shops(shops_of(database, actor)), **context}
    return bare_page(template, request, status=status, **context)


def bare_page(template: str, request: Asked, *, status: int = 200, **context: object) -> Template:
    """A page that asks the database nothing for its frame: it may be what failed."""
    office: Office = request.app.state.office
    actor = actor_of(request)
    path = request.url.path
    said = request.cookies.get(_SAID_COOKIE, "")
    frame = {
        "now": office.clock().astimezone(UTC),
        "actor": actor,
        "shop_name": "",
        "language": i18n.spoken(),
        "known_languages": i18n.NAMES,
        "path": path,
        "menu": menu.menu_of(actor) if actor else (),
        "here": menu.here(path) if actor else None,
        "said": unquote(said)[:_SAID_MAX],
    }
    heard = [Cookie(key=_SAID_COOKIE, path="/", max_age=0)] if said else []
    return Template(template, context={**frame, **context}, status_code=status, cookies=heard)


def outer_page(template: str, request: Asked, *, status: int = 200, **context: object) -> Template:
    """A page before the door: whoever sees it may be known already, and is not in yet."""
    return bare_page(template, request, status=status, actor=None, menu=(), here=None, **context)


def done(path: str, said: str = "") -> Redirect:
    """The way back after a change; the next page says ``said`` once."""
    kept = Cookie(
        key=_SAID_COOKIE,
        value=quote(said[:_SAID_MAX]),
        path="/",
        max_age=_SAID_S,
        httponly=True,
        samesite="lax",
    )
    return Redirect(path, status_code=HTTP_303_SEE_OTHER, cookies=[kept] if said else [])
