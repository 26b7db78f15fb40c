"""What every request needs: the database, the clock and the counters of failures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backoffice.limiter import Limiter
from backoffice.moments import now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class Office:
    """One office; the database holds all of its state but the failure counters."""

    engine: Engine
    clock: Callable[[], datetime] = now
    enrolments: Limiter = field(default_factory=Limiter)
    sign_ins: Limiter = field(default_factory=Limiter)
