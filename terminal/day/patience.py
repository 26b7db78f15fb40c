"""How long nobody says anything while the printer works: then somebody at the till is asked.

Some printers do not tell that a report was cancelled at their own keys, and some wait for a key. A
question ends the waiting, never the doubt: whatever is answered, the counters decide.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from drivers.fiscal import Mechanism
from terminal.events import ClosingAsked, PrinterChanged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal.context import Context

ASK_AFTER_S = 90.0
# While it waits for these, what it prints is not over: it goes on when somebody has come.
_MENDABLE = frozenset(str(one) for one in Mechanism if one is not Mechanism.OK)


class Patience:
    """Watches from the ticker's thread what the printer's thread waits for."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._waits_for = ""
        self._began_s = 0.0
        self._what = ""
        self._asked = ""
        context.engine.listen(self._hear)

    @contextmanager
    def over(self, what: str) -> Iterator[None]:
        """Watch over a command of the printer's thread; ``what`` is the word of the question."""
        self._waits_for, self._began_s, self._what = "", time.monotonic(), what
        try:
            yield
        finally:
            self._what = ""
            if self._asked:
                self._asked = ""
                self._context.tell(ClosingAsked(""))

    def tick(self) -> None:
        """Ask, once, when it takes too long and nobody need come for paper; from any thread."""
        what = self._what
        if not what or self._asked or self._waits_for in _MENDABLE:
            return
        if time.monotonic() - self._began_s >= ASK_AFTER_S:
            self._asked = what
            self._context.tell(ClosingAsked(what))

    @property
    def asked(self) -> str:
        """The word of the question that waits for an answer; mostly none."""
        return self._asked

    def _hear(self, event: object) -> None:
        if isinstance(event, PrinterChanged):
            if self._waits_for in _MENDABLE and event.waits_for not in _MENDABLE:
                # Somebody has come: the printer gets its time anew.
                self._began_s = time.monotonic()
            self._waits_for = event.waits_for
