"""A hand on a device from another process: JSON lines over a Unix socket or loopback TCP.

    {"do": "help"}
    {"do": "paper", "out": true}
    {"do": "fault", "spec": "lose:trend:1"}

Each line is answered by one line: {"ok": true, ...} or {"ok": false, "error": "..."}. What the
words are is the device's business (``words.py``).
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import re
import socket
import socketserver
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from hw_emulator.words import carry_out

if TYPE_CHECKING:
    from hw_emulator.words import Request, Words

LINE_MAX = 1 << 20
_POLL_S = 0.05
# What a browser would say: a page must not be able to post words to a port of this machine.
_HTTP = re.compile(rb"[A-Z]+ \S+ HTTP/\d")


class Control:
    """Serves ``words`` at ``place``, the path of a socket or HOST and port; raises OSError."""

    def __init__(self, place: Path | tuple[str, int], words: Words) -> None:
        self._path = place if isinstance(place, Path) else None
        self._server: _UnixServer | _TcpServer
        if isinstance(place, Path):
            place.unlink(missing_ok=True)
            self._server = _UnixServer(str(place), _Hand)
        else:
            self._server = _TcpServer(_loopback(place), _Hand)
        self._server.words = words
        self._is_started = False

    @property
    def is_tcp(self) -> bool:
        """Whether it is reached over TCP."""
        return self._path is None

    @property
    def address(self) -> str:
        """Path or HOST:PORT."""
        if self._path:
            return str(self._path)
        host, port = self._server.socket.getsockname()[:2]
        return f"{host}:{port}"

    def start(self) -> None:
        """Begin to serve."""
        self._is_started = True
        threading.Thread(
            target=self._server.serve_forever, args=(_POLL_S,), name="control", daemon=True
        ).start()

    def stop(self) -> None:
        """Stop serving and remove the socket."""
        if self._is_started:
            self._server.shutdown()
        self._server.server_close()
        if self._path:
            with contextlib.suppress(OSError):
                self._path.unlink()


def _loopback(place: tuple[str, int]) -> tuple[str, int]:
    host, port = place
    address = socket.gethostbyname(host)
    if not ipaddress.ip_address(address).is_loopback:
        msg = f"the control socket has no password: {host} is not this machine's loopback address"
        raise OSError(msg)
    return address, port


class _UnixServer(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    block_on_close = False
    words: Words


class _TcpServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    words: Words


class _Hand(socketserver.StreamRequestHandler):
    server: _UnixServer | _TcpServer

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            while line := self.rfile.readline(LINE_MAX):
                if _HTTP.search(line):
                    return
                answer = do(self.server.words, line)
                self.wfile.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")


def do(words: Words, line: bytes) -> Request:
    """Carry out one line; never raises, an error is an answer."""
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"ok": False, "error": f"not JSON: {error}"}
    return carry_out(words, request)
