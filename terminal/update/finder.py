"""The verbs of finding a newer program: from any thread, done on one of their own.

Selling, and what the till sends and fetches otherwise, go on meanwhile.
"""

from __future__ import annotations

import logging
import os
import time
from typing import TYPE_CHECKING

from terminal import events
from terminal.engine import Engine
from terminal.errors import SyncError
from terminal.update.due import Due

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from terminal.context import Context
    from terminal.update.prepared import Prepared
    from terminal.update.search import Found, Search

_log = logging.getLogger(__name__)


class Finder:
    """``is_on`` says whether this till looks for releases by itself.

    A verb that gives a Future raises in it what ``Search`` does.
    """

    def __init__(self, context: Context, search: Search, *, is_on: bool) -> None:
        self._context = context
        self._search = search
        self._thread = Engine("updates")
        self._due = Due(time.monotonic)
        self._background: Future[None] | None = None
        self._cancels = 0
        self.is_on = is_on
        # Only the launcher can start another one; see ``terminal.update.updates``.
        self.is_installable = bool(os.environ.get("KASO_PREFIX"))

    @property
    def prepared(self) -> Prepared | None:
        """What waits for the day close."""
        return self._search.prepared

    @property
    def trouble(self) -> SyncError | None:
        """Why the last search did not end well."""
        return self._search.trouble

    def look(self) -> Future[Found]:
        """What the office offers now; what is being fetched breaks off for it."""
        self.cancel()
        return self._thread.call(self._search.look)

    def fetch(self) -> Future[Prepared | None]:
        """Fetch and prove what the office offers; None when that is nothing, or was cancelled."""
        return self._thread.call(self._search.fetch, self._until_cancelled())

    def cancel(self) -> None:
        """Do not go on with what is being fetched; what is here of it stays."""
        self._cancels += 1

    def verify_prepared(self) -> Future[Prepared | None]:
        """Prove once more, without the network, what is about to be installed; None for nothing.

        What is being fetched breaks off for it, and no search begins by itself while it may be
        installed. A bundle that fails is thrown away.
        """
        self.cancel()
        self._due.looked(is_well=False)
        return self._thread.call(self._search.verify)

    def forget(self) -> Future[None]:
        """What was prepared is installed, or not wanted any more."""
        return self._thread.call(self._search.forget)

    def tick(self) -> None:
        """Look in the background when it is time; called every few seconds."""
        is_idle = self._background is None or self._background.done()
        if self.is_on and is_idle and self._due.is_due():
            self._background = self._thread.call(self._in_background, self._until_cancelled())

    def hear(self, event: object) -> None:
        """After an exchange the office may offer something new; what its clock says is noted."""
        if isinstance(event, events.Exchanged) and not event.exchange.error:
            self._due.exchanged()
        elif isinstance(event, events.OfficeClock):
            self._search.office_at = self._context.now() + event.off

    def stop(self, timeout_s: float) -> bool:
        """End the thread; False when it did not in time."""
        self.cancel()
        return self._thread.stop(timeout_s)

    def _until_cancelled(self) -> Callable[[], bool]:
        before = self._cancels
        return lambda: self._cancels == before and not self._context.stopping.is_set()

    def _in_background(self, is_wanted: Callable[[], bool]) -> None:
        is_well = False
        try:
            self._search.fetch(is_wanted)
            is_well = True
        except SyncError as error:
            _log.warning("update: %s", error)
        finally:
            self._due.looked(is_well=is_well)
