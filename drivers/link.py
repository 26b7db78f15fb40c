"""Bytes to and from a device, over a serial line or TCP; no meaning of the bytes.

    open_link("/dev/ttyS0")                          serial, 9600 8N1 unless told
    open_link("serial:///dev/ttyUSB0?baud=115200")   also parity=N|E|O, stop=1|2,
                                                     flow=none|rtscts|xonxoff
    open_link("tcp://127.0.0.1:6666")                also socket://; the device is the server
    open_link("loop://"), open_link("rfc2217://…")   whatever else pyserial opens

A link that breaks says so with ``LinkLost``, and whether bytes of the write may have left: the
class of the error above ("not done" or "in doubt") hangs on that alone.
"""

from __future__ import annotations

import contextlib
import socket
import termios
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, urlsplit

import serial

from drivers.errors import Unreachable

BAUD = 9600
CONNECT_TIMEOUT_S = 5.0
WRITE_TIMEOUT_S = 5.0
TAPE_MAX = 256
_READ_MAX = 4096
_DRAIN_MAX = 64 * 1024
# What pyserial lets through: its own error is an OSError, the other three come from below it.
_PORT_ERRORS = (OSError, ValueError, TypeError, termios.error)
_REMOTE_TICK_S = 0.05
_FLOWS = ("none", "rtscts", "xonxoff")


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


class SerialLink:
    """A serial port, or any other URL pyserial opens.

    pyserial raises DTR and RTS when it opens, which printers behind a converter need, and passes
    over pseudo-terminals, which have no such lines. Raises ``Unreachable``.
    """

    def __init__(
        self, url: str, *, baud: int = BAUD, parity: str = "N", stop: int = 1, flow: str = "none"
    ) -> None:
        # pyserial's own write timeout is unknown to its remote ports, and each change of their read
        # timeout is a whole negotiation; the socket below has a timeout of its own.
        self._is_remote = url.startswith("rfc2217:")
        try:
            self._port = serial.serial_for_url(
                url,
                baudrate=baud,
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

    def _first(self, timeout_s: float) -> bytes:
        if not self._is_remote and self._port.timeout != timeout_s:
            self._port.timeout = timeout_s
        until_s = time.monotonic() + timeout_s
        first: bytes = self._port.read(1) if timeout_s or not self._is_remote else b""
        while not first and self._is_remote and time.monotonic() < until_s:
            first = self._port.read(1)
        return first

    def drain(self) -> None:
        """Drop what arrived before now."""
        _drain(self)

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
    while dropped < _DRAIN_MAX and (data := link.read(0.0)):
        dropped += len(data)


def open_link(url: str, baud: int = BAUD) -> Link:
    """Open the line that ``url`` names; raises ``Unreachable``, also for a bad address."""
    parts = urlsplit(url)
    try:
        if parts.scheme in {"tcp", "socket"}:
            return TcpLink(parts.hostname or "", parts.port or 0)
        if parts.scheme in {"", "serial"}:
            return _open_port(parts, baud)
    except (ValueError, KeyError) as error:
        msg = f"bad device address {url!r}: {error}"
        raise Unreachable(msg) from error
    return SerialLink(url, baud=baud)


def _open_port(parts: SplitResult, baud: int) -> Link:
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    flow = options.get("flow", "none")
    if flow not in _FLOWS:
        msg = f"flow is none of {', '.join(_FLOWS)}"
        raise ValueError(msg)
    return SerialLink(
        parts.path,
        baud=int(options.get("baud", baud)),
        parity=options.get("parity", "N").upper(),
        stop=int(options.get("stop", 1)),
        flow=flow,
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """One chunk on the line; ``at_s`` is monotonic time."""

    at_s: float
    is_ours: bool
    data: bytes


class Tape:
    """The last chunks that went over a line, for technicians; outlives every reconnection."""

    def __init__(self, passages_max: int = TAPE_MAX) -> None:
        self._passages: deque[Passage] = deque(maxlen=passages_max)
        self._lock = threading.Lock()

    def wrap(self, link: Link) -> Link:
        """Give a link that works as ``link`` and is recorded here."""
        return _TapedLink(link, self)

    def record(self, data: bytes, *, is_ours: bool) -> None:
        """Keep ``data`` with the time of this moment."""
        with self._lock:
            self._passages.append(Passage(time.monotonic(), is_ours, data))

    def passages(self) -> tuple[Passage, ...]:
        """What is kept, oldest first."""
        with self._lock:
            return tuple(self._passages)

    def lines(self) -> tuple[str, ...]:
        """Printable text, oldest first: seconds, direction, bytes with the unprintable escaped."""
        return tuple(
            f"{passage.at_s:.3f} {'>' if passage.is_ours else '<'} {_printable(passage.data)}"
            for passage in self.passages()
        )


def _printable(data: bytes) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 else f"<{byte:02x}>" for byte in data)  # noqa: PLR2004


class _TapedLink:
    def __init__(self, link: Link, tape: Tape) -> None:
        self._link = link
        self._tape = tape

    def write(self, data: bytes) -> None:
        # Before the write: what broke the line is what the technician wants to see.
        self._tape.record(data, is_ours=True)
        self._link.write(data)

    def read(self, timeout_s: float) -> bytes:
        data = self._link.read(timeout_s)
        if data:
            self._tape.record(data, is_ours=False)
        return data

    def drain(self) -> None:
        self._link.drain()

    def close(self) -> None:
        self._link.close()
