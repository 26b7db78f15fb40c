"""The scanner on a line of its own: a thread that reads codes and tells them. Sells nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from terminal.events import Scanned
from terminal.gear.attendant import Attendant

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.scan import Scan

NAME = "scanner"
_LOOK_S = 0.5


class Reader(Protocol):
    """What the thread needs of a scanner; ``drivers.scanner.SerialScanner`` is one."""

    def read(self, timeout_s: float) -> list[Scan]:
        """The codes that came; waits at most ``timeout_s``."""

    def close(self) -> None:
        """Give the line back."""


def attend(reader: Reader, tell: Callable[[object], None]) -> Attendant:
    """A thread, not yet started, that tells every code of ``reader`` as ``Scanned``."""

    def work() -> None:
        for scan in reader.read(_LOOK_S):
            tell(Scanned(scan))

    return Attendant(NAME, work, reader.close, tell)
