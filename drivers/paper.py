"""What a receipt (non-fiscal) printer is to the till. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class PaperState(StrEnum):
    """What the paper sensors say; ``UNKNOWN`` when the printer does not answer."""

    OK = "ok"
    LOW = "low"
    OUT = "out"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PaperStatus:
    """State of a receipt printer; every answer may be missing."""

    is_online: bool | None
    paper: PaperState
    cover_open: bool | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A document for the receipt printer: a title, text lines, and optionally a code at the end."""

    title: str
    lines: tuple[str, ...]
    barcode: str = ""
    qr: str = ""


class PaperPrinter(Protocol):
    """A receipt printer; every method blocks and raises ``DeviceError``."""

    def status(self) -> PaperStatus:
        """Ask the sensors; never guesses."""

    def print_slip(self, slip: Slip) -> None:
        """Print ``slip`` and cut; raises ``NotReady`` before sending when there is no paper."""

    def open_drawer(self) -> None:
        """Kick the cash drawer."""

    def close(self) -> None:
        """Give the line back."""
