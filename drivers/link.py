"""Bytes to and from a device, over a serial line or TCP; no meaning of the bytes.

What an address may look like is in ``address``. A link that breaks says so with ``LinkLost``, and
whether bytes of the write may have left: the class of the error above ("not done" or "in doubt")
hangs on that alone.
"""

from __future__ import annotations

import contextlib
import select
import socket
import termios
import time
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

import serial

from drivers.address import BAUD, Serial, Tcp, read_address
from drivers.errors import Unreachable

if TYPE_CHECKING:
    from drivers.address import Address

CONNECT_TIMEOUT_S = 5.0
WRITE_TIMEOUT_S = 5.0
DRAIN_MAX = 64 * 1024
_READ_MAX = 4096
# What pyserial lets through: its own error is an OSError, the other three come from below it.
_PORT_ERRORS = (OSError, ValueError, TypeError, termios.error)
_REMOTE_TICK_S = 0.05


class LinkLost(Exception):
    """The line broke. ``may_have_sent`` tells whether bytes of the failed write may have left."""

    def __init__(self, reason: str, *, may_have_sent: bool) -> None:
        super().__init__(reason)
        self.may_have_sent = may_have_sent


class Link(Protocol):
    """A line to one device. Every method may raise ``LinkLost``, but ``close`` never does."""

    def write(self, data: bytes) -> None:
        """Send all of ``data``."""

    def read(self, timeout_s: float) -> bytes:
        """Give what is there; wait up to ``timeout_s`` for it, then give nothing."""

    def drain(self) -> None:
        """Drop what arrived before now."""

    def close(self) -> None:
        """Give the line back; harmless when it is closed."""


Pin: TypeAlias = Literal["CTS", "DSR", "DCD", "RI"]


class PinLink(Link, Protocol):
    """A serial line whose modem lines can be asked, too."""

    def senses(self, pin: Pin) -> bool:
        """Whether the other side raises ``pin``."""


class SerialLink:
    """A serial port, or any other URL pyserial opens.

    pyserial raises DTR and RTS when it opens, which printers behind a converter need, and passes
    over pseudo-terminals, which have no such lines. Raises ``Unreachable``.
    """

    def __init__(
        self,
        url: str,
        *,
        baud: int = BAUD,
        parity: str = "N",
        bits: int = 8,
        stop: int = 1,
        flow: str = "none",
    ) -> None:
        # pyserial's own write timeout is unknown to its remote ports, and each change of their read
        # timeout is a whole negotiation; the socket below has a timeout of its own.
        self._is_remote = url.startswith("rfc2217:")
        try:
            self._port = serial.serial_for_url(
                url,
                baudrate=baud,
                bytesize=bits,
                parity=parity,
                stopbits=stop,
                rtscts=flow == "rtscts",
                xonxoff=flow == "xonxoff",
                # pyserial's own default is to block for ever when the device stops listening.
                write_timeout=None if self._is_remote else WRITE_TIMEOUT_S,
                timeout=_REMOTE_TICK_S if self._is_remote else 0,
                # Two programs on one printer mix their answers; only real ports can be locked.
                exclusive=None if "://" in url else True,
            )
        except _PORT_ERRORS as error:
            msg = f"cannot open {url}: {error}"
            raise Unreachable(msg) from error

    def write(self, data: bytes) -> None:
        """Send all of ``data`` within ``WRITE_TIMEOUT_S``."""
        is_open = self._port.is_open
        try:
            self._port.write(data)
        except _PORT_ERRORS as error:
            # pyserial does not tell how far it came, so an open port counts as "something left".
            raise LinkLost(str(error), may_have_sent=is_open) from error

    def read(self, timeout_s: float) -> bytes:
        """Give what is there, in whole gulps: pyserial's own ``read_until`` goes byte by byte."""
        try:
            if not self._port.in_waiting:
                first = self._first(max(timeout_s, 0.0))
                return first + self._port.read(self._port.in_waiting) if first else b""
            return self._port.read(self._port.in_waiting)
        except _PORT_ERRORS as error:
            raise LinkLost(str(error), may_have_sent=True) from error

    def _first(self, wait_s: float) -> bytes:
        """Wait for bytes, and give the first."""
        if self._is_remote:
            return self._first_of_remote(wait_s)
        try:
            handle = self._port.fileno()
        except (OSError, ValueError):
            self._port.timeout = wait_s  # loop:// has no file to wait on
        else:
            # Setting pyserial's timeout would set the whole port up again, each time: a message to
            # the adapter on USB, an error on a pseudo-terminal that was asked for parity.
            select.select([handle], [], [], wait_s)
        first: bytes = self._port.read(1)
        return first

    def _first_of_remote(self, wait_s: float) -> bytes:
        """Each look waits a tick; its length is never changed, as that is a whole negotiation."""
        until_s = time.monotonic() + wait_s
        first: bytes = self._port.read(1) if wait_s else b""
        while not first and time.monotonic() < until_s:
            first = self._port.read(1)
        return first

    def drain(self) -> None:
        """Drop what arrived before now."""
        _drain(self)

    def senses(self, pin: Pin) -> bool:
        """Whether the other side raises ``pin``; raises ``LinkLost`` where there is no such pin."""
        names = {"CTS": "cts", "DSR": "dsr", "DCD": "cd", "RI": "ri"}
        try:
            return bool(getattr(self._port, names[pin]))
        except _PORT_ERRORS as error:
            raise LinkLost(str(error), may_have_sent=False) from error

    def close(self) -> None:
        """Give the port back."""
        with contextlib.suppress(*_PORT_ERRORS):
            self._port.close()


