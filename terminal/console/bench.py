"""What the words of the console work with: a till's files, and the till itself while it runs.

``Live.ask`` and ``Live.act`` wait for the till; the till waits for nobody here.
"""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from threading import Condition
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from terminal.context import local_now
from terminal.day.state import Day
from terminal.device.check import CATALOGUE, JOURNAL, Scene, is_held
from terminal.errors import Code, Rejected
from terminal.events import Scanned
from terminal.store.db import open_reader

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from drivers.scan import Scan
    from terminal.config import Config
    from terminal.context import Context
    from terminal.gear.tapes import Tapes
    from terminal.installed import Installed
    from terminal.till import Till

P = ParamSpec("P")
T = TypeVar("T")
WAIT_S = 120.0
# While a report is made or in doubt nothing else is.
_AT_WORK = (Day.CLOSING, Day.UNKNOWN)


class StillRunning(Exception):
    """What was asked for takes longer than anybody waits; it goes on by itself."""


class Scans:
    """Hears what the scanners of the till read, for whoever tries one."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._last: Scan | None = None

    def hear(self, event: object) -> None:
        """Take an event, on whatever thread; returns at once."""
        if isinstance(event, Scanned):
            with self._changed:
                self._last = event.scan
                self._changed.notify_all()

    def wait(self, timeout_s: float) -> Scan | None:
        """The next scan; None when none comes in time."""
        with self._changed:
            self._last = None
            self._changed.wait_for(lambda: self._last is not None, timeout_s)
            return self._last


@dataclass(frozen=True, slots=True)
class Live:
    """A running till, from the thread of a console's session."""

    till: Till
    context: Context
    tapes: Tapes
    scans: Scans = field(default_factory=Scans)

    def ask(self, verb: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Any:  # noqa: ANN401 - whatever the verb gives
        """What ``verb`` gives on the engine's thread, or the Future of it."""
        return waited(self.till.engine.call(verb, *args, **kwargs))

    def act(self, verb: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Any:  # noqa: ANN401 - same
        """The same, unless a receipt is open or the day is being closed (E-49, E-55)."""

        def begin() -> object:
            self._let_act()
            return verb(*args, **kwargs)

        return waited(self.till.engine.call(begin))

    def _let_act(self) -> None:
        view = self.till.view()
        if not view.receipt.is_empty:
            raise Rejected(Code.RECEIPT_OPEN)
        if view.day in _AT_WORK:
            raise Rejected(Code.BUSY)


class Bench:
    """``config`` was read from ``path``; ``installed`` is None on a device never enrolled."""

    def __init__(
        self, config: Config, path: Path, installed: Installed | None, live: Live | None = None
    ) -> None:
        self.config = config
        self.path = path
        self.folder = config.folder
        self.installed = installed
        self._live = live

    @property
    def is_live(self) -> bool:
        """Whether there is a running till."""
        return self._live is not None

    @property
    def live(self) -> Live:
        """The running till; raises E-181."""
        if self._live is None:
            raise Rejected(Code.TILL_STOPPED)
        return self._live

    def scene(self) -> Scene:
        """What the doctor looks at."""
        is_running = is_held(self.folder / JOURNAL)
        return Scene(self.path, self.config, "", local_now(), is_running=is_running)

    def journal(self) -> closing[sqlite3.Connection]:
        """A read-only connection of one's own; raises E-181 where there is no journal yet."""
        return self._reader(JOURNAL)

    def catalogue(self) -> closing[sqlite3.Connection]:
        """The same to what the office sent."""
        return self._reader(CATALOGUE)

    def _reader(self, name: str) -> closing[sqlite3.Connection]:
        path = self.folder / name
        if not path.exists():
            raise Rejected(Code.TILL_STOPPED)
        return closing(open_reader(path))


def waited(future: Future[Any]) -> Any:  # noqa: ANN401 - whatever the verb gives
    """The result, and that of a Future which it is; raises ``StillRunning`` and its errors."""
    result: object = future
    while isinstance(result, Future):
        try:
            result = result.result(WAIT_S)
        except TimeoutError as error:
            raise StillRunning from error
    return result
