"""An ESC/POS receipt printer: operations → paper as text, and real-time status answers. No lines.

Cuts, drawer pulses, codes and images appear on the paper in square brackets. Without paper or with
the cover open nothing is printed but what came is kept, as a printer's buffer does, and comes out
when all is well again.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hw_emulator.escpos.code_pages import CODE_PAGES, DEFAULT
from hw_emulator.escpos.parser import Op, Parser

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.paper import Paper

COLUMNS = 48
HELD_MAX = 4096
TAB = 8
DOTS_PER_LINE = 30

_ALWAYS = 0x12  # two bits of every real-time status are fixed
_OFFLINE, _DRAWER_PIN = 0x08, 0x04
_COVER_OPEN, _PAPER_STOP, _ERROR = 0x04, 0x20, 0x40
_CUTTER_ERROR = 0x08
_NEAR_END, _PAPER_END = 0x0C, 0x60
_SENSOR_NEAR_END, _SENSOR_END = 0x03, 0x0C

_BARCODES = {
    0: "UPC-A",
    1: "UPC-E",
    2: "EAN13",
    3: "EAN8",
    4: "CODE39",
    5: "ITF",
    6: "CODABAR",
    7: "CODE93",
    8: "CODE128",
}
_COUNTED = 65
_SYMBOLS = {48: "PDF417", 49: "QR"}
_STORE, _PRINT = 80, 81
_WIDE_BIT = 0x20
_MODEL = "_EMULATOR\0"
_IDENTITY_TEXT = 65


@dataclass(slots=True)
class EscPosPrinter:
    """One printer; any number of clients. Sensors may be set at any moment with ``set_sensors``."""

    paper: Paper
    columns: int = COLUMNS
    paper_out: bool = False
    paper_low: bool = False
    cover_open: bool = False
    cutter_failed: bool = False
    drawer_pulses: int = 0
    cuts: int = 0
    codec: str = DEFAULT
    align: int = 0
    scale: int = 1
    line: str = ""
    codes: dict[int, bytes] = field(default_factory=dict)
    _held: list[Op] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        """Nothing to start: whoever brings bytes carries them out."""

    def stop(self) -> None:
        """Nothing to stop."""

    @property
    def is_ready(self) -> bool:
        """Whether it prints."""
        return not (self.paper_out or self.cover_open or self.cutter_failed)

    def connect(self, send: Callable[[bytes], None], _interface: int) -> Callable[[bytes], None]:
        """Take a client; give the function that takes its bytes."""
        parser = Parser()

        def feed(data: bytes) -> None:
            for op in parser.feed(data):
                with self._lock:
                    answer = self._take(op)
                if answer:
                    send(answer)

        return feed

    def set_sensors(
        self,
        *,
        paper_out: bool | None = None,
        paper_low: bool | None = None,
        cover_open: bool | None = None,
        cutter_failed: bool | None = None,
    ) -> None:
        """Change sensors (None: as it is); what was kept is printed once all is well."""
        with self._lock:
            self.paper_out = self.paper_out if paper_out is None else paper_out
            self.paper_low = self.paper_low if paper_low is None else paper_low
            self.cover_open = self.cover_open if cover_open is None else cover_open
            self.cutter_failed = self.cutter_failed if cutter_failed is None else cutter_failed
            if self.is_ready:
                held, self._held = self._held, []
                for op in held:
                    self._print(op)

    def status(self, kind: int) -> bytes:
        """One byte of ``DLE EOT n``; nothing for a kind there is not."""
        bits = {
            1: (0 if self.is_ready else _OFFLINE) | _DRAWER_PIN,
            2: (_COVER_OPEN if self.cover_open else 0)
            | (_PAPER_STOP if self.paper_out else 0)
            | (_ERROR if self.cutter_failed else 0),
            3: _CUTTER_ERROR if self.cutter_failed else 0,
            4: (_NEAR_END if self.paper_low or self.paper_out else 0)
            | (_PAPER_END if self.paper_out else 0),
        }.get(kind)
        return b"" if bits is None else bytes([_ALWAYS | bits])

    def _take(self, op: Op) -> bytes:
        match op.name:
            case "DLE 4":
                return self.status(op.data[0])
            case "DLE 20" if op.data[0] == 1:
                self._pulse(op.data[1])
            case "DLE 20" if op.data[0] == 8:  # noqa: PLR2004 - "clear buffers"
                self._held.clear()
                self.line = ""
            case "GS r":
                return self._sensor(op.data[0])
            case "GS I":
                return _MODEL.encode() if op.data[0] >= _IDENTITY_TEXT else b"\x20"
            case _ if self.is_ready:
                self._print(op)
            case _ if len(self._held) < HELD_MAX:
                self._held.append(op)
        return b""

    def _sensor(self, kind: int) -> bytes:
        if kind in {1, ord("1")}:
            low = _SENSOR_NEAR_END if self.paper_low or self.paper_out else 0
            return bytes([low | (_SENSOR_END if self.paper_out else 0)])
        return b"\x00"

    def _print(self, op: Op) -> None:
        handler = _HANDLERS.get(op.name)
        if handler:
            handler(self, op.data)

    def write(self, text: str) -> None:
        """Put text on the current line; a full line goes on the paper."""
        width = self.columns // self.scale
        for mark in text:
            if len(self.line) >= width:
                self.end_line()
            self.line += mark

    def end_line(self) -> None:
        """Put the current line on the paper, where the alignment wants it."""
        free = self.columns - len(self.line.rstrip()) * self.scale
        shift = {1: free // 2, 2: free}.get(self.align, 0)
        self.paper.write([(" " * max(0, shift) + self.line).rstrip()])
        self.line = ""

    def stamp(self, text: str) -> None:
        """Something that is not text, on a line of its own."""
        if self.line:
            self.end_line()
        self.paper.write([f"[{text}]"])

    def reset(self) -> None:
        """Settings as after power-on."""
        self.codec, self.align, self.scale, self.line = DEFAULT, 0, 1, ""

    def _pulse(self, pin: int) -> None:
        self.drawer_pulses += 1
        self.stamp(f"drawer {1 if pin in {0, ord('0')} else 2}")


def _text(printer: EscPosPrinter, data: bytes) -> None:
    printer.write(data.decode(printer.codec, errors="replace"))


def _control(printer: EscPosPrinter, data: bytes) -> None:
    if data == b"\n":
        printer.end_line()
    elif data == b"\t":
        printer.write(" " * (TAB - len(printer.line) % TAB))


def _reset(printer: EscPosPrinter, _data: bytes) -> None:
    printer.reset()


def _code_page(printer: EscPosPrinter, data: bytes) -> None:
    printer.codec = CODE_PAGES.get(data[0], DEFAULT)


def _align(printer: EscPosPrinter, data: bytes) -> None:
    printer.align = data[0] % 48 if data[0] % 48 in {0, 1, 2} else printer.align


def _mode(printer: EscPosPrinter, data: bytes) -> None:
    printer.scale = 2 if data[0] & _WIDE_BIT else 1


def _size(printer: EscPosPrinter, data: bytes) -> None:
    printer.scale = (data[0] >> 4 & 7) + 1


def _feed_lines(printer: EscPosPrinter, data: bytes) -> None:
    lines = data[0]
    if printer.line:
        printer.end_line()
        lines -= 1
    printer.paper.write([""] * max(0, lines))


def _feed_dots(printer: EscPosPrinter, data: bytes) -> None:
    _feed_lines(printer, bytes([data[0] // DOTS_PER_LINE]))


def _cut(printer: EscPosPrinter, _data: bytes) -> None:
    printer.cuts += 1
    printer.stamp("cut")


def _drawer(printer: EscPosPrinter, data: bytes) -> None:
    printer._pulse(data[0])  # noqa: SLF001 - the handlers are this printer's own


def _barcode(printer: EscPosPrinter, data: bytes) -> None:
    kind = data[0] - _COUNTED if data[0] >= _COUNTED else data[0]
    digits = data[2:] if data[0] >= _COUNTED else data[1:-1]
    text = digits.decode("ascii", errors="replace")
    if text[:2] in {"{A", "{B", "{C"}:
        text = text[2:]
    printer.stamp(f"{_BARCODES.get(kind, 'BARCODE')}: {text}")


def _symbol(printer: EscPosPrinter, data: bytes) -> None:
    # "k" pL pH cn fn ...: other GS ( families only set things up.
    if data[0] != ord("k") or len(data) < 5:  # noqa: PLR2004
        return
    family, function = data[3], data[4]
    if function == _STORE:
        printer.codes[family] = data[6:]
    elif function == _PRINT:
        text = printer.codes.get(family, b"").decode("utf-8", errors="replace")
        printer.stamp(f"{_SYMBOLS.get(family, '2D')}: {text}")


def _raster(printer: EscPosPrinter, data: bytes) -> None:
    width = int.from_bytes(data[2:4], "little") * 8
    height = int.from_bytes(data[4:6], "little")
    printer.stamp(f"image {width}x{height}")


_HANDLERS: dict[str, Callable[[EscPosPrinter, bytes], None]] = {
    "text": _text,
    "control": _control,
    "ESC @": _reset,
    "ESC t": _code_page,
    "ESC a": _align,
    "ESC !": _mode,
    "GS !": _size,
    "ESC d": _feed_lines,
    "ESC J": _feed_dots,
    "ESC i": _cut,
    "ESC m": _cut,
    "GS V": _cut,
    "ESC p": _drawer,
    "GS k": _barcode,
    "GS (": _symbol,
    "GS v": _raster,
}
