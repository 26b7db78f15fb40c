"""What every part of a running till shares: its threads, its journal, its clock, its name."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from terminal.audit.device_key import DeviceKey

if TYPE_CHECKING:
    import sqlite3
    import threading
    from collections.abc import Callable

    from drivers.fiscal import FiscalPrinter
    from terminal.engine import Engine


ZONE = ZoneInfo("Europe/Warsaw")


@dataclass(frozen=True, slots=True)
class Context:
    """``journal`` belongs to ``engine``, ``printer`` to ``devices``; nobody else touches them.

    ``now`` gives local time with its zone. ``stopping`` ends every wait when the till shuts down.
    ``device_key`` signs the journal.
    """

    engine: Engine
    devices: Engine
    net: Engine
    lookup: Engine
    journal: sqlite3.Connection
    printer: FiscalPrinter
    terminal: str
    shop: str
    epoch: int
    stopping: threading.Event
    now: Callable[[], datetime]
    device_key: DeviceKey = field(default_factory=DeviceKey)

    def stamp(self) -> str:
        """The time as documents hold it: ISO 8601 to the millisecond, with zone."""
        return self.now().isoformat(timespec="milliseconds")

    def tell(self, event: object) -> None:
        """Tell everyone who listens to the till."""
        self.engine.tell(event)


def local_now() -> datetime:
    """Polish legal time, whatever zone the machine is set to: fiscal days follow it."""
    return datetime.now(ZONE)


def new_rid() -> str:
    """A new identity for a document; made once, stored before it is used."""
    return str(uuid.uuid4())
