"""A till as its cashier has it: a program on a real terminal line, keys in, a screen out.

Nothing of the program is called: keys are the bytes of a keyboard, at the speed of fingers, and the
screen is what a terminal makes of the bytes that come back.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING

import pexpect
import pyte

from ui.bursts import GAP_MAX_S

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COLUMNS, LINES = 80, 25
WAIT_S = 30.0
# Faster ones would be a scanner's.
_FINGER_S = GAP_MAX_S + 0.01
# An escape that is followed sooner begins the bytes of another key.
_ALONE_S = 0.25
_READ_S = 0.02
_READ_BYTES = 65536
_KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "pagedown": "\x1b[6~",
    "f2": "\x1bOQ",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
}


class PtyTill:
    """``press`` types, ``until`` waits for words on the screen and fails when they never come.

    ``terminal`` is what the line calls itself; a ``vt220`` is sent cells. ``command`` is what a
    launcher is in place of the program.
    """

    def __init__(
        self,
        config: Path,
        terminal: str = "xterm-256color",
        command: Sequence[str] = (sys.executable, "-m", "ui"),
    ) -> None:
        self.config = config
        program, *words = command
        self._display = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.Stream(self._display)
        self._child = pexpect.spawn(
            program,
            [*words, "run", "--config", str(config), "--allow-quit"],
            env={**os.environ, "TERM": terminal, "PYTHONUTF8": "1"},
            dimensions=(LINES, COLUMNS),
            encoding="utf-8",
            timeout=WAIT_S,
        )

    @property
    def text(self) -> str:
        """What is shown now."""
        self._read()
        return "\n".join(self._display.display)

    def press(self, *keys: str) -> PtyTill:
        """Keys one after the other; a word that is no name of a key is typed letter by letter."""
        for key in keys:
            for stroke in [_KEYS[key]] if key in _KEYS else key:
                self._child.send(stroke)
                time.sleep(_ALONE_S if stroke == "\x1b" else _FINGER_S)
                self._read()
        return self

    def scan(self, code: str) -> PtyTill:
        """A code as a keyboard scanner types it: all at once."""
        time.sleep(_FINGER_S)
        self._child.send(f"{code}\r")
        time.sleep(_FINGER_S)
        return self

    def until(self, *wanted: str, any_of: tuple[str, ...] = (), within_s: float = WAIT_S) -> str:
        """Wait until all of ``wanted``, and one of ``any_of``, stand on the screen."""
        deadline_s = time.monotonic() + within_s
        while True:
            text = self.text
            if all(words in text for words in wanted) and (
                not any_of or any(words in text for words in any_of)
            ):
                return text
            assert time.monotonic() < deadline_s, f"{wanted} {any_of}:\n{text}"

    def ended(self) -> None:
        """Wait for the end of the program."""
        self._child.expect(pexpect.EOF)
        self._child.close()
        assert self._child.exitstatus == 0

    def hang_up(self) -> int:
        """Take the terminal away, and wait for the end of the program; gives its exit code."""
        self._child.ptyproc.fileobj.close()
        return self._child.ptyproc.wait()

    def kill(self) -> None:
        """Take the power away from all that runs on the line."""
        os.killpg(self._child.pid, signal.SIGKILL)
        self._child.close(force=True)

    def stop(self) -> None:
        """End it however it is."""
        self._child.close(force=True)

    def _read(self) -> None:
        try:
            self._stream.feed(self._child.read_nonblocking(_READ_BYTES, _READ_S))
        except pexpect.TIMEOUT:
            return
        except pexpect.EOF:
            return
