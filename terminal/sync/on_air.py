"""Tells while data moves, when the office was heard, its time, what it asks. No SQL here."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from terminal.events import DataMoves, ErrandsCame, OfficeClock, OfficeHeard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from terminal.sync.postman import PostOffice
    from terminal.sync.wire import Heartbeat, HeartbeatAnswer, JournalAnswer, JournalPush


class OnAir:
    """The ``office`` of the postman; who moves data otherwise does so inside ``moving``.

    A heartbeat is heard, but moves nothing.
    """

    def __init__(
        self, office: PostOffice, tell: Callable[[object], None], now: Callable[[], datetime]
    ) -> None:
        self._office = office
        self._tell = tell
        self._now = now

    def push(self, push: JournalPush) -> JournalAnswer:
        """Hand over documents."""
        if push.entries:
            with self.moving():
                return self._office.push(push)
        answer = self._office.push(push)
        self._heard()
        return answer

    def heartbeat(self, heartbeat: Heartbeat) -> HeartbeatAnswer:
        """Say how the terminal is."""
        answer = self._office.heartbeat(heartbeat)
        self._heard()
        # It may be no time, or one without zone: nothing hangs on it.
        with suppress(ValueError, TypeError):
            self._tell(OfficeClock(datetime.fromisoformat(answer.server_time) - self._now()))
        self._tell(ErrandsCame(tuple(answer.errands)))
        return answer

    @contextmanager
    def moving(self) -> Iterator[None]:
        """Data moves until the block ends; one that ends well has heard the office."""
        self._tell(DataMoves(is_moving=True))
        try:
            yield
            self._heard()
        finally:
            self._tell(DataMoves(is_moving=False))

    def _heard(self) -> None:
        self._tell(OfficeHeard(self._now()))
