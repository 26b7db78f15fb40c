"""How each till is now: its last heartbeat, what the office knows besides, and what is wrong.

Only reads. The limits stand in one table; the list begins with the tills that need somebody most.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from backoffice import errands, fleet, reach, update_states
from backoffice.errors import NotFound
from backoffice.store import data_rows
from backoffice.store.tables import alarm, daily_report, verdict
from backoffice.update_states import NOTHING_TOLD, UpdateState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import Connection

# A heartbeat comes each minute: two that are missing may be chance.
ONLINE_FOR = timedelta(minutes=3)
ALARMS_OF = timedelta(days=7)


class Level(IntEnum):
    """How much it matters."""

    NONE = 0
    ODD = 1
    BAD = 2


class Trouble(StrEnum):
    """What may be wrong with a till."""

    SILENT = "silent"
    UNSENT = "unsent"
    PRINTER = "printer"
    DAY = "day"
    ALARM = "alarm"
    REJECTED = "rejected"
    MEMORY = "memory"
    DISK = "disk"
    CLOCK = "clock"
    UPDATE = "update"


# From how much on something is odd, and from how much on it is bad.
LATE = timedelta(minutes=15), timedelta(days=1)
UNSENT_AGE = timedelta(hours=1), timedelta(days=1)
CLOCK_OFF_S = 60, 300
# The same for what runs out.
REPORTS_LEFT = 60, 10
DISK_FREE_MIB = 500, 100
_DAYS = {"DUE": Level.ODD, "OVERDUE": Level.BAD, "FORCED": Level.BAD, "UNKNOWN": Level.BAD}
_CLOSED_DAYS = ("", "EMPTY")


@dataclass(frozen=True, slots=True)
class Till:
    """One till as the pages show it; ``update`` is what it told of its updates last.

    ``behind`` are the data sets of which it has not the newest, None when it tells nothing of them;
    ``waiting`` counts what it was asked and has not done. ``troubles`` are in the order of how much
    they matter.
    """

    id: str
    shop: str
    epoch: int
    is_blocked: bool
    seen_at: str | None
    version: str
    unsent: int
    oldest_unsent_at: str
    day: str
    printer: str
    operator: str
    reports_left: int | None
    disk_free_mib: int | None
    clock_off_s: int | None
    group_name: str
    enrolled_at: str | None
    update: UpdateState = NOTHING_TOLD
    reported_at: str = ""
    behind: tuple[str, ...] | None = None
    rejected: int = 0
    alarms: int = 0
    waiting: int = 0
    is_online: bool = False
    troubles: dict[Trouble, Level] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """The worst of its troubles."""
        return max(self.troubles.values(), default=Level.NONE)

    @property
    def is_in_use(self) -> bool:
        """Whether anything is expected of it: a device has its name and is not shut out."""
        return self.epoch > 0 and not self.is_blocked


# What comes from the row of the till, in its own columns.
_OF_ROW = Till.__slots__[: Till.__slots__.index("update")]


def all_tills(
    connection: Connection, moment: datetime, shops: Collection[str] | None = None
) -> list[Till]:
    """Every till of ``shops`` (None: all), the one that needs somebody most first."""
    rows = [it for it in fleet.all_terminals(connection) if shops is None or it.shop in shops]
    known = _Known(connection, moment)
    return sorted((known.till(row) for row in rows), key=_urgency)


def one_till(connection: Connection, terminal_id: str, moment: datetime) -> Till:
    """One till; raises ``NotFound``."""
    row = next((it for it in fleet.all_terminals(connection) if it.id == terminal_id), None)
    if row is None:
        raise NotFound(detail=f"no terminal {terminal_id!r}")
    return _Known(connection, moment).till(row)


class _Known:
    """What the office knows of all its tills, asked once for each kind of thing."""

    def __init__(self, connection: Connection, moment: datetime) -> None:
        self._connection = connection
        self._moment = moment
        self._updates = update_states.states(connection)
        self._waiting = Counter(it.terminal for it in errands.open_ones(connection, moment))
        reports = select(daily_report.c.terminal, func.max(daily_report.c.at))
        self._reports = _pairs(connection, reports.group_by(daily_report.c.terminal))
        rejected = select(verdict.c.terminal, func.count()).where(verdict.c.is_accepted.is_(False))
        self._rejected = _pairs(connection, rejected.group_by(verdict.c.terminal))
        since = (moment - ALARMS_OF).isoformat()
        alarms = select(alarm.c.terminal, func.count()).where(alarm.c.last_at > since)
        self._alarms = _pairs(connection, alarms.group_by(alarm.c.terminal))
        self._newest: dict[str, dict[str, int]] = {}

    def till(self, row: Any) -> Till:  # noqa: ANN401 (a row of a query)
        """All of it, judged."""
        age = _age(row.seen_at, self._moment)
        found = Till(
            **{name: getattr(row, name) for name in _OF_ROW},
            update=self._updates.get(row.id, NOTHING_TOLD),
            reported_at=self._reports.get(row.id, ""),
            behind=self._behind(row),
            rejected=self._rejected.get(row.id, 0),
            alarms=self._alarms.get(row.id, 0),
            waiting=self._waiting[row.id],
            is_online=age is not None and age <= ONLINE_FOR,
        )
        judged = sorted(troubles(found, self._moment), key=lambda it: -it[1])
        return replace(found, troubles=dict(judged))

    def _behind(self, row: Any) -> tuple[str, ...] | None:  # noqa: ANN401 (a row of a query)
        told = reach.as_sets(row.sets)
        if not told:
            return None
        if row.shop not in self._newest:
            counters = data_rows.counters(self._connection, row.shop)
            self._newest[row.shop] = {name: it.revision for name, it in counters.items()}
        newest = self._newest[row.shop]
        return tuple(name for name, revision in newest.items() if told.get(name, 0) < revision)


def troubles(till: Till, moment: datetime) -> Iterator[tuple[Trouble, Level]]:
    """What is wrong with a till by the tables above; nothing of one that is not in use. Pure."""
    if not till.is_in_use:
        return
    found = {
        Trouble.SILENT: _silent(till, moment),
        Trouble.UNSENT: _more(
            _age(till.oldest_unsent_at, moment) if till.unsent else None, UNSENT_AGE
        ),
        Trouble.PRINTER: Level.BAD if till.printer not in {"", "ready"} else Level.NONE,
        Trouble.DAY: _DAYS.get(till.day, Level.NONE),
        Trouble.ALARM: Level.BAD if till.alarms else Level.NONE,
        Trouble.REJECTED: Level.ODD if till.rejected else Level.NONE,
        Trouble.MEMORY: _less(till.reports_left, REPORTS_LEFT),
        Trouble.DISK: _less(till.disk_free_mib, DISK_FREE_MIB),
        Trouble.CLOCK: _more(
            None if till.clock_off_s is None else abs(till.clock_off_s), CLOCK_OFF_S
        ),
        Trouble.UPDATE: Level.ODD if till.update.is_trouble else Level.NONE,
    }
    yield from ((trouble, level) for trouble, level in found.items() if level)


def _silent(till: Till, moment: datetime) -> Level:
    """A till may be off at night, but not with an open day or with something to send."""
    is_done = till.day in _CLOSED_DAYS and not till.unsent
    return Level.NONE if is_done else _more(_age(till.seen_at, moment), LATE)


def _more(value: Any, limits: tuple[Any, Any]) -> Level:  # noqa: ANN401 (numbers or lengths of time)
    odd, bad = limits
    if value is None or value < odd:
        return Level.NONE
    return Level.BAD if value >= bad else Level.ODD


def _less(value: int | None, limits: tuple[int, int]) -> Level:
    odd, bad = limits
    if value is None or value >= odd:
        return Level.NONE
    return Level.BAD if value < bad else Level.ODD


def _age(at: str | None, moment: datetime) -> timedelta | None:
    """How long ago; None for no time, or for what a till says that is none."""
    try:
        return moment - datetime.fromisoformat(at or "")
    except (ValueError, TypeError):
        return None


def _urgency(till: Till) -> tuple[bool, int, int, str]:
    return not till.is_in_use, -till.level, -len(till.troubles), till.id


def _pairs(connection: Connection, chosen: Any) -> dict[str, Any]:  # noqa: ANN401 (a query)
    return {str(key): value for key, value in connection.execute(chosen)}
