"""Events of scanner, scale, drawer and receipt printer: frozen values. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drivers.scan import Scan
    from terminal.store.slips import Job


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    """Whether the scanner, scale, display or drawer called ``name`` answers; selling goes on."""

    name: str
    is_online: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scanner on a line of its own read a code."""

    scan: Scan


@dataclass(frozen=True, slots=True)
class Weighed:
    """The scale gave a weight that may be sold, in thousandths."""

    qty_milli: int


@dataclass(frozen=True, slots=True)
class DrawerChanged:
    """The drawer opened, or closed after ``open_s``; ``is_left_open`` when it stays open."""

    is_open: bool
    open_s: float = 0.0
    is_left_open: bool = False


@dataclass(frozen=True, slots=True)
class PaperChanged:
    """The receipt printer's paper (ok, low, out, unknown) and what it waits for, mostly nothing."""

    paper: str
    waits_for: str = ""

    @property
    def is_online(self) -> bool:
        """Whether it answers."""
        return self.waits_for not in {"line", "silent"}


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    """A slip is on paper; ``is_copy`` when it carries the mark of one that may not be the first."""

    job: Job
    is_copy: bool


@dataclass(frozen=True, slots=True)
class SlipUnsure:
    """Nobody knows whether a slip is on paper, or whole: somebody looks, and says what to do."""

    job: Job


@dataclass(frozen=True, slots=True)
class SlipDropped:
    """A slip will not be printed; ``job.why`` says why."""

    job: Job


@dataclass(frozen=True, slots=True)
class DiskNoted:
    """Little room is left on the disk, or (None) there is enough again."""

    free_mib: int | None
