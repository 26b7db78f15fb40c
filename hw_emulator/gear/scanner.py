"""A bar code scanner: sends what it is told to scan, the way it was set up. No serial lines.

    prefix  AIM identifier  code  suffix

It can be made to crackle before a code, and to send it in slices, as converters do.
"""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ENDS = {"cr": "\r", "lf": "\n", "crlf": "\r\n", "tab": "\t", "etx": "\x03", "none": ""}


@dataclass(slots=True)
class BarcodeScanner:
    """One scanner; every client gets every scan.

    ``end`` is cr, lf, crlf, tab, etx or none; ``begins_with_stx`` frames the code. ``slice_bytes``
    0 sends it whole; ``noise_bytes`` are sent before it.
    """

    prefix: str = ""
    suffix: str = ""
    end: str = "cr"
    begins_with_stx: bool = False
    slice_bytes: int = 0
    slice_pause_s: float = 0.002
    noise_bytes: int = 0
    dice: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311
    _clients: list[Callable[[bytes], None]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        if self.end not in ENDS:
            msg = f"{self.end!r} is none of the ends {', '.join(ENDS)}"
            raise ValueError(msg)

    def start(self) -> None:
        """Nothing to start: a hand pulls the trigger."""

    def stop(self) -> None:
        """Nothing to stop."""

    def connect(self, send: Callable[[bytes], None], _interface: int) -> Callable[[bytes], None]:
        """Take a client; what it says is not listened to."""
        with self._lock:
            self._clients.append(send)
        return lambda _data: None

    def scan(self, code: str, aim: str = "") -> None:
        """Read a code; ``aim`` is its symbology identifier, such as ``E0``, when it is sent."""
        identifier = f"]{aim}" if aim else ""
        text = f"{self.prefix}{identifier}{code}{self.suffix}{ENDS[self.end]}"
        data = (b"\x02" if self.begins_with_stx else b"") + text.encode()
        self.send(self.dice.randbytes(self.noise_bytes) + data)

    def send(self, data: bytes) -> None:
        """Send any bytes at all, in slices when it was set up so."""
        step = self.slice_bytes or len(data) or 1
        with self._lock:
            clients = list(self._clients)
        for start in range(0, len(data), step):
            for client in clients:
                client(data[start : start + step])
            if self.slice_bytes:
                time.sleep(self.slice_pause_s)
