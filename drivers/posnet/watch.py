"""Watches a silent printer: what its answers to ``!sprn`` and ``!sdev`` mean for our patience.

No I/O, no clock: told how much time passed, it says when to ask and what the silence is worth.
While the device waits for paper or a person, or says that it works, patience does not run out;
longer limits end even that.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from drivers.posnet import state

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.fiscal import Status
    from drivers.posnet.frame import Frame

POLLS = ("sprn", "sdev")
_UNHEARD_MAX = 3


@dataclass(frozen=True, slots=True)
class Timings:
    """Patience in seconds. ``report_s`` replaces ``reply_s`` for reports.

    After ``first_poll_s`` of silence the device is asked how it is, every ``poll_s``.
    ``busy_max_s`` limits the work of one command, ``blocked_max_s`` the wait for a person,
    ``held_max_s`` that for another interface, which is asked for every ``poll_s``.
    """

    reply_s: float = 15.0
    report_s: float = 60.0
    first_poll_s: float = 3.0
    poll_s: float = 1.0
    busy_max_s: float = 300.0
    blocked_max_s: float = 3600.0
    held_max_s: float = 30.0


class Verdict(Enum):
    """What the silence is worth."""

    WAIT = auto()
    ASK_AGAIN = auto()
    DEAD = auto()
    ABANDONED = auto()


class Watch:
    """Silence since the last answer; ``on_wait`` hears how the device is while it blocks."""

    def __init__(self, timings: Timings, on_wait: Callable[[Status], None] | None) -> None:
        self._timings = timings
        self._on_wait = on_wait
        self._blocked_s = 0.0
        self._hold_left_s = self._held_s = 0.0
        self.forget()

    def forget(self) -> None:
        """An answer came: the silence is over."""
        self._silent_s = 0.0
        self._idle_s = 0.0
        self._poll_at_s = self._timings.first_poll_s
        self._polled: dict[str, Frame] | None = None
        self._unheard = 0
        self._busy_s = 0.0
        self._is_blocked = False
        self._is_busy = False
        self._is_ready = False

    @property
    def pause_s(self) -> float:
        """How long to listen until the next question or a held command is due; never nothing."""
        pause_s = self._poll_at_s - self._silent_s
        if self.is_held:
            pause_s = min(pause_s, self._hold_left_s)
        return max(pause_s, self._timings.poll_s / 100)

    @property
    def is_due(self) -> bool:
        """Whether to ask now."""
        return self._silent_s >= self._poll_at_s

    def hold(self) -> None:
        """Another interface holds the device: ask at once who, and let commands wait."""
        self._hold_left_s = self._timings.poll_s
        self._poll_at_s = self._silent_s

    @property
    def is_held(self) -> bool:
        """Whether commands wait for another interface."""
        return self._hold_left_s > 0

    @property
    def may_hold(self) -> bool:
        """Whether there is patience left for another interface."""
        return self._held_s < self._timings.held_max_s

    def pass_time(self, waited_s: float) -> None:
        """Count ``waited_s`` without an answer."""
        if self.is_held:
            self._hold_left_s -= waited_s
            self._held_s += waited_s
        self._silent_s += waited_s
        if self._is_blocked:
            self._blocked_s += waited_s
        elif self._is_busy:
            self._busy_s += waited_s
        else:
            self._idle_s += waited_s

    def asked(self) -> None:
        """The question goes out now."""
        self._poll_at_s = self._silent_s + self._timings.poll_s
        self._polled = {}

    def take(self, frame: Frame) -> None:
        """One half of an answer came."""
        if self._polled is None or frame.mnemonic not in POLLS:
            return
        self._polled[frame.mnemonic] = frame
        if len(self._polled) < len(POLLS):
            return
        status = state.status(self._polled["sprn"], self._polled["sdev"])
        was_held = self._is_blocked or self._is_busy
        self._is_blocked = not status.is_ready
        self._is_busy = status.is_ready and state.is_working(self._polled["sdev"])
        self._is_ready = not (self._is_blocked or self._is_busy)
        if was_held and self._is_ready:
            self._idle_s = 0.0
        self._unheard = 0
        if self._on_wait and (self._is_blocked or self.is_held):
            self._on_wait(status)

    def verdict(self, *, is_long: bool) -> Verdict:
        """Judge the silence when a question is due; ``ASK_AGAIN`` starts the patience anew."""
        if self._polled is not None and len(self._polled) < len(POLLS):
            self._unheard += 1
            self._is_ready = False
        is_silent = self._unheard >= _UNHEARD_MAX
        if is_silent:
            self._is_blocked = self._is_busy = False
        if self._blocked_s > self._timings.blocked_max_s or self._busy_s > self._timings.busy_max_s:
            return Verdict.ABANDONED
        patience_s = self._timings.report_s if is_long else self._timings.reply_s
        if self._idle_s < patience_s:
            return Verdict.WAIT
        if is_silent:
            return Verdict.DEAD
        if not self._is_ready:
            return Verdict.WAIT
        self._idle_s = 0.0
        return Verdict.ASK_AGAIN
