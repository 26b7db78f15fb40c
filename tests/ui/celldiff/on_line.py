"""The program on a pseudo-terminal: bytes of keys in, the bytes and the screen that come back."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.ui.celldiff.display import Display

if TYPE_CHECKING:
    from collections.abc import Callable

WAIT_S = 30.0
# Slower than a scanner, or it would be one.
_FINGER_S = 0.04


class OnLine:
    """``words`` as of the program; ``sent`` is everything that came over the line."""

    def __init__(self, *words: str, charset: str = "utf-8", size: tuple[int, int] = (80, 25)):
        self.display = Display(charset, *size)
        self.charset = charset
        self.sent = b""
        self._master, slave = os.openpty()
        self._set_size(*size)
        self.modes_before = termios.tcgetattr(slave)
        environment = {**os.environ, "TERM": "vt220"}
        for name in ("COLORTERM", "COLUMNS", "LINES"):
            environment.pop(name, None)
        command = [sys.executable, "-m", "tests.ui.celldiff.program", f"charset={charset}", *words]
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        self.slave = slave

    @property
    def text(self) -> str:
        return "\n".join(self.display.lines)

    def resize(self, width: int, height: int) -> None:
        """As a kernel does it for the terminal that controls a program."""
        self.display.resize(width, height)
        self._set_size(width, height)
        self.process.send_signal(signal.SIGWINCH)

    def _set_size(self, width: int, height: int) -> None:
        size = struct.pack("HHHH", height, width, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def type(self, *keys: str) -> OnLine:
        for key in keys:
            os.write(self._master, key.encode(self.charset))
            self.read(_FINGER_S)
        return self

    def read(self, wait_s: float = 0.05) -> bytes:
        if not select.select([self._master], [], [], wait_s)[0]:
            return b""
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return b""
        self.sent += data
        self.display.feed(data)
        return data

    @property
    def state(self) -> str:
        """As the kernel calls it: R running, S sleeping, T stopped."""
        status = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        return status.rpartition(")")[2].split()[0]

    def until(self, *wanted: str) -> str:
        self.until_true(lambda: all(words in self.text for words in wanted), str(wanted))
        return self.text

    def until_true(self, condition: Callable[[], object], what: str = "") -> None:
        end_s = time.monotonic() + WAIT_S
        while not condition():
            assert time.monotonic() < end_s, f"{what}:\n{self.text}"
            self.read()

    def log_in(self) -> OnLine:
        self.until("Identifier")
        self.type("1", "\r")
        self.until("PIN")
        self.type(*"1234", "\r")
        self.until("TOTAL")
        return self

    def hang_up(self) -> None:
        os.close(self.slave)
        os.close(self._master)
        self.slave = self._master = -1

    def ended(self) -> int:
        """Wait for the end of the program and give its exit code."""
        end_s = time.monotonic() + WAIT_S
        while self.process.poll() is None:
            assert time.monotonic() < end_s, self.text
            if self._master >= 0:
                self.read()
            else:
                time.sleep(0.01)
        while self._master >= 0 and self.read():
            pass
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self._master >= 0:
            self.hang_up()