class TcpLink:
    """A connection to a device that is a TCP server. Raises ``Unreachable``."""

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_connection((host, port), CONNECT_TIMEOUT_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        except (OSError, OverflowError) as error:
            msg = f"cannot connect to {host}:{port}: {error}"
            raise Unreachable(msg) from error

    def write(self, data: bytes) -> None:
        """Send all of ``data`` within ``WRITE_TIMEOUT_S``."""
        sent = 0
        try:
            self._socket.settimeout(WRITE_TIMEOUT_S)
            while sent < len(data):
                sent += self._socket.send(data[sent:])
        except OSError as error:
            raise LinkLost(str(error), may_have_sent=sent > 0) from error

    def read(self, timeout_s: float) -> bytes:
        """Give what is there; an end of the stream is a broken line."""
        try:
            self._socket.settimeout(max(timeout_s, 0.0))
            data = self._socket.recv(_READ_MAX)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise LinkLost(str(error), may_have_sent=True) from error
        if not data:
            reason = "the device closed the connection"
            raise LinkLost(reason, may_have_sent=True)
        return data

    def drain(self) -> None:
        """Drop what arrived before now."""
        _drain(self)

    def close(self) -> None:
        """Close the connection."""
        with contextlib.suppress(OSError):
            self._socket.close()


def _drain(link: Link) -> None:
    dropped = 0
    while dropped < DRAIN_MAX and (data := link.read(0.0)):
        dropped += len(data)


def open_link(url: str, usual: Serial | int = BAUD) -> Link:
    """Open the line that ``url`` names; ``usual`` is the speed, or all it does not say itself.

    Raises ``Unreachable``, also for a bad address.
    """
    address = _read(url, usual)
    return TcpLink(address.host, address.port) if isinstance(address, Tcp) else _serial(address)


def open_pins(url: str, usual: Serial | int = BAUD) -> PinLink:
    """As ``open_link``, where the other wires of a serial line are what is wanted."""
    address = _read(url, usual)
    if isinstance(address, Tcp):
        msg = f"{url} has no modem lines: only a serial port or rfc2217:// has"
        raise Unreachable(msg)
    return _serial(address)


def _read(url: str, usual: Serial | int) -> Address:
    try:
        return read_address(url, Serial("", usual) if isinstance(usual, int) else usual)
    except ValueError as error:
        msg = f"bad device address {url!r}: {error}"
        raise Unreachable(msg) from error


def _serial(address: Serial) -> SerialLink:
    return SerialLink(
        address.path,
        baud=address.baud,
        parity=address.parity,
        bits=address.bits,
        stop=address.stop,
        flow=address.flow,
    )
