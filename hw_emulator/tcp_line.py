"""Devices on TCP: any number of clients at once, each with a thread. No pacing."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.lines import Connect

_READ_BYTES = 65536
_BACKLOG = 16


class TcpLine:
    """Listens as soon as it is made; ``port`` is the chosen one. Raises OSError."""

    def __init__(self, connect: Connect, host: str, port: int, interface: int = 1) -> None:
        self._connect = connect
        self._interface = interface
        self._lock = threading.Lock()
        self._clients: set[socket.socket] = set()
        self._listener = socket.create_server((host, port), backlog=_BACKLOG)
        self.host = host
        self.port: int = self._listener.getsockname()[1]

    def start(self) -> None:
        """Accept clients."""
        threading.Thread(target=self._listen, name="tcp listener", daemon=True).start()

    def stop(self) -> None:
        """Hang up on everybody."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            clients = list(self._clients)
        for client in clients:
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._clients.add(client)
            threading.Thread(
                target=self._serve, args=(client,), name="tcp client", daemon=True
            ).start()

    def _serve(self, client: socket.socket) -> None:
        feed = self._connect(_sender(client), self._interface)
        with client, contextlib.suppress(OSError):
            while data := client.recv(_READ_BYTES):
                feed(data)
        with self._lock:
            self._clients.discard(client)


def _sender(client: socket.socket) -> Callable[[bytes], None]:
    lock = threading.Lock()

    def send(data: bytes) -> None:
        # A client that went away does not want its answer; the device does not care.
        with lock, contextlib.suppress(OSError):
            client.sendall(data)

    return send
