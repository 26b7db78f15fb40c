"""How big two-dimensional codes get: modules for so many bytes. Pure, draws nothing.

Sizes follow the symbologies (ISO/IEC 18004, 24778, 16022, 15438); where an encoder may choose, the
plain choice is assumed: one mode for the whole of the data.
"""

from __future__ import annotations

import re
from math import ceil

_DIGITS = re.compile(rb"\d+\Z")
_ALPHANUMERIC = re.compile(rb"[0-9A-Z $%*+./:-]+\Z")

# Data codewords of the QR versions 1 to 40, by level.
_QR = {
    "L": (
        "19 34 55 80 108 136 156 194 232 274 324 370 428 461 523 589 647 721 795 861 932 1006 1094"
        " 1174 1276 1370 1468 1531 1631 1735 1843 1955 2071 2191 2306 2434 2566 2702 2812 2956"
    ),
    "M": (
        "16 28 44 64 86 108 124 154 182 216 254 290 334 365 415 453 507 563 627 669 714 782 860 914"
        " 1000 1062 1128 1193 1267 1373 1455 1541 1631 1725 1812 1914 1992 2102 2216 2334"
    ),
    "Q": (
        "13 22 34 48 62 76 88 110 132 154 180 206 244 261 295 325 367 397 445 485 512 568 614 664"
        " 718 754 808 871 911 985 1033 1115 1171 1231 1286 1354 1426 1502 1582 1666"
    ),
    "H": (
        "9 16 26 36 46 60 66 86 100 122 140 158 180 197 223 253 283 313 341 385 406 442 464 514 538"
        " 596 628 661 701 745 793 845 901 961 986 1054 1096 1142 1222 1276"
    ),
}
# Size and data codewords of the square DataMatrix symbols.
_DATA_MATRIX = (
    "10:3 12:5 14:8 16:12 18:18 20:22 22:30 24:36 26:44 32:62 36:86 40:114 44:144 48:174 52:204"
    " 64:280 72:368 80:456 88:576 96:696 104:816 120:1050 132:1304 144:1558"
)
_AZTEC_LAYERS = 32
_AZTEC_COMPACT = 4
_PDF417_CODEWORDS = 928
_PDF417_ROWS = range(3, 91)


def qr_size(data: bytes, level: str) -> int | None:
    """Modules of one side; None when no QR code holds the data."""
    for version, codewords in enumerate(map(int, _QR[level].split()), 1):
        if _qr_bits(data, version) <= 8 * codewords:
            return 17 + 4 * version
    return None


def _qr_bits(data: bytes, version: int) -> int:
    size = 0 if version < 10 else 1 if version < 27 else 2  # noqa: PLR2004 - bounds of the standard
    count = len(data)
    if _DIGITS.match(data):
        bits = 10 * (count // 3) + (0, 4, 7)[count % 3]
        return 4 + (10, 12, 14)[size] + bits
    if _ALPHANUMERIC.match(data):
        return 4 + (9, 11, 13)[size] + 11 * (count // 2) + 6 * (count % 2)
    return 4 + (8, 16, 16)[size] + 8 * count


def aztec_size(data: bytes, percent: int) -> int | None:
    """Modules of one side; ``percent`` of the symbol corrects errors."""
    digits = bool(_DIGITS.match(data))
    bits = 5 + 4 * len(data) if digits else 21 + 8 * len(data)
    for layers in range(1, _AZTEC_COMPACT + 1):
        if _fits((88 + 16 * layers) * layers, bits, percent):
            return 11 + 4 * layers
    for layers in range(_AZTEC_COMPACT, _AZTEC_LAYERS + 1):
        if _fits((112 + 16 * layers) * layers, bits, percent):
            side = 14 + 4 * layers
            return side + 1 + 2 * ((side // 2 - 1) // 15)
    return None


def _fits(capacity: int, bits: int, percent: int) -> bool:
    return bits + ceil(bits * percent / 100) + 3 * 8 <= capacity


def data_matrix_size(data: bytes) -> int | None:
    """Modules of one side."""
    pairs = len(re.findall(rb"\d\d", data))
    high = sum(byte > 127 for byte in data)  # noqa: PLR2004 - beyond ASCII a byte takes two
    needed = min(len(data) - pairs + high, len(data) + 2 + (len(data) > 249))  # noqa: PLR2004
    sizes = (cell.split(":") for cell in _DATA_MATRIX.split())
    return next((int(side) for side, codewords in sizes if needed <= int(codewords)), None)


def pdf417_size(data: bytes, level: int, columns: int) -> tuple[int, int] | None:
    """Modules across and rows down; None when there are too many codewords."""
    codewords = 2 + 5 * (len(data) // 6) + len(data) % 6 + 2 ** (level + 1)
    if codewords > _PDF417_CODEWORDS:
        return None
    rows = max(_PDF417_ROWS[0], ceil(codewords / columns))
    return 17 * columns + 69, rows
