"""How often one caller may ask: a till that runs wild must not stop the others. Counted in memory.

A caller is whoever holds a token, else the key that a till names, else an address: all tills of a
shop have one address, and behind a proxy all tills of a fleet. Each process counts for itself, so
several of them together let a caller ask as often as they are many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar.middleware.rate_limit import RateLimitConfig
from litestar.stores.memory import MemoryStore

from backoffice.secret import hashed
from backoffice.signatures import named_key

if TYPE_CHECKING:
    from datetime import timedelta

    from litestar import Request
    from litestar.middleware.rate_limit import DurationUnit

# A first synchronisation asks for page after page; this is far above what it needs.
REQUESTS_MAX = 200
PERIOD: DurationUnit = "second"
_FREE = ["^/health/", "^/static/"]
# Under this name the framework looks for where the counts are kept.
STORE = "rate_limit"
SWEEP_EVERY = 1000


class Counts(MemoryStore):
    """How often each caller asked; counts that are over go, even of callers who never come again.

    Else whoever makes up a token for each request would fill the memory.
    """

    def __init__(self) -> None:
        super().__init__()
        self._kept = 0

    async def set(
        self, key: str, value: str | bytes, expires_in: int | timedelta | None = None
    ) -> None:
        """Keep a count; now and then sweep."""
        await super().set(key, value, expires_in)
        self._kept += 1
        if self._kept % SWEEP_EVERY == 0:
            await self.delete_expired()


def limits() -> RateLimitConfig:
    """At most ``REQUESTS_MAX`` a second and caller; more are answered 429."""
    return RateLimitConfig(
        rate_limit=(PERIOD, REQUESTS_MAX),
        exclude=_FREE,
        identifier_for_request=caller,
        store=STORE,
    )


def caller(request: Request[Any, Any, Any]) -> str:
    """Who asks; tokens are not kept, only what tells them apart."""
    if token := request.headers.get("authorization", ""):
        return hashed(token)
    address = request.client.host if request.client else ""
    # With the address: a stranger elsewhere who names a till's key does not stop that till.
    return f"{address} {named_key(request.headers)}"
