"""Tokens of the interface: ten an hour, twenty minutes each, the last one may be refreshed.

They live in RAM: a printer that was switched off knows none. Source: docs/novitus.md, "Transport".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Callable

LIFE = timedelta(minutes=20)
HOUR = timedelta(hours=1)
HOURLY_MAX = 10
_NEVER = datetime.min.replace(tzinfo=UTC)


class Exhausted(Exception):
    """Too many tokens were asked for; ``again`` is when the next one may be."""

    def __init__(self, again: datetime) -> None:
        super().__init__(f"no token before {again}")
        self.again = again


@dataclass(slots=True)
class Tokens:
    """The one token that is good, and when the last ones were given."""

    clock: Callable[[], datetime]
    last: str = ""
    expires: datetime = _NEVER
    _given: list[datetime] = field(default_factory=list)

    def mint(self) -> str:
        """A new token; the one before is good no longer. Raises ``Exhausted``."""
        now = self.clock()
        self._given = [at for at in self._given if at > now - HOUR]
        self.last = ""
        if len(self._given) >= HOURLY_MAX:
            raise Exhausted(self._given[0] + HOUR)
        self._given.append(now)
        return self._fresh()

    def refresh(self, token: str) -> str:
        """A fresh token for the last one, expired or not; empty for any other."""
        return self._fresh() if token and token == self.last else ""

    def is_good(self, token: str) -> bool:
        """Whether requests with it are carried out."""
        return bool(token) and token == self.last and self.clock() < self.expires

    def delete(self) -> None:
        """Take the token away."""
        self.last = ""

    def _fresh(self) -> str:
        self.last = uuid4().hex
        self.expires = self.clock() + LIFE
        return self.last


def shown(moment: datetime) -> str:
    """A moment as the interface tells it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
