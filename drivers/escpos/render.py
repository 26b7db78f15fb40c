"""A slip → the bytes that print it. No I/O; python-escpos only collects bytes here.

Importing python-escpos configures the root logger, leaves a directory among the temporary files and
takes a quarter of a second, so it happens on the first slip, and both traces are removed. A new
collector for each slip begins with ESC @: a printer that was switched off has forgotten its code
page, and one that remembers would not notice.
"""

from __future__ import annotations

import logging
import os
import shutil
from functools import cache
from typing import TYPE_CHECKING, Any

from drivers.escpos import images
from drivers.escpos.codes import BARCODE_LOOK, barcode, barcode_dots, is_counted
from drivers.escpos.layout import beside
from drivers.escpos.setup import Cut, Fitting
from drivers.escpos.text import ASCII, codec, printable
from drivers.paper import Align, Kind, Row, Size, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

_log = logging.getLogger(__name__)
_FEED_LINES = 6  # from the print head to the edge where paper is torn
_QUIET = b"\x1bJ\x18"  # scanners want white around a code
_QR_MAX = 700  # bytes; more does not fit on 58 mm paper at four dots a module
_QR_LARGE_MAX = 300  # bytes that fit at six dots a module
_QR_WIDTH_MAX = 300  # dots of the largest such code at three dots a module
_ALIGNS = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_SCALES = {Size.NORMAL: (1, 1), Size.TALL: (1, 2), Size.DOUBLE: (2, 2)}
_PULSE_MS = 2  # the unit of ESC p
_PULSE_MAX = 255
_PINS = {2: 0, 5: 1}


def render(slip: Slip, fitting: Fitting) -> bytes:
    """Bytes of ``slip`` from ESC @ to the cut; raises as ``pieces`` does."""
    return b"".join(pieces(slip, fitting))


def pieces(slip: Slip, fitting: Fitting) -> tuple[bytes, ...]:
    """The same, cut where one command ends and the next may begin.

    Raises ValueError for a code that is too long to be printed.
    """
    press = _Press(fitting, slip)
    press.print(slip)
    return press.output


