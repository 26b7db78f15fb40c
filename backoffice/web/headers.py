"""Headers that every answer carries: what a browser may load, and that it keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar.datastructures import MutableScopeHeaders

if TYPE_CHECKING:
    from litestar.types import Message, Scope

CONTENT_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)


YEAR_S = 365 * 24 * 3600


async def add_headers(message: Message, scope: Scope) -> None:
    """Add the headers to the start of an answer."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    headers["Content-Security-Policy"] = CONTENT_POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    # Not no-referrer: a form would then say that it comes from nowhere.
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if scope["scheme"] == "https":
        headers["Strict-Transport-Security"] = f"max-age={YEAR_S}"
    if not scope["path"].startswith("/static/"):
        # What never changes says so itself.
        headers.setdefault("Cache-Control", "no-store")
