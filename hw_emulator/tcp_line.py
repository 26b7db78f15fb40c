"""Devices on TCP: several clients at once, each with a thread."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

from hw_emulator.outlet import Outlet
from hw_emulator.pace import Pace

if TYPE_CHECKING:
    from hw_emulator.lines import Connect

CLIENTS_MAX = 64
READ_BYTES = 65536
_BACKLOG = 16
_FOR_EVER_S = 1e6


class Client:
    """One connection: the way back to it, and what it is still owed."""

    def __init__(self, end: socket.socket, baud: int = 0) -> None:
        # With a timeout the descriptor does not block, which the outlet needs, and recv does.
        end.settimeout(_FOR_EVER_S)
        self._end = end
        self.pace_in, self.pace_out = Pace(baud), Pace(baud)
        self._owed = 0
        self._changed = threading.Condition()
        self.outlet = Outlet(end.fileno(), self.pace_out, on_full=self.break_off)

    def __call__(self, data: bytes) -> None:
        """Send ``data``. A client that went away does not want it; the device does not care."""
        self.outlet(data)

    def hang_up(self) -> None:
        """Break the connection once everything sent so far is out."""
        self.outlet.then(self.break_off)

    def break_off(self) -> None:
        """Break the connection now."""
        with contextlib.suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR)
        with self._changed:
            self._owed = 0
            self._changed.notify_all()

    def owe(self) -> None:
        """One more answer will come."""
        with self._changed:
            self._owed += 1

    def settle(self) -> None:
        """One answer less will come."""
        with self._changed:
            self._owed = max(0, self._owed - 1)
            self._changed.notify_all()

    def set_baud(self, baud: int) -> None:
        """Bytes pass no faster than this."""
        self.pace_in.baud = self.pace_out.baud = baud

    def read(self) -> bytes:
        """What came; nothing at the end. Raises OSError."""
        data = self._end.recv(self.pace_in.chunk_bytes or READ_BYTES)
        self.pace_in.take(len(data))
        return data

    def end(self) -> None:
        """The client has said all it had to say: give it what it is owed, then let it go."""
        with self._changed:
            self._changed.wait_for(lambda: not self._owed)
        self.outlet.wait_empty(_FOR_EVER_S)

    def close(self) -> None:
        """Give everything back."""
        self.outlet.close()
        self._end.close()


class TcpLine:
    """Listens as soon as it is made; ``port`` is the chosen one. Raises OSError."""

    def __init__(
        self, connect: Connect, host: str, port: int, interface: int = 1, *, baud: int = 0
    ) -> None:
        self._connect = connect
        self.interface = interface
        self._baud = baud
        self._lock = threading.Lock()
        self._clients: set[Client] = set()
        self._listener = socket.create_server((host, port), backlog=_BACKLOG)
        self.host = host
        self.port: int = self._listener.getsockname()[1]

    def start(self) -> None:
        """Accept clients."""
        threading.Thread(
            target=self._listen, args=(self._listener,), name="tcp listener", daemon=True
        ).start()

    def stop(self) -> None:
        """Hang up on everybody."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            clients = list(self._clients)
        for client in clients:
            client.break_off()

    def down(self) -> None:
        """Connections are refused and broken."""
        self.stop()

    def up(self) -> None:
        """Listen again, on the same port. Raises OSError."""
        self._listener = socket.create_server((self.host, self.port), backlog=_BACKLOG)
        self.start()

    def set_baud(self, baud: int) -> None:
        """As behind a converter that has a serial line on its other side."""
        with self._lock:
            self._baud = baud
            for client in self._clients:
                client.set_baud(baud)

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                end, _ = listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                if len(self._clients) >= CLIENTS_MAX:
                    end.close()
                    continue
                client = Client(end, self._baud)
                self._clients.add(client)
            threading.Thread(
                target=self._serve, args=(client,), name="tcp client", daemon=True
            ).start()

    def _serve(self, client: Client) -> None:
        feed = self._connect(client, self.interface)
        with contextlib.suppress(OSError):
            while data := client.read():
                feed(data)
            client.end()
        with self._lock:
            self._clients.discard(client)
        client.close()
