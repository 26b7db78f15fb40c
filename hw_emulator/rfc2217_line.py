"""Devices behind an RFC 2217 server: a serial port with modem lines, reached over TCP.

    serial.serial_for_url("rfc2217://127.0.0.1:4000", 115200)

One client has the port at a time. With RTS down (or XOFF, or flow suspended) nothing is sent to it;
with CTS down a client that asked for RTS/CTS waits, and bytes of any other are lost, as they would
be on a real line. The negotiation is pyserial's ``PortManager``.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from typing import TYPE_CHECKING, Any, cast

from serial.rfc2217 import PortManager

from hw_emulator.modem import BY_DEVICE, Modem
from hw_emulator.tcp_line import Client

if TYPE_CHECKING:
    from hw_emulator.lines import Connect, Send

log = logging.getLogger(__name__)

_IAC = b"\xff"
_SUBOPTION_MAX = 1024
WAITING_MAX = 64 * 1024
_TAKE_OVER_S = 2.0


class Rfc2217Line:
    """Listens as soon as it is made; ``port`` is the chosen one. Raises OSError.

    ``follows_client`` paces bytes at the speed the client negotiates.
    """

    def __init__(
        self,
        connect: Connect,
        host: str,
        port: int,
        *,
        baud: int = 0,
        follows_client: bool = False,
        interface: int = 1,
    ) -> None:
        self._connect, self._interface = connect, interface
        self._baud, self._follows_client = baud, follows_client
        self._free = threading.Lock()
        self._port: _Port | None = None
        self._is_stopped = False
        self.modem = Modem()
        self._listener = socket.create_server((host, port), backlog=4)
        self.host = host
        self.port: int = self._listener.getsockname()[1]

    def start(self) -> None:
        """Accept clients."""
        threading.Thread(target=self._listen, name="rfc2217 listener", daemon=True).start()

    def stop(self) -> None:
        """Hang up."""
        self._is_stopped = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        if port := self._port:
            port.client.break_off()

    def down(self) -> None:
        """The device is off: the port server goes on, DSR, CTS and CD fall."""
        self.set_lines(cts=False, dsr=False, cd=False)

    def up(self) -> None:
        """The device is on again."""
        if port := self._port:
            port.feed = self._connect(port, self._interface)
        self.set_lines(cts=True, dsr=True, cd=True)

    def set_baud(self, baud: int) -> None:
        """Bytes pass no faster than this, unless the client's speed is followed."""
        self._baud = baud
        if port := self._port:
            port.set_baud(self._speed())

    def set_lines(self, **lines: bool) -> None:
        """Set modem lines of the device: ``cts``, ``dsr``, ``ri``, ``cd``."""
        for name, value in lines.items():
            if name not in BY_DEVICE:
                msg = f"the device does not drive {name}"
                raise ValueError(msg)
            setattr(self.modem, name, value)
        if port := self._port:
            port.lines_changed()

    def _speed(self) -> int:
        return self.modem.baudrate if self._follows_client else self._baud

    def _listen(self) -> None:
        while True:
            try:
                end, address = self._listener.accept()
            except OSError:
                return
            threading.Thread(
                target=self._admit, args=(end, address), name="rfc2217 client", daemon=True
            ).start()

    def _admit(self, end: socket.socket, address: object) -> None:
        # Whoever had the port may just be leaving: a client that reconnects must get in.
        if not self._free.acquire(timeout=_TAKE_OVER_S):
            log.info("%s: the port is in use", address)
            end.close()
            return
        try:
            if self._is_stopped:
                end.close()
                return
            with contextlib.suppress(OSError):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._serve(Client(end))
        finally:
            self._free.release()

    def _serve(self, client: Client) -> None:
        self.modem = Modem(
            cts=self.modem.cts, dsr=self.modem.dsr, ri=self.modem.ri, cd=self.modem.cd
        )
        port = self._port = _Port(client, self.modem)
        port.feed = self._connect(port, self._interface)
        try:
            while raw := client.read():
                data = port.filter(raw)
                port.set_baud(self._speed())
                client.outlet.hold(is_held=not port.may_send)
                if data:
                    port.take(data)
            client.outlet.hold(is_held=False)
            client.end()
        except OSError as error:
            log.debug("rfc2217: %s", error)
        finally:
            self._port = None
            client.close()


def _drop(_data: bytes) -> None:
    """Nobody is there yet."""


class _Port:
    """The port as one client has it."""

    def __init__(self, client: Client, modem: Modem) -> None:
        self.client, self.modem = client, modem
        self.feed: Send = _drop
        self._waiting = b""
        # One for the negotiation, one for the order of what the device is given.
        self._lock, self._order = threading.Lock(), threading.RLock()
        modem.reset_output_buffer = client.outlet.clear
        self._telnet = PortManager(cast("Any", modem), cast("Any", self))

    def write(self, data: bytes) -> None:
        """What the negotiation has to say; it is not for the device's line to hold back."""
        self.client.outlet.urgent(data)

    @property
    def may_send(self) -> bool:
        """Whether bytes of the device may go to the client."""
        return self.modem.may_send and not getattr(self._telnet, "_remote_suspend_flow", False)

    def filter(self, data: bytes) -> bytes:
        """``data`` without the negotiation in it, which is carried out; raises OSError."""
        try:
            with self._lock:
                clean = b"".join(cast("Any", self._telnet).filter(data))
        # It trusts its client: short or unknown suboptions end in whatever comes to it.
        except Exception as error:
            msg = f"no RFC 2217: {error!r}"
            raise OSError(msg) from error
        if len(self._telnet.suboption or b"") > _SUBOPTION_MAX:
            msg = "no RFC 2217: a suboption without end"
            raise OSError(msg)
        return self.modem.take(clean)

    def take(self, data: bytes) -> None:
        """Bytes of the client to the device, as far as the lines let them pass now."""
        with self._order:
            if self.modem.may_receive:
                self.feed(data)
            elif self.modem.rtscts:
                self._waiting = (self._waiting + data)[:WAITING_MAX]
            else:
                log.debug("%d bytes lost: the device does not listen", len(data))

    def lines_changed(self) -> None:
        """Tell the client, and let pass what waited for CTS."""
        with self._lock:
            self._telnet.check_modem_lines()
        with self._order:
            if self.modem.may_receive and self._waiting:
                waiting, self._waiting = self._waiting, b""
                self.feed(waiting)

    def __call__(self, data: bytes) -> None:
        """To the client, who takes FFh for the start of a command unless it comes twice."""
        self.client(data.replace(_IAC, _IAC + _IAC))

    def hang_up(self) -> None:
        self.client.hang_up()

    def owe(self) -> None:
        self.client.owe()

    def settle(self) -> None:
        self.client.settle()

    def set_baud(self, baud: int) -> None:
        self.client.set_baud(baud)
