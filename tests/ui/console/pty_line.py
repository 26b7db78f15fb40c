"""A console as its technician has it: a program at the other end of a line that is as slow as told.

``Slow`` passes bytes at the pace of the line both ways, for a PTY takes whatever it is given.
"""

from __future__ import annotations

import os
import re
import sys
import termios
import time
from typing import TYPE_CHECKING

import pexpect

if TYPE_CHECKING:
    from pathlib import Path

WAIT_S = 40.0
_START = "from ui.console.commands import console; console()"
_TICK_S = 0.02


class PtyConsole:
    """``until`` waits for a text at the end of what came; ``per_s`` bytes pass in a second."""

    def __init__(self, config: Path, *options: str, terminal: str = "vt100", per_s: int = 0):
        self.per_s = per_s
        self.came = ""
        self.child = pexpect.spawn(
            sys.executable,
            ["-c", _START, "--config", str(config), *options],
            env={**os.environ, "TERM": terminal, "LANG": "C.UTF-8", "LC_ALL": "", "COLORTERM": ""},
            dimensions=(24, 80),
            encoding="utf-8",
            codec_errors="replace",
            timeout=WAIT_S,
            preexec_fn=_slow_down if per_s else None,
        )

    @property
    def screen(self) -> str:
        """What came since the last line was sent."""
        return self.came

    def until(self, end: str) -> str:
        """Wait for ``end``, a pattern; gives everything since the last ``send``."""
        deadline_s = time.monotonic() + WAIT_S
        while not re.search(end + r"\s*\Z", _plain(self.came)):
            assert time.monotonic() < deadline_s, f"{end}:\n{self.came}"
            self._read()
        return _plain(self.came)

    def send(self, text: str) -> None:
        """Type, at the pace of the line."""
        self.came = ""
        if not self.per_s:
            self.child.send(text)
            return
        self.child.delaybeforesend = None
        step = max(1, int(self.per_s * _TICK_S))
        for at in range(0, len(text), step):
            self.child.send(text[at : at + step])
            time.sleep(_TICK_S)
            self._read()

    def say(self, line: str, end: str) -> str:
        """A line, and what came of it."""
        self.send(f"{line}\r")
        return self.until(end)

    def ended(self) -> int | None:
        """Wait for the end; gives the exit code."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus

    def close(self) -> None:
        """End it however it is."""
        self.child.close(force=True)

    def _read(self) -> None:
        most = int(self.per_s * _TICK_S) if self.per_s else 65536
        if self.per_s:
            time.sleep(_TICK_S)
        try:
            self.came += self.child.read_nonblocking(most, _TICK_S)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return


def _slow_down() -> None:
    settings = termios.tcgetattr(0)
    settings[4] = settings[5] = termios.B9600
    termios.tcsetattr(0, termios.TCSANOW, settings)


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
