"""Bar codes and 2D codes: commands → symbols on the roll. What they look like: ``bars``.

GS k with a type below 65 ends its data with NUL, from 65 on it counts them. GS ( k sets up and
stores a 2D code by family, 48 is PDF417 and 49 is QR, until function 81 prints it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hw_emulator.escpos.images import GRAPHICS
from hw_emulator.escpos.rows import Symbol

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.escpos.press import Press

_BARCODES = (
    *("UPC-A", "UPC-E", "EAN13", "EAN8", "CODE39", "ITF", "CODABAR"),
    *("CODE93", "CODE128", "GS1-128"),
)
_COUNTED = 65
_FAMILIES = {48: "PDF417", 49: "QR"}
_PDF_COLUMNS, _MODULE, _PDF_ROW, _LEVEL, _STORE, _PRINT = 65, 67, 68, 69, 80, 81
_LEVEL_BASE = 48
_MODULE_MAX = 16


def _barcode(press: Press, data: bytes) -> None:
    kind = data[0] - _COUNTED if data[0] >= _COUNTED else data[0]
    content = data[2:] if data[0] >= _COUNTED else data[1:].removesuffix(b"\0")
    name = _BARCODES[kind] if kind < len(_BARCODES) else "BARCODE"
    press.block(replace(press.modes.symbol, kind=name, data=content))


def _height(press: Press, data: bytes) -> None:
    press.modes.symbol = replace(press.modes.symbol, height=max(1, data[0]))


def _width(press: Press, data: bytes) -> None:
    if 1 <= data[0] <= 6:  # noqa: PLR2004
        press.modes.symbol = replace(press.modes.symbol, module=data[0])


def _captions(press: Press, data: bytes) -> None:
    press.modes.symbol = replace(press.modes.symbol, captions=data[0] % 48 & 3)


def _extended(press: Press, data: bytes) -> None:
    """GS ( and its letter; those that only set the machine up do nothing here."""
    if data[0] == ord("L"):
        GRAPHICS(press, data)
    elif data[0] == ord("k") and len(data) > 4 and data[3] in _FAMILIES:  # noqa: PLR2004
        _matrix(press, data[3], data[4], data[5:])


def _matrix(press: Press, family: int, function: int, rest: bytes) -> None:
    blank = Symbol(_FAMILIES[family], b"", module=3, height=3)
    symbol = press.modes.matrix.get(family, blank)
    if function == _PRINT:
        if symbol.data:
            press.block(symbol)
        return
    if not rest:
        return
    if function == _STORE:
        symbol = replace(symbol, data=rest[1:])
    elif function == _MODULE and 1 <= rest[0] <= _MODULE_MAX:
        symbol = replace(symbol, module=rest[0])
    elif function == _LEVEL:
        # PDF417 has a letter for the way in which the level is meant before it.
        symbol = replace(symbol, level=max(0, rest[-1] - _LEVEL_BASE))
    elif function == _PDF_COLUMNS and _FAMILIES[family] == "PDF417":
        symbol = replace(symbol, columns=rest[0])
    elif function == _PDF_ROW and _FAMILIES[family] == "PDF417":
        symbol = replace(symbol, height=max(2, rest[0]))
    press.modes.matrix[family] = symbol


COMMANDS: dict[str, Callable[[Press, bytes], None]] = {
    "GS k": _barcode,
    "GS h": _height,
    "GS w": _width,
    "GS H": _captions,
    "GS (": _extended,
}
