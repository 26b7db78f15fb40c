"""Watches the cash drawer: tells when it opens and closes, and when it is left open. Kicks nothing.

A drawer on a printer is asked on that printer's thread, and only while the printer answers: a
switch must not delay a receipt.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from drivers.drawer import LeftOpen
from drivers.errors import DeviceError
from drivers.fiscal import Drawer
from terminal.events import DrawerChanged, PaperChanged, PrinterChanged
from terminal.gear.attendant import Attendant

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from drivers.drawer import CashDrawer
    from terminal.engine import Engine

NAME = "drawer"
_LOOK_S = 2.0
_NEVER_S = float("inf")
_ANSWER_S = 1.0


def fiscal_printer(event: object) -> bool | None:
    """Whether the fiscal printer answers, as far as ``event`` tells."""
    return event.is_online if isinstance(event, PrinterChanged) else None


def receipt_printer(event: object) -> bool | None:
    """Whether the receipt printer answers, as far as ``event`` tells."""
    return event.is_online if isinstance(event, PaperChanged) else None


class Watcher:
    """Looks at ``drawer`` every ``look_s``; ``alarm_s`` 0 never says that it is left open.

    ``thread`` is the printer's when the drawer is a printer's, and ``answers`` finds out of events
    whether that printer answers.
    """

    def __init__(
        self,
        drawer: CashDrawer,
        alarm_s: float,
        tell: Callable[[object], None],
        *,
        thread: Engine | None = None,
        answers: Callable[[object], bool | None] = fiscal_printer,
        look_s: float = _LOOK_S,
    ) -> None:
        self._drawer = drawer
        self._left_open = LeftOpen(alarm_s or _NEVER_S)
        self._tell = tell
        self._thread = thread
        self._answers = answers
        self._look_s = look_s
        self._is_printer_online = False
        self._asked: Future[Drawer] | None = None
        self.attendant = Attendant(NAME, self._work, drawer.close, tell)

    def hear(self, event: object) -> None:
        """Take an event, on whatever thread; returns at once."""
        is_online = self._answers(event)
        if is_online is not None:
            self._is_printer_online = is_online

    def _work(self) -> None:
        self.attendant.rest(self._look_s)
        change = self._left_open.feed(self._state(), time.monotonic())
        if change is not None:
            is_open = change.state is Drawer.OPEN
            self._tell(DrawerChanged(is_open, change.open_s, is_left_open=change.is_too_long))

    def _state(self) -> Drawer:
        if self._thread is None:
            return self._drawer.state()
        if not self._is_printer_online:
            return Drawer.UNKNOWN
        asked = self._asked or self._thread.call(self._quietly)
        self._asked = None
        try:
            return asked.result(_ANSWER_S)
        except TimeoutError:
            # A long print: the question stays in line, and no second one is put behind it.
            self._asked = asked
            return Drawer.UNKNOWN

    def _quietly(self) -> Drawer:
        """On the printer's thread; what is wrong with the printer is told by those who need it."""
        try:
            return self._drawer.state()
        except DeviceError:
            return Drawer.UNKNOWN
