"""What a line needs of a device, whichever protocol it speaks: bytes in, bytes out. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

# (send, interface) → feed: a client's way in, given its way back and the interface it is on.
Connect: TypeAlias = "Callable[[Callable[[bytes], None], int], Callable[[bytes], None]]"


class Line(Protocol):
    """Somewhere clients come from."""

    def start(self) -> None:
        """Begin to serve."""

    def stop(self) -> None:
        """Hang up on everybody."""


class Worker(Protocol):
    """A device with whatever threads it needs."""

    def start(self) -> None:
        """Begin to work."""

    def stop(self) -> None:
        """Stop working; what was queued is never answered."""

    def connect(self, send: Callable[[bytes], None], interface: int) -> Callable[[bytes], None]:
        """Take a client; give the function that takes its bytes."""
