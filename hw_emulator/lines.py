"""What a line needs of a device, whichever protocol it speaks: bytes in, bytes out. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable

Send: TypeAlias = "Callable[[bytes], None]"
# (send, interface) → feed: a client's way in, given its way back and the interface it is on.
Connect: TypeAlias = "Callable[[Send, int], Send]"


@runtime_checkable
class Peer(Protocol):
    """The ``send`` that lines give to ``connect``: the way back to one client, and its end.

    Whoever takes a command and will answer later says ``owe`` and then ``settle``, so that a client
    that has said all it had to say (a half-closed connection) still gets its answers.
    """

    def __call__(self, data: bytes, /) -> None:
        """Send ``data``; never waits for the client."""

    def hang_up(self) -> None:
        """Break the connection once everything sent so far is out."""

    def owe(self) -> None:
        """One more answer will come."""

    def settle(self) -> None:
        """One answer less will come."""

    def set_baud(self, baud: int) -> None:
        """Bytes of this client pass no faster than this; 0 is no limit."""


class Line(Protocol):
    """Somewhere clients come from."""

    def start(self) -> None:
        """Begin to serve."""

    def stop(self) -> None:
        """Hang up on everybody."""

    def down(self) -> None:
        """The device is without power: as for its clients, it vanishes."""

    def up(self) -> None:
        """It is back, at the same address."""

    def set_baud(self, baud: int) -> None:
        """Bytes pass no faster than this in each direction; 0 is no limit."""


class Worker(Protocol):
    """A device with whatever threads it needs."""

    def start(self) -> None:
        """Begin to work."""

    def stop(self) -> None:
        """Stop working; what was queued is never answered."""

    def connect(self, send: Send, interface: int) -> Send:
        """Take a client; give the function that takes its bytes."""
