"""Where a device stands: its lines, its paper, the hands on it. No device, no protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hw_emulator.pty_line import PtyLine
from hw_emulator.tcp_line import TcpLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.lines import Connect, Line

LOCALHOST = "127.0.0.1"


@dataclass(slots=True)
class Lines:
    """Where a device is reached: ``pty`` a symlink path or True, ``tcp`` a port, 0 for any.

    ``tcp_second`` is a port on the second interface (PC2) of the same device.
    """

    pty: Path | bool = False
    tcp: int | None = None
    tcp_second: int | None = None
    baud: int = 0
    host: str = LOCALHOST

    def open(self, connect: Connect) -> list[Line]:
        """Open all of them, or any TCP port when none is asked for; raises OSError."""
        lines: list[Line] = []
        tcp = 0 if self.pty is False and self.tcp is None else self.tcp
        try:
            if self.pty is not False:
                link = self.pty if isinstance(self.pty, Path) else None
                lines.append(PtyLine(connect, link, baud=self.baud))
            if tcp is not None:
                lines.append(TcpLine(connect, self.host, tcp))
            if self.tcp_second is not None:
                lines.append(TcpLine(connect, self.host, self.tcp_second, interface=2))
        except OSError:
            for line in lines:
                line.stop()
            raise
        return lines


@dataclass(slots=True)
class Place:
    """Everything around a device. ``die`` is what a deadly fault does (None: switch it off).

    ``faults`` are specs such as ``lose:trend:1``, ``loss`` the share of commands that go wrong.
    """

    lines: Lines = field(default_factory=Lines)
    paper: Path | None = None
    control: Path | None = None
    control_tcp: tuple[str, int] | None = None
    faults: tuple[str, ...] = ()
    seed: int = 0
    loss: float = 0.0
    die: Callable[[], None] | None = None
