"""The console's way to the till: its socket, or without a running till the files it left."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Protocol

from terminal.console import talk
from terminal.console.bench import WAIT_S
from terminal.console.room import reachable

if TYPE_CHECKING:
    from pathlib import Path

    from terminal.console.talk import Reply, Request

_CONNECT_S = 5.0
# The till answers that something goes on before this is over.
_ANSWER_S = 4 * WAIT_S


class Gone(Exception):
    """The till does not answer, or no more."""


class Line(Protocol):
    """Somebody who answers questions: a till that runs, or not."""

    is_till: bool

    def ask(self, request: Request) -> Reply:
        """The answer; raises ``Gone``."""

    def close(self) -> None:
        """No more questions."""


class TillLine:
    """The socket of the till that works in ``folder``; raises ``Gone`` when none does.

    Whoever is interrupted while waiting may ask on: the answer that comes late is dropped.
    """

    is_till = True

    def __init__(self, folder: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(_CONNECT_S)
        self._kept = b""
        self._owed = 0
        try:
            with reachable(folder) as place:
                self._socket.connect(place)
        except OSError as error:
            self._socket.close()
            raise Gone from error
        self._socket.settimeout(_ANSWER_S)

    def ask(self, request: Request) -> Reply:
        """The answer; raises ``Gone``."""
        try:
            self._socket.sendall(talk.line_of(request))
            self._owed += 1
            while True:
                line = self._line()
                self._owed -= 1
                if not self._owed:
                    return talk.read_reply(line)
        except (OSError, ValueError, Gone) as error:
            self.close()
            raise Gone from error

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _line(self) -> bytes:
        while b"\n" not in self._kept:
            came = self._socket.recv(65_536)
            if not came or len(self._kept) > talk.ANSWER_MAX:
                raise Gone
            self._kept += came
        line, _, self._kept = self._kept.partition(b"\n")
        return line
