"""Keys from a terminal line that may go away or know no UTF-8; Textual's driver does the rest.

Textual's own input thread takes a line that was hung up for one that is silent, asks it again and
again, and its output thread dies of it. Here either ends the program, in order: the receipt is on
disk, and whoever supervises the till starts it on the next terminal.
"""

from __future__ import annotations

import os
import select
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import App
    from textual.message import Message

_WAIT_S = 0.1
_READ_BYTES = 4096
# The comma of a VT's keypad, which Textual takes for Alt with two letters.
cast("dict[str, str]", ANSI_SEQUENCES_KEYS)["\x1bOl"] = ","


class Losable:
    """A terminal as Textual's output thread writes to it; what a lost one is sent is nobody's."""

    def __init__(self, file: TextIO, lost: Callable[[], object]) -> None:
        self._file = file
        self._lost = lost

    def fileno(self) -> int:
        """Of the terminal."""
        return self._file.fileno()

    def write(self, text: str) -> None:
        """Write, or tell that it is lost."""
        try:
            self._file.write(text)
        except OSError:
            self._lost()

    def flush(self) -> None:
        """Send, or tell that it is lost."""
        try:
            self._file.flush()
        except OSError:
            self._lost()


class LineDriver(LinuxDriver):
    """Textual's driver for a line that can be lost; ``charset`` is what its keyboard sends."""

    charset = "utf-8"

    def __init__(
        self,
        app: App[None],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = cast("Any", Losable(cast("TextIO", self._file), self.lost))

    def run_input_thread(self) -> None:
        """Read keys until the end or until the line is gone."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder(self.charset)(errors="replace").decode
        try:
            while not self.exit_event.is_set():
                if select.select([self.fileno], [], [], _WAIT_S)[0]:
                    data = os.read(self.fileno, _READ_BYTES)
                    if not data:
                        self.lost()
                        return
                    self._tell(parser.feed(decode(data)))
                self._tell(parser.tick())
        except OSError:
            self.lost()

    def lost(self) -> None:
        """End the program; called by any thread, more than once."""
        with suppress(RuntimeError):  # it has ended already
            self._loop.call_soon_threadsafe(cast("Callable[[], object]", self._app.exit))

    def _tell(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)
