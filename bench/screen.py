"""A program on a pseudo-terminal of 80×25, its keyboard, and what a terminal would show of it."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import sys
import termios
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COLUMNS, LINES = 80, 25
WAIT_S = 30.0
_END_S = 10.0
_READ_BYTES = 65536
MINIMAL = [sys.executable, "-m", "bench.minimal"]


class Screen:
    """``began_s`` is when the program was started; times are of ``time.perf_counter``.

    ``terminal`` is what it is told to be on; ``heard`` counts all bytes of the program.
    """

    def __init__(self, command: list[str], terminal: str = "xterm-256color") -> None:
        self.heard = 0
        self._display = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._display)
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        environment = {**os.environ, "TERM": terminal, "PYTHONUTF8": "1"}
        environment.pop("COLORTERM", None)
        self.began_s = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)

    @property
    def text(self) -> str:
        """What is shown."""
        return "\n".join(self._display.display)

    @property
    def cells(self) -> list[object]:
        """What is shown, cell by cell, with its looks."""
        shown = self._display.buffer
        return [shown[y][x] for y in range(LINES) for x in range(COLUMNS)]

    def type(self, keys: str) -> float:
        """Press keys, all in one write; gives the moment before it."""
        at_s = time.perf_counter()
        os.write(self._master, keys.encode())
        return at_s

    def hear(self, timeout_s: float) -> tuple[float, int]:
        """Wait for output: gives the moment it came and how many bytes, 0 when none came."""
        ready, _, _ = select.select([self._master], [], [], max(0.0, timeout_s))
        at_s = time.perf_counter()
        if not ready:
            return at_s, 0
        data = os.read(self._master, _READ_BYTES)
        self.heard += len(data)
        self._stream.feed(data)
        return at_s, len(data)

    def until(self, condition: Callable[[str], object], timeout_s: float = WAIT_S) -> float:
        """The moment from which what is shown meets ``condition``."""
        deadline_s = time.perf_counter() + timeout_s
        at_s = time.perf_counter()
        while not condition(self.text):
            at_s, _ = self.hear(deadline_s - time.perf_counter())
            if at_s >= deadline_s:
                msg = f"not within {timeout_s} s; shown:\n{self.text}"
                raise TimeoutError(msg)
        return at_s

    def rest(self, seconds: float) -> int:
        """Listen for so long; gives how many bytes came."""
        deadline_s, count = time.perf_counter() + seconds, 0
        while (left_s := deadline_s - time.perf_counter()) > 0:
            count += self.hear(left_s)[1]
        return count

    def rss_mb(self) -> float:
        """Resident memory of the program."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def cpu_s(self) -> float:
        """Processor time that the program has used."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Switch it off."""
        self.process.terminate()
        deadline_s = time.perf_counter() + _END_S
        while self.process.poll() is None:
            if time.perf_counter() > deadline_s:
                self.process.kill()
            try:
                # What it says at its end must be read, or it would wait for us.
                self.hear(0.01)
            except OSError:
                self.process.wait(_END_S)
        os.close(self._master)


@contextmanager
def screen(command: list[str], terminal: str = "xterm-256color") -> Iterator[Screen]:
    """A program that is ended with the block."""
    one = Screen(command, terminal)
    try:
        yield one
    finally:
        one.close()
