"""What a receipt printer knows about itself, in the bytes of each of its four ways to say so.

    DLE EOT 1..4    one byte each, at once
    GS a            four bytes, when something changes
    GS r 1, 2       paper and drawer, in turn with the print data

Source: the command references of Epson, Citizen and Star, chapters on status; bits checked against
each other. No I/O.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

_ALWAYS = 0x12  # two bits of every answer to DLE EOT are fixed
_REPORT_ALWAYS = 0x10
_DRAWER_HIGH, _OFFLINE, _FEEDS = 0x04, 0x08, 0x40
_COVER_OPEN, _FEED_PRESSED, _PAPER_STOP, _ERROR = 0x04, 0x08, 0x20, 0x40
_CUTTER, _BROKEN, _HOT = 0x08, 0x20, 0x40
_NEAR_END, _PAPER_END = 0x0C, 0x60
_SENSOR_LOW, _SENSOR_OUT = 0x03, 0x0C
_REPORT_COVER = 0x20
_LAST = 0x0F
DRAWER, ON_LINE, ERRORS, PAPER = 1, 2, 4, 8  # bits of GS a


@dataclass(frozen=True, slots=True)
class Sensors:
    """``cutter_failed`` waits for DLE ENQ, ``broken`` for service, ``overheated`` goes by itself.

    An open drawer pulls its line low. ``stops_when_low`` is what ESC c 4 asks for.
    """

    paper_out: bool = False
    paper_low: bool = False
    cover_open: bool = False
    drawer_open: bool = False
    cutter_failed: bool = False
    broken: bool = False
    overheated: bool = False
    feeding: bool = False
    stops_when_low: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it prints."""
        return not (self.has_no_paper or self.cover_open or self.has_error or self.feeding)

    @property
    def has_no_paper(self) -> bool:
        """Whether printing has stopped for the paper."""
        return self.paper_out or (self.paper_low and self.stops_when_low)

    @property
    def has_error(self) -> bool:
        """Whether printing has stopped for a fault."""
        return self.cutter_failed or self.broken or self.overheated

    def changed(self, **changes: bool | None) -> Sensors:
        """The same with ``changes``; None leaves a sensor as it is. Raises TypeError."""
        known = {field.name for field in fields(self)}
        if unknown := changes.keys() - known:
            msg = f"no sensor {', '.join(sorted(unknown))}: there are {', '.join(sorted(known))}"
            raise TypeError(msg)
        return replace(self, **{name: on for name, on in changes.items() if on is not None})

    def answer(self, kind: int) -> bytes:
        """One byte of ``DLE EOT n``; nothing for a kind there is not."""
        low = self.paper_low or self.paper_out
        bits = {
            1: (0 if self.is_ready else _OFFLINE)
            | (0 if self.drawer_open else _DRAWER_HIGH)
            | (_FEEDS if self.feeding else 0),
            2: (_COVER_OPEN if self.cover_open else 0)
            | (_FEED_PRESSED if self.feeding else 0)
            | (_PAPER_STOP if self.has_no_paper else 0)
            | (_ERROR if self.has_error else 0),
            3: self._errors,
            4: (_NEAR_END if low else 0) | (_PAPER_END if self.paper_out else 0),
        }.get(kind)
        return b"" if bits is None else bytes([_ALWAYS | bits])

    def report(self) -> bytes:
        """Four bytes of ``GS a``."""
        first = (
            _REPORT_ALWAYS
            | (0 if self.is_ready else _OFFLINE)
            | (0 if self.drawer_open else _DRAWER_HIGH)
            | (_REPORT_COVER if self.cover_open else 0)
            | (_FEEDS if self.feeding else 0)
        )
        return bytes((first, self._errors, self.paper()[0], _LAST))

    def differs(self, before: Sensors, mask: int) -> bool:
        """Whether a report was asked for with ``mask`` that tells a change since ``before``."""
        first, errors, paper, _ = (
            ours ^ theirs for ours, theirs in zip(self.report(), before.report(), strict=True)
        )
        return bool(
            (mask & DRAWER and first & _DRAWER_HIGH)
            or (mask & ON_LINE and first & ~_DRAWER_HIGH)
            or (mask & ERRORS and errors)
            or (mask & PAPER and paper)
        )

    def paper(self) -> bytes:
        """The byte of ``GS r 1``."""
        low = _SENSOR_LOW if self.paper_low or self.paper_out else 0
        return bytes([low | (_SENSOR_OUT if self.paper_out else 0)])

    def drawer(self) -> bytes:
        """The byte of ``GS r 2``."""
        return bytes([not self.drawer_open])

    @property
    def _errors(self) -> int:
        return (
            (_CUTTER if self.cutter_failed else 0)
            | (_BROKEN if self.broken else 0)
            | (_HOT if self.overheated else 0)
        )
