"""Tries a new version out while it runs: looks whether it is well, confirms it or gives it up."""

from __future__ import annotations

import time
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.errors import DeviceError
from terminal.update import record
from terminal.update.trial import STEADY_S, Health, Signs, judge

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from drivers.fiscal import Counters
    from terminal.context import Context

_LOOK_S = 1.0
_ANSWER_S = 5.0


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the version on trial."""

    health: Health
    check: str
    seconds_left: int


class Trying:
    """``is_drawn`` says whether the screen has come to its turn; runs on a thread of its own."""

    def __init__(self, context: Context, is_drawn: Callable[[], bool]) -> None:
        self._context = context
        self._is_drawn = is_drawn
        self._began_s = time.monotonic()
        self._asked: Future[Counters] | None = None

    def until_known(self, show: Callable[[Look], None], waits: Callable[[], None]) -> Look | None:
        """Look until it is well or is not; None when the till is switched off before.

        ``waits`` is called once when the printer is all that is missing.
        """
        is_waiting = False
        while not self._context.stopping.is_set():
            look = self.look()
            if look.health in {Health.GREEN, Health.RED}:
                return look
            if look.health is Health.SILENT and not is_waiting:
                is_waiting = True
                waits()
            show(look)
        return None

    def look(self) -> Look:
        """Wait a little, and look once more."""
        self._context.stopping.wait(_LOOK_S)
        running_s = time.monotonic() - self._began_s
        signs = self._signs(running_s)
        health, check = judge(signs)
        return Look(health, check, max(0, round(STEADY_S - running_s)))

    def _signs(self, running_s: float) -> Signs:
        call, db = self._context.engine.call, self._context.journal
        begun = call(record.begun, db).result()
        is_kept = begun is None or call(record.is_head_kept, db, begun).result()
        at_close = begun.counters if begun else None
        return Signs(running_s, self._is_drawn(), is_kept, at_close, self._counters())

    def _counters(self) -> Counters | None:
        """What the printer counts; None while it does not answer, or hangs at something else."""
        if self._asked is None:
            self._asked = self._context.devices.call(self._context.printer.counters)
        try:
            counters = self._asked.result(_ANSWER_S)
        except Late:
            return None
        except DeviceError:
            counters = None
        self._asked = None
        return counters
