"""Events of the line to the back office and of what travels on it: frozen values. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from terminal.store.exchanges import Exchange
    from terminal.store.outbox import Unsent
    from terminal.sync.wire import Errand


@dataclass(frozen=True, slots=True)
class NetworkChanged:
    """Whether the back office answers."""

    is_online: bool


@dataclass(frozen=True, slots=True)
class OfficeHeard:
    """The back office has answered at ``at``."""

    at: datetime


@dataclass(frozen=True, slots=True)
class OfficeClock:
    """How far the back office's clock is ahead (positive) of ours, or behind."""

    off: timedelta


@dataclass(frozen=True, slots=True)
class ErrandsCame:
    """What the back office asks of this till now; it may be nothing."""

    errands: tuple[Errand, ...]


@dataclass(frozen=True, slots=True)
class DataMoves:
    """Whether data is on its way between till and back office."""

    is_moving: bool


@dataclass(frozen=True, slots=True)
class UnsentChanged:
    """How many documents the back office does not have yet."""

    unsent: Unsent


@dataclass(frozen=True, slots=True)
class PullProgress:
    """Rows received of one data set."""

    name: str
    received: int


@dataclass(frozen=True, slots=True)
class Downloading:
    """Bytes here of the file that holds all data sets, and how many it has."""

    received: int
    size: int


@dataclass(frozen=True, slots=True)
class Pulled:
    """Result for one data set: rows added, changed, removed, and refused with reasons.

    ``warnings`` are rows that are taken and may still be trouble at the printer. ``is_staged`` says
    that all this comes into force when the open receipt ends; it is told again then.
    """

    name: str
    added: int
    changed: int
    removed: int
    refused: tuple[tuple[str, str], ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    is_staged: bool = False


@dataclass(frozen=True, slots=True)
class DataHealed:
    """A data set was not what the office has at the same revision; it has been loaded anew."""

    name: str


@dataclass(frozen=True, slots=True)
class Exchanged:
    """An exchange with the back office is over, whoever or whatever began it."""

    exchange: Exchange


@dataclass(frozen=True, slots=True)
class SyncWanted:
    """Somebody should synchronise; asked until it is done or put off."""


@dataclass(frozen=True, slots=True)
class ReleaseComes:
    """Bytes here of the bundle of a newer version, how many it has, and how fast it comes."""

    version: str
    received: int
    size: int
    per_s: int


@dataclass(frozen=True, slots=True)
class ReleasePrepared:
    """The bundle of a newer version is here and proven; the day close installs it.

    ``is_urgent`` when the office asks for an early one.
    """

    version: str
    is_urgent: bool = False
