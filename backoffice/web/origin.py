"""Refuses what another site sends with the browser's cookie, by what the browser says of it.

Beside the token of each form and the cookie's SameSite: three locks of different make. Programs
that say nothing of where they come from carry no cookie of a person; the token stays their lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.exceptions import PermissionDeniedException
from litestar.middleware import ASGIMiddleware

if TYPE_CHECKING:
    from collections.abc import Mapping

    from litestar.types import ASGIApp, Receive, Scope, Send

_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})


class FromHereOnly(ASGIMiddleware):
    """Lets through what changes something only from a page of this office."""

    scopes = (ScopeType.HTTP,)

    def should_bypass_for_scope(self, scope: Scope) -> bool:
        """What programs ask, which carry keys and tokens and no cookie."""
        return scope["path"].startswith(("/v1/", "/releases/"))

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Refuse, or go on."""
        if scope.get("method") not in _HARMLESS and is_from_elsewhere(Headers.from_scope(scope)):
            raise PermissionDeniedException(detail="sent by another site")
        await next_app(scope, receive, send)


def is_from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Whether the browser says that another site made it ask; old ones say less (Origin)."""
    if site := headers.get("sec-fetch-site"):
        # None: by hand, such as a form that is sent again after a restart of the browser.
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")
