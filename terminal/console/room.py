"""The console's socket in a running till: a thread that listens, one for each session.

Selling never waits for it: its threads ask the engine, and nobody asks them. Who may speak is told
by the kernel, not by the line: root, and the user whose till it is.
"""

from __future__ import annotations

import logging
import os
import socket
import struct
import time
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING

from terminal.console import talk
from terminal.console.bench import Bench, Live
from terminal.console.entrance import Entrance
from terminal.console.session import Session
from terminal.errors import TillError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from terminal.config import Config
    from terminal.context import Context
    from terminal.gear.tapes import Tapes
    from terminal.store.catalogue import Catalogue
    from terminal.till import Till

SESSIONS_MAX = 4
# So many questions at once, and so many a second from then on.
_BURST, _PER_S = 100, 50.0
# Who does not read its answers in this time has gone.
_SEND_S = 30.0
_PEER = struct.Struct("3i")
_MODE = 0o660
_log = logging.getLogger(__name__)


class Console:
    """``config`` was read from ``path``; ``catalogue`` is the engine's own reader."""

    def __init__(
        self,
        config: Config,
        path: Path,
        context: Context,
        till: Till,
        catalogue: Catalogue,
        tapes: Tapes,
    ) -> None:
        self._folder = config.folder
        live = Live(till, context, tapes)
        context.engine.listen(live.scans.hear)
        self._engine = context.engine
        self._bench = Bench(config, path, till.installed, live)
        self.entrance = Entrance(context, catalogue, till.tell_documents)
        self._listener: socket.socket | None = None
        self._talking: dict[socket.socket, Session] = {}
        self._lock = Lock()

    def start(self) -> None:
        """Listen; a till that cannot, or whose disk is full, sells all the same."""
        try:
            self._engine.call(self.entrance.start).result()
            self._listener = listening(self._folder)
        except (OSError, TillError) as error:
            _log.warning("no console: %s: %s", self._folder / talk.SOCKET, error)
            return
        Thread(target=self._listen, args=(self._listener,), name="console", daemon=True).start()

    def stop(self) -> None:
        """Hang up, and let nobody in any more."""
        if self._listener is None:
            return
        with suppress(OSError):
            (self._folder / talk.SOCKET).unlink()
        _hang_up(self._listener)
        with self._lock:
            for one in self._talking:
                _hang_up(one)

    @property
    def is_listening(self) -> bool:
        """Whether a console finds this till."""
        return self._listener is not None

    def names(self) -> list[str]:
        """Who is logged in now; from any thread."""
        with self._lock:
            return sorted(filter(None, (session.name for session in self._talking.values())))

    def session(self) -> Session:
        """What answers one console; each has its own."""
        return Session(self._bench, self.entrance)

    # --- threads ---------------------------------------------------------------------------------

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                is_welcome = len(self._talking) < SESSIONS_MAX and _is_ours(line)
                if is_welcome:
                    self._talking[line] = self.session()
            if not is_welcome:
                line.close()
                continue
            Thread(target=self._serve, args=(line,), name="console session", daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        session = self._talking[line]
        try:
            line.settimeout(_SEND_S)
            for question in _paced(_lines(line)):
                line.sendall(session.take(question))
        except OSError as error:
            _log.info("a console has gone: %s", error)
        finally:
            session.close()
            with self._lock:
                del self._talking[line]
            line.close()


def listening(folder: Path) -> socket.socket:
    """The socket below ``folder``; one that a till left that was switched off is replaced."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with reachable(folder) as place:
            with suppress(FileNotFoundError):
                (folder / talk.SOCKET).unlink()
            listener.bind(place)
            (folder / talk.SOCKET).chmod(_MODE)
        listener.listen(SESSIONS_MAX)
    except OSError:
        listener.close()
        raise
    return listener


@contextmanager
def reachable(folder: Path) -> Iterator[str]:
    """An address of the socket that is short enough for the kernel, however deep the folder is."""
    handle = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{talk.SOCKET}"
    finally:
        os.close(handle)


def _is_ours(line: socket.socket) -> bool:
    """Whether the other end is root's or our own user's."""
    raw = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
    _process, user, _group = _PEER.unpack(raw)
    is_ours = user in {0, os.getuid()}
    if not is_ours:
        _log.warning("user %d may not use the console", user)
    return is_ours


def _lines(line: socket.socket) -> Iterator[bytes]:
    """Lines as they come; ends with the other side, and with a line that is too long."""
    kept = b""
    while True:
        try:
            came = line.recv(4096)
        except TimeoutError:
            continue
        if not came:
            return
        *whole, kept = (kept + came).split(b"\n")
        yield from whole
        if len(kept) > talk.LINE_MAX:
            _log.warning("a console sent a line without an end")
            return


def _paced(
    questions: Iterator[bytes], clock: Callable[[], float] = time.monotonic
) -> Iterator[bytes]:
    """The same, no faster than a person or a script asks."""
    left, last_s = float(_BURST), clock()
    for question in questions:
        now_s = clock()
        left, last_s = min(_BURST, left + (now_s - last_s) * _PER_S), now_s
        if left < 1:
            time.sleep((1 - left) / _PER_S)
        left -= 1
        yield question


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
