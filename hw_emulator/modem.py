"""A serial port that is not there: settings and modem lines, as RFC 2217 has them. No I/O.

The client sets speed, format, flow control, DTR and RTS; the device sets CTS, DSR, RI and CD.
Attribute names are those of pyserial, whose ``PortManager`` reads and writes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

BAUD = 9600
BY_DEVICE: Final = ("cts", "dsr", "ri", "cd")
_XON, _XOFF = 0x11, 0x13


def _nothing() -> None:
    """Nothing to purge."""


@dataclass(slots=True)
class Modem:
    """One port. Until a client says otherwise it is ready to receive (RTS)."""

    baudrate: int = BAUD
    bytesize: int = 8
    parity: str = "N"
    stopbits: float = 1
    rtscts: bool = False
    xonxoff: bool = False
    dtr: bool = False
    rts: bool = True
    break_condition: bool = False
    cts: bool = True
    dsr: bool = True
    ri: bool = False
    cd: bool = True
    reset_input_buffer: Callable[[], None] = field(default=_nothing, repr=False)
    reset_output_buffer: Callable[[], None] = field(default=_nothing, repr=False)
    _is_off: bool = False

    @property
    def may_send(self) -> bool:
        """Whether the device may send: the client has RTS up and did not send XOFF."""
        return self.rts and not self._is_off

    @property
    def may_receive(self) -> bool:
        """Whether bytes of the client reach the device now."""
        return self.cts

    def take(self, data: bytes) -> bytes:
        """``data`` of the client without the XON and XOFF that are meant for the line."""
        if not self.xonxoff:
            self._is_off = False
            return data
        for byte in data:
            if byte in {_XON, _XOFF}:
                self._is_off = byte == _XOFF
        return data.replace(bytes([_XON]), b"").replace(bytes([_XOFF]), b"")

    def told(self) -> dict[str, object]:
        """Settings and lines by name."""
        names = ("baudrate", "bytesize", "parity", "stopbits", "rtscts", "xonxoff", "dtr", "rts")
        return {name: getattr(self, name) for name in (*names, "break_condition", *BY_DEVICE)}
