"""Where a device stands: its lines, its paper, the hands on it. No device, no protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hw_emulator.fault_kinds import LINE_KINDS
from hw_emulator.faults import Faults, read_rule
from hw_emulator.gallery import Gallery
from hw_emulator.paper import COLUMNS, Paper
from hw_emulator.pty_line import PtyLine
from hw_emulator.rfc2217_line import Rfc2217Line
from hw_emulator.tcp_line import TcpLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.fault_kinds import Kind
    from hw_emulator.lines import Connect, Line

LOCALHOST = "127.0.0.1"


@dataclass(slots=True)
class Lines:
    """Where a device is reached: ``pty`` a symlink path or True, the others a port, 0 for any.

    ``tcp_second`` is a port on the second interface (PC2) of the same device. ``baud`` paces every
    line, ``paces_negotiated`` lets the client of ``rfc2217`` choose instead.
    """

    pty: Path | bool = False
    tcp: int | None = None
    tcp_second: int | None = None
    baud: int = 0
    host: str = LOCALHOST
    rfc2217: int | None = None
    rfc2217_host: str = LOCALHOST
    second_host: str = ""
    paces_negotiated: bool = False

    def open(self, connect: Connect) -> list[Line]:
        """Open all of them, or any TCP port when none is asked for; raises OSError."""
        lines: list[Line] = []
        is_anywhere = self.pty is not False or self.tcp is not None or self.rfc2217 is not None
        tcp = self.tcp if is_anywhere else 0
        try:
            if self.pty is not False:
                link = self.pty if isinstance(self.pty, Path) else None
                lines.append(PtyLine(connect, link, baud=self.baud))
            if tcp is not None:
                lines.append(TcpLine(connect, self.host, tcp, baud=self.baud))
            if self.tcp_second is not None:
                host = self.second_host or self.host
                second = TcpLine(connect, host, self.tcp_second, interface=2, baud=self.baud)
                lines.append(second)
            if self.rfc2217 is not None:
                lines.append(self._remote(connect, self.rfc2217))
        except OSError:
            for line in lines:
                line.stop()
            raise
        return lines

    def _remote(self, connect: Connect, port: int) -> Rfc2217Line:
        return Rfc2217Line(
            connect,
            self.rfc2217_host,
            port,
            baud=self.baud,
            follows_client=self.paces_negotiated,
        )


@dataclass(slots=True)
class Place:
    """Everything around a device. ``die`` is what a deadly fault does (None: switch it off).

    ``faults`` are specs such as ``lose:trend:1``, ``loss`` the share of commands that meet a lost
    command or a lost, cut or garbled answer, ``chaos`` the share for each kind.
    """

    lines: Lines = field(default_factory=Lines)
    paper: Path | None = None
    png: Path | None = None
    html: Path | None = None
    control: Path | None = None
    control_tcp: tuple[str, int] | None = None
    faults: tuple[str, ...] = ()
    seed: int = 0
    loss: float = 0.0
    chaos: dict[Kind, float] = field(default_factory=dict)
    die: Callable[[], None] | None = None

    def open_paper(self, columns: int = COLUMNS) -> Paper:
        """A roll, with somebody who makes pictures of it if asked for; raises OSError, NoPictures.

        ``columns`` is its width in characters.
        """
        paper = Paper(self.paper, columns)
        if self.png or self.html:
            try:
                paper.on_close = Gallery(paper, self.png, self.html).close
            except (OSError, ValueError):
                paper.close()
                raise
        return paper

    def make_faults(self, allowed: frozenset[Kind] = LINE_KINDS) -> Faults:
        """The faults of a device that can have ``allowed``; raises ValueError."""
        rules = [read_rule(spec) for spec in self.faults]
        return Faults(rules, self.seed, self.loss, self.chaos, allowed)
