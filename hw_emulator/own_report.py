"""When a printer makes a daily report of its own accord, by its own clock. Makes none itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True)
class OwnReport:
    """Due once a day at the time ``at``; stays due until ``done``, however long a receipt is open.

    ``clock`` is the printer's: when it jumps over the hour the report is due, too.
    """

    at: time
    clock: Callable[[], datetime]
    _next: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.done()

    @property
    def is_due(self) -> bool:
        """Whether it should be made as soon as nothing is open."""
        return self.clock() >= self._next

    def done(self) -> None:
        """It was made, or refused; the next one is due at the next such hour."""
        now = self.clock()
        today = now.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        self._next = today if today > now else today + timedelta(days=1)


def read_time(text: str) -> time:
    """HH:MM; raises ValueError."""
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - an hour of the day
    except ValueError:
        msg = f"{text!r} is not HH:MM"
        raise ValueError(msg) from None
