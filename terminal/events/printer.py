"""Events of the fiscal printer: frozen values. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class PrinterChanged:
    """Whether the fiscal printer answers, and what it waits for (``""`` when it is ready).

    ``retry_s`` are the seconds until it is asked again, while a receipt or a report is in doubt.
    """

    is_online: bool
    waits_for: str = ""
    retry_s: float = 0.0


@dataclass(frozen=True, slots=True)
class PrinterNoted:
    """What was seen when the printer was met: how far its clock is off, how much memory is left.

    ``clock`` is its local time, ``reports_left`` None when it cannot tell.
    """

    clock: datetime
    off: timedelta
    reports_left: int | None = None
