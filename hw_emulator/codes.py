"""Bar codes and QR codes as dark and light squares. No drawing.

The patterns come from ``qrcode`` and ``python-barcode``, which python-escpos brings along, and from
``pdf417gen``; they are imported when the first code is printed, for a device that prints none
needs none of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from hw_emulator.rows import Code

Matrix: TypeAlias = "list[list[bool]]"

QUIET_QR, QUIET_BARS = 4, 10
_LEVELS = {"L": 1, "M": 0, "Q": 3, "H": 2}
# Our names → those of python-barcode, with what its classes must be told.
_BARS: dict[str, tuple[str, dict[str, object]]] = {
    "EAN13": ("ean13", {}),
    "EAN8": ("ean8", {}),
    "UPC-A": ("upca", {}),
    "CODE39": ("code39", {"add_checksum": False}),
    "CODE128": ("code128", {}),
    "GS1-128": ("gs1_128", {}),
    "EAN128": ("gs1_128", {}),
    "ITF": ("itf", {}),
    "CODABAR": ("codabar", {}),
}


class NotDrawn(Exception):
    """No picture of this code: an unknown kind, data it cannot hold, or a library is missing."""


def is_square(kind: str) -> bool:
    """Whether ``kind`` is a two-dimensional code."""
    return kind.upper() in {"QR", "AZTEC", "PDF417", "DATAMATRIX", "2D"}


def matrix(code: Code) -> Matrix:
    """Squares of a code, True is dark, without the quiet zone; a bar code is one row of them.

    Raises NotDrawn.
    """
    kind = code.kind.upper()
    if kind == "QR":
        return _qr(code)
    if kind == "PDF417":
        return _pdf417(code)
    if kind in _BARS:
        return [_bars(kind, code.data)]
    msg = f"no picture of {code.kind}"
    raise NotDrawn(msg)


def _qr(code: Code) -> Matrix:
    qrcode = _load("qrcode")
    try:
        made = qrcode.QRCode(error_correction=_LEVELS[code.level.upper()], border=0)
        made.add_data(code.data.encode())
        made.make(fit=True)
        return [[bool(square) for square in line] for line in made.get_matrix()]
    # The library raises whatever comes to it when the data does not fit.
    except Exception as error:
        msg = f"QR: {error}"
        raise NotDrawn(msg) from error


def _pdf417(code: Code) -> Matrix:
    pdf417gen = _load("pdf417gen")
    level = int(code.level) if code.level.isdecimal() else 2
    try:
        rows = pdf417gen.encode(code.data, columns=code.columns, security_level=level)
        lines = ["".join(f"{word:b}" for word in row) for row in rows]
    except Exception as error:
        msg = f"PDF417: {error}"
        raise NotDrawn(msg) from error
    return [[mark == "1" for mark in line] for line in lines for _ in range(code.ratio)]


def _bars(kind: str, data: str) -> list[bool]:
    barcode = _load("barcode")
    name, options = _BARS[kind]
    try:
        (pattern,) = barcode.get_barcode_class(name)(data, **options).build()
    except Exception as error:
        msg = f"{kind}: {error}"
        raise NotDrawn(msg) from error
    return [mark == "1" for mark in pattern]


def _load(name: str) -> Any:  # noqa: ANN401 - libraries without types
    try:
        return importlib.import_module(name)
    except ImportError as error:
        msg = f"{name} is not installed"
        raise NotDrawn(msg) from error
