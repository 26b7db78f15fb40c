"""Seconds that run before something happens, and two answers that end them. Nothing else."""

from __future__ import annotations

from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SECOND_S = 1.0


class Countdown:
    """``show`` is given the seconds that are left, each second."""

    def __init__(self, show: Callable[[int], None]) -> None:
        self._show = show
        self._turn = Condition()
        self._answer: bool | None = None

    def run(self, seconds: int) -> bool:
        """Whether to go on: when the seconds are over or somebody says now, unless one says no."""
        with self._turn:
            self._answer = None
            for left in range(seconds, 0, -1):
                self._show(left)
                if self._turn.wait_for(lambda: self._answer is not None, _SECOND_S):
                    break
            return self._answer is not False

    def now(self) -> None:
        """Do not wait for its end."""
        self._say(answer=True)

    def no(self) -> None:
        """Not this time; nothing happens when the seconds are over."""
        self._say(answer=False)

    def _say(self, *, answer: bool) -> None:
        with self._turn:
            self._answer = answer
            self._turn.notify_all()
