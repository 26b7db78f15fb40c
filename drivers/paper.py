"""What a receipt (non-fiscal) printer is to the till, and the slips it prints. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from drivers.errors import InDoubt

if TYPE_CHECKING:
    from collections.abc import Callable


class PaperState(StrEnum):
    """What the paper sensors say; ``UNKNOWN`` when the printer does not answer."""

    OK = "ok"
    LOW = "low"
    OUT = "out"
    UNKNOWN = "unknown"


class Fault(StrEnum):
    """What is wrong with the mechanism; ``UNKNOWN`` when the printer does not answer."""

    NONE = "none"
    CUTTER = "cutter"  # a person takes the jammed paper out
    OVERHEATED = "overheated"  # goes away by itself
    BROKEN = "broken"  # service
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PaperStatus:
    """State of a receipt printer; every answer may be missing."""

    is_online: bool | None
    paper: PaperState
    cover_open: bool | None = None
    drawer_open: bool | None = None
    fault: Fault = Fault.UNKNOWN

    @property
    def obstacle(self) -> str:
        """What keeps the printer from printing, the most telling first; empty when nothing does."""
        if self.paper is PaperState.OUT:
            return "paper"
        if self.cover_open:
            return "cover"
        if self.fault not in {Fault.NONE, Fault.UNKNOWN}:
            return str(self.fault)
        return "offline" if self.is_online is False else ""


NO_ANSWER = PaperStatus(None, PaperState.UNKNOWN)


class Kind(StrEnum):
    """What a row of a slip is."""

    TEXT = "text"
    RULE = "rule"
    BARCODE = "barcode"
    QR = "qr"
    LOGO = "logo"  # the one that the printer's configuration names


class Align(StrEnum):
    """Where a row stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Size(StrEnum):
    """How large the letters of a row are."""

    NORMAL = "normal"
    TALL = "tall"  # twice as high
    DOUBLE = "double"  # twice as high and wide


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a slip, as many lines as the paper makes of it.

    ``right`` stands at the right edge in one piece, whatever becomes of ``text``: it is the amount.
    ``text`` is the content of a code; rules and logos have none.
    """

    text: str = ""
    right: str = ""
    kind: Kind = Kind.TEXT
    align: Align = Align.LEFT
    is_bold: bool = False
    size: Size = Size.NORMAL


RULE = Row(kind=Kind.RULE)
LOGO = Row(kind=Kind.LOGO, align=Align.CENTRE)


@dataclass(frozen=True, slots=True)
class Slip:
    """A document for the receipt printer.

    ``mark`` is printed large above and below, for what is not the first paper of its kind; a marked
    slip never opens the drawer.
    """

    title: str
    rows: tuple[Row, ...] = ()
    mark: str = ""
    is_cut: bool = True
    kicks_drawer: bool = False


class Halted(InDoubt):
    """The printer stopped within a slip: ``sent`` of ``size`` bytes had left, ``reason`` says why.

    ``reason`` is a word of ``PaperStatus.obstacle``, or ``line`` or ``silent``.
    """

    def __init__(self, reason: str, sent: int, size: int) -> None:
        super().__init__(f"the printer stopped: {reason}, {sent} of {size} bytes were sent")
        self.reason = reason
        self.sent = sent
        self.size = size


class Unprintable(ValueError):
    """No printer prints this slip; nothing of it was sent."""


class PaperPrinter(Protocol):
    """A receipt printer; every method blocks and raises ``DeviceError``, but two never do.

    ``on_wait`` is told within a slip what keeps it from printing.
    """

    on_wait: Callable[[PaperStatus], None]

    @property
    def answers(self) -> bool:
        """Whether it can be asked at all: then silence means that it would not print."""

    def status(self) -> PaperStatus:
        """Ask the sensors; never guesses."""

    def print_slip(self, slip: Slip) -> None:
        """Print ``slip`` and cut.

        Raises ``NotDone`` while nothing has been sent, ``InDoubt`` when the slip may be incomplete,
        and ``Unprintable``.
        """

    def open_drawer(self) -> None:
        """Kick the cash drawer."""

    def distrust(self) -> None:
        """Half a slip may be inside the printer: clear it away before the next. Never raises."""

    def close(self) -> None:
        """Give the line back; never raises."""
