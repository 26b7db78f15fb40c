"""How long a document may take: what the device shows meanwhile decides. No I/O, no clock.

While it waits for paper or a person, or works, patience lasts; only silence is short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.fiscal import Attention, Mechanism, Status
from drivers.novitus.codes import mechanism
from drivers.novitus.session import number

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.novitus.session import Answer

READY = Status(Mechanism.OK, Attention.READY)


@dataclass(frozen=True, slots=True)
class Timings:
    """Patience in seconds.

    ``reply_s`` for one answer of the interface, which may hold a question back for ``poll_s``.
    ``silence_s`` limits how long nothing is heard of a confirmed document, ``busy_max_s`` its work,
    ``blocked_max_s`` the wait for a person.
    """

    reply_s: float = 5.0
    poll_s: float = 1.0
    silence_s: float = 20.0
    busy_max_s: float = 300.0
    blocked_max_s: float = 3600.0


def device_status(answer: Answer) -> Status:
    """What the device shows; an error that is not one of the mechanism waits for a person."""
    device = answer.part("device")
    if device.get("status") == "OK":
        return READY
    error = device.get("error")
    code = number(error.get("code")) if isinstance(error, dict) else 0
    found = mechanism(code)
    if found:
        return Status(found, Attention.READY)
    return Status(Mechanism.OK, Attention.WAITING_ERROR)


class Watch:
    """Time since a document was confirmed; ``on_wait`` hears how the device is while it blocks.

    ``is_abandoned`` says when nobody wants to wait any longer.
    """

    def __init__(
        self,
        timings: Timings,
        on_wait: Callable[[Status], None] | None,
        is_abandoned: Callable[[], bool] = lambda: False,
    ) -> None:
        self._timings = timings
        self._is_abandoned = is_abandoned
        self._on_wait = on_wait
        self._silent_s = self._busy_s = self._blocked_s = 0.0

    def silent(self, waited_s: float) -> None:
        """Nothing was heard."""
        self._silent_s += waited_s

    def heard(self, status: Status, waited_s: float) -> None:
        """The document is not done, and this is how the device is."""
        self._silent_s = 0.0
        if status.is_ready:
            self._busy_s += waited_s
            return
        self._blocked_s += waited_s
        if self._on_wait:
            self._on_wait(status)

    @property
    def given_up(self) -> str:
        """Why patience is at its end; empty while it is not."""
        if self._is_abandoned():
            return "nobody waits any longer"
        if self._silent_s >= self._timings.silence_s:
            return "the printer is silent"
        if self._busy_s >= self._timings.busy_max_s:
            return "the printer does not get done"
        if self._blocked_s >= self._timings.blocked_max_s:
            return "nobody came to the printer"
        return ""
