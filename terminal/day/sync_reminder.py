"""Asks for a synchronisation: by the clock, after a login, before a document; later is an answer.

On the engine's thread. It fetches and sends nothing, and it never asks while something is sold.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from terminal import events
from terminal.people.rights import require
from terminal.store.exchanges import recent
from terminal.sync.wire import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from terminal.context import Context
    from terminal.people.rights import Operator
    from terminal.store.exchanges import Exchange
    from terminal.sync.wire import Settings

# A login fetches by itself: who is online is up to date before anybody needs to be asked.
GRACE = timedelta(seconds=15)
# The words of the menu that fetch all data sets between them, and the one that does alone.
_ALL = "all"
_PARTS = ("configuration", "users", "products", "customers")


def last_synchronised(exchanges: Iterable[Exchange]) -> datetime | None:
    """When everything was fetched without a fault; ``exchanges`` are newest first."""
    newest: dict[str, datetime] = {}
    for one in exchanges:
        for part in _PARTS if one.entry == _ALL else (one.entry,):
            if not one.error and part not in newest:
                newest[part] = datetime.fromisoformat(one.at)
    return min(newest[part] for part in _PARTS) if newest.keys() >= {*_PARTS} else None


def is_overdue(settings: Settings, now: datetime, last: datetime | None) -> bool:
    """Whether it is a working hour, and too long since everything was fetched."""
    every = timedelta(minutes=settings.remind_every_min)
    is_working = (
        str(now.isoweekday()) in settings.remind_days
        and settings.remind_from <= now.strftime("%H:%M") < settings.remind_to
    )
    return bool(every) and is_working and not _is_within(every, now, last)


def _is_within(span: timedelta, now: datetime, since: datetime | None) -> bool:
    """Whether ``since`` is less than ``span`` ago; a clock set back makes it not."""
    return since is not None and timedelta() <= now - since < span


class SyncReminder:
    """``read_settings``, ``read_operator``, ``is_idle`` are asked on the engine's thread.

    ``is_idle`` says that nothing is being sold, paid or reported.
    """

    def __init__(
        self,
        context: Context,
        read_settings: Callable[[], Settings],
        read_operator: Callable[[], Operator | None],
        is_idle: Callable[[], bool],
    ) -> None:
        self._context = context
        self._read_settings = read_settings
        self._read_operator = read_operator
        self._is_idle = is_idle
        self._put_off: datetime | None = None
        self._login: datetime | None = None

    @property
    def last_at(self) -> datetime | None:
        """When everything was fetched without a fault."""
        return last_synchronised(recent(self._context.journal))

    def look(self) -> None:
        """Ask, until somebody answers."""
        if self._read_operator() is None or not self._is_idle():
            return
        now, settings, last = self._context.now(), self._read_settings(), self.last_at
        if self._login and not timedelta() <= now - self._login < GRACE:
            is_wanted = settings.remind_after_login and not self._is_answered(last)
            self._login = self._login if is_wanted else None
        else:
            is_wanted = False
        is_late = is_overdue(settings, now, last)
        if is_wanted or (is_late and not self._is_answered(None)):
            self._context.tell(events.SyncWanted())

    def is_first(self) -> bool:
        """Whether a new document shall wait for the question; it never does for a receipt."""
        require(self._read_operator(), Right.SELL)
        settings = self._read_settings()
        return settings.remind_before_document and not self._is_answered(self.last_at)

    def put_off(self) -> None:
        """Later: nobody is asked for a while."""
        require(self._read_operator(), Right.SELL)
        self._put_off, self._login = self._context.now(), None

    def hear(self, event: object) -> None:
        """Whoever logs in is asked anew, and what was fetched may be the answer.

        Comes on the thread of whoever tells.
        """
        match event:
            case events.OperatorChanged(operator):
                self._context.engine.call(self._changed, operator)
            case events.Exchanged():
                self._context.engine.call(self.look)

    def _changed(self, operator: Operator | None) -> None:
        self._put_off = None
        self._login = self._context.now() if operator else None
        self.look()

    def _is_answered(self, last: datetime | None) -> bool:
        """Whether somebody put it off, or did it, less than the shop's snooze ago."""
        now, span = self._context.now(), timedelta(minutes=self._read_settings().remind_snooze_min)
        return any(_is_within(span, now, since) for since in (self._put_off, last))
