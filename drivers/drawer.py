"""A cash drawer: opened by a kick, and felt by a switch where it has one. Knows no till.

The switch may be wired to the fiscal printer, to a receipt printer, or to a modem line of a serial
port; a drawer without one is unknown for ever. ``LeftOpen`` is pure timer logic.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Protocol

from drivers.errors import InDoubt, NotDone, Unreachable
from drivers.fiscal import Drawer
from drivers.link import LinkLost

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.link import Pin, PinLink


class CashDrawer(Protocol):
    """A drawer; both methods block, belong to one thread and raise ``DeviceError``."""

    def kick(self) -> None:
        """Let it spring open."""

    def state(self) -> Drawer:
        """What the switch says now; never guesses."""

    def close(self) -> None:
        """Give the line back, if it has one of its own."""


class WiredDrawer:
    """A drawer on another device: ``kicks`` and ``senses`` are that device's methods."""

    def __init__(
        self, kicks: Callable[[], None], senses: Callable[[], Drawer] | None = None
    ) -> None:
        self._kicks = kicks
        self._senses = senses

    def kick(self) -> None:
        """Let it spring open."""
        self._kicks()

    def state(self) -> Drawer:
        """What the device says of it."""
        return self._senses() if self._senses else Drawer.UNKNOWN

    def close(self) -> None:
        """Nothing: the line belongs to the other device."""


def sensed(is_open: bool | None) -> Drawer:  # noqa: FBT001 - a switch has no name
    """What a switch says that may say nothing."""
    if is_open is None:
        return Drawer.UNKNOWN
    return Drawer.OPEN if is_open else Drawer.CLOSED


class LineDrawer:
    """A drawer on a serial port: its switch pulls ``pin``, and ``pulse`` bytes open it.

    ``open_is_high`` says what the pin does when the drawer is open. Without ``pulse`` it cannot be
    kicked from here. One thread may kick it while another asks.
    """

    def __init__(
        self,
        link_factory: Callable[[], PinLink],
        pin: Pin = "CTS",
        *,
        open_is_high: bool = True,
        pulse: bytes = b"",
    ) -> None:
        self._link_factory = link_factory
        self._pin = pin
        self._open_is_high = open_is_high
        self._pulse = pulse
        self._link: PinLink | None = None
        self._lock = RLock()

    def kick(self) -> None:
        """Send the pulse; raises ``NotDone`` when there is none, ``InDoubt`` when it may be out."""
        if not self._pulse:
            msg = "no pulse is set for this drawer: it opens by its key only"
            raise NotDone(msg)
        with self._lock:
            try:
                self._open().write(self._pulse)
            except LinkLost as lost:
                self.close()
                if lost.may_have_sent:
                    raise InDoubt(str(lost)) from lost
                raise Unreachable(str(lost)) from lost

    def state(self) -> Drawer:
        """Ask the modem line."""
        with self._lock:
            try:
                is_high = self._open().senses(self._pin)
            except LinkLost as lost:
                self.close()
                raise Unreachable(str(lost)) from lost
        return Drawer.OPEN if is_high is self._open_is_high else Drawer.CLOSED

    def close(self) -> None:
        """Give the port back."""
        with self._lock:
            link, self._link = self._link, None
            if link:
                link.close()

    def _open(self) -> PinLink:
        if self._link is None:
            self._link = self._link_factory()
        return self._link


@dataclass(frozen=True, slots=True)
class Change:
    """What ``LeftOpen`` noticed: the state, since when, and whether it has been open too long."""

    state: Drawer
    open_s: float = 0.0
    is_too_long: bool = False


class LeftOpen:
    """Notices changes of a drawer, and that it stays open for ``limit_s``; told once each time.

    Pure: fed with what the switch said and when. What is unknown for a moment, as when a printer is
    switched off, neither closes a drawer nor opens it.
    """

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._state = Drawer.UNKNOWN
        self._since_s = 0.0
        self._is_told = False

    def feed(self, state: Drawer, at_s: float) -> Change | None:
        """What is new with ``state`` at ``at_s`` of a steady clock; None when nothing is."""
        if state is Drawer.UNKNOWN:
            return None
        was_open_s = at_s - self._since_s if self._state is Drawer.OPEN else 0.0
        if state is not self._state:
            is_first = self._state is Drawer.UNKNOWN
            self._state, self._since_s, self._is_told = state, at_s, False
            # A drawer that is closed when the till starts is no news.
            return None if is_first and state is Drawer.CLOSED else Change(state, was_open_s)
        if state is Drawer.OPEN and was_open_s >= self._limit_s and not self._is_told:
            self._is_told = True
            return Change(state, was_open_s, is_too_long=True)
        return None