def kick(fitting: Fitting) -> bytes:
    """Bytes that open the drawer in their turn."""
    setup = fitting.setup
    units = min(setup.drawer_ms // _PULSE_MS, _PULSE_MAX)
    return bytes((0x1B, 0x70, _PINS[setup.drawer_pin], units, units))


class _Press:
    """Collects one slip; styles are sent where they change."""

    def __init__(self, fitting: Fitting, slip: Slip) -> None:
        self._fitting = fitting
        self._device: Any = _load()(profile=fitting.profile.name)
        self._page = fitting.page_for(_words(slip)) or ASCII
        self._style = (Align.LEFT, False, Size.NORMAL)

    @property
    def output(self) -> tuple[bytes, ...]:
        return tuple(self._device._output_list)  # noqa: SLF001 - joined, the boundaries are lost

    def print(self, slip: Slip) -> None:
        device = self._device
        device.hw("INIT")
        if self._page != ASCII:
            device.charcode(self._page)
        if self._fitting.setup.font == "B":
            device.set(font="b")
        if slip.kicks_drawer and not slip.mark:
            self._raw(kick(self._fitting))
        for row in _all_rows(slip):
            self._row(row)
        if slip.is_cut:
            self._cut()

    def _row(self, row: Row) -> None:
        is_text = row.kind in {Kind.TEXT, Kind.RULE}
        self._set(row.align, is_bold=row.is_bold, size=row.size if is_text else Size.NORMAL)
        match row.kind:
            case Kind.TEXT:
                self._text(row)
            case Kind.RULE:
                self._line("-" * self._fitting.columns)
            case Kind.BARCODE:
                self._barcode(row.text)
            case Kind.QR:
                self._raw(_QUIET)
                self._qr(row.text)
                self._raw(_QUIET)
            case Kind.LOGO:
                self._logo()

    def _logo(self) -> None:
        try:
            found = images.logo(self._fitting)
        except ValueError as error:
            # A slip without its logo is better than none.
            _log.warning("printed without the logo: %s", error)
            return
        for piece in found:
            self._raw(piece)

    def _set(self, align: Align, *, is_bold: bool, size: Size) -> None:
        was_align, was_bold, was_size = self._style
        self._style = (align, is_bold, size)
        if align is not was_align:
            self._device.set(align=_ALIGNS[align])
        if is_bold is not was_bold:
            self._device.set(bold=is_bold)
        if size is not was_size:
            width, height = _SCALES[size]
            self._device.set(custom_size=True, width=width, height=height)

    def _text(self, row: Row) -> None:
        width = self._fitting.columns // _SCALES[row.size][0]
        *above, last = row.text.split("\n")
        for text, right in (*((part, "") for part in above), (last, row.right)):
            fitted = printable(text, self._page), printable(right, self._page)
            for line in beside(*fitted, width):
                self._line(line)

    def _line(self, text: str) -> None:
        # Past the library's own search for code pages, which sees Chinese where there is none.
        self._raw(text.encode(codec(self._page)) + b"\n")

    def _raw(self, data: bytes) -> None:
        self._device._raw(data)  # noqa: SLF001

    def _barcode(self, content: str) -> None:
        data, profile = barcode(content), self._fitting.profile
        form = "barcodeB" if is_counted(data) else "barcodeA"
        # A printer leaves out what it cannot draw, and what is wider than its paper.
        if form not in profile.features or barcode_dots(data) > profile.width_dots:
            self._text(Row(content))
        else:
            # The library would print its choice of renderer on the standard output.
            self._raw(BARCODE_LOOK + data)

    def _qr(self, content: str) -> None:
        content = "".join(sign for sign in content if sign.isprintable())
        length = len(content.encode())
        if length > _QR_MAX:
            msg = f"QR code of more than {_QR_MAX} bytes"
            raise ValueError(msg)
        profile = self._fitting.profile
        if "qrCode" in profile.features:
            self._device.qr(content, native=True, size=6 if length <= _QR_LARGE_MAX else 4)
        elif profile.dots >= _QR_WIDTH_MAX:
            fragment = {"fragment_height": self._fitting.fragment_rows}
            before = len(self._device._output_list)  # noqa: SLF001
            self._device.qr(content, size=3, image_arguments=fragment)
            images.disarm(self._device._output_list, before)  # noqa: SLF001
        else:
            # For an unknown width the library complains on the standard output.
            self._text(Row(content))

    def _cut(self) -> None:
        setup, features = self._fitting.setup, self._fitting.profile.features
        if setup.cut is Cut.NONE or not features & {"paperFullCut", "paperPartCut"}:
            self._device.print_and_feed(_FEED_LINES)
        else:
            self._device.cut("PART" if setup.cut is Cut.PARTIAL else "FULL")


def _all_rows(slip: Slip) -> Iterator[Row]:
    mark = Row(slip.mark, align=Align.CENTRE, is_bold=True, size=Size.DOUBLE)
    title = Row(slip.title, align=Align.CENTRE, is_bold=True, size=Size.TALL)
    if slip.mark:
        yield mark
    if slip.title:
        yield title
    yield from slip.rows
    if slip.mark:
        yield mark


def _words(slip: Slip) -> str:
    """Everything on ``slip`` that is printed as text."""
    return "".join(row.text + row.right for row in _all_rows(slip) if row.kind is Kind.TEXT)


@cache
def _load() -> Any:  # noqa: ANN401 - the library has no types
    """Import the library and undo what the import does to the process."""
    root = logging.getLogger()
    before = list(root.handlers)
    from escpos import capabilities  # noqa: PLC0415 - see above
    from escpos.printer import Dummy  # noqa: PLC0415

    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return Dummy
