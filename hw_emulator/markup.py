r"""Printed lines → rows of a picture: codes in square brackets, and what stands out on a receipt.

    [QR ECC=L PX=2] https://…      [BARCODE EAN13] 5901234123457      [IMAGE 3 400x200]
    [AZTEC ECC=23 PX=3] data       [DATAMATRIX PX=2] data             [PDF417 …] data

A device prints codes and images on its text paper in this form; here they are read back. A mark is
a whole line; in its data ``\n``, ``\\`` and ``\xNN`` stand for what a line cannot hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hw_emulator.rows import Align, Code, Run, Style, Text, text_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hw_emulator.paper import Printed
    from hw_emulator.rows import Row

MODULE_MAX, HEIGHT_MAX, COLUMNS_MAX, RATIO_MAX = 12, 400, 30, 8
_KINDS = "QR|AZTEC|DATAMATRIX|PDF417|BARCODE|IMAGE"
_MARK = re.compile(rf"\[(?P<kind>{_KINDS})(?P<options>(?: [^\]\s]+)*)\](?: (?P<data>.*))?\Z")
_ESCAPE = re.compile(r"\\(\\|n|x([0-9A-F]{2}))")
_OPTION = re.compile(r"([A-Z]+)=(\S+)")
_MODULE = {"QR": 4, "AZTEC": 4, "DATAMATRIX": 5, "PDF417": 2}
_LEVELS = {"QR": "LMQH", "PDF417": "201345678", "AZTEC": "L", "DATAMATRIX": "L"}

_BOLD = Style(bold=True)
_LARGE = Style(bold=True, wide=2, high=2)
_LOGO = Style(bold=True, inverted=True)
_TITLES = (
    "PARAGON FISKALNY",
    "N I E F I S K A L N Y",
    "TRANSAKCJA ANULOWANA",
    "FAKTURA",
    "RAPORT ",
)
_TOTALS = ("SUMA PLN", "DO ZAPŁATY")
_FISCAL_LOGO = "{PL}"


def rows_of(printed: Iterable[Printed], columns: int) -> list[Row]:
    """Rows for a picture ``columns`` wide."""
    return [row_of(each, columns) if isinstance(each, str) else each for each in printed]


def row_of(line: str, columns: int) -> Row:
    """The row of one printed line."""
    if found := _MARK.match(line):
        data = _ESCAPE.sub(_unescape, found["data"] or "")
        return _code(found["kind"], found["options"], data)
    bare = line.strip()
    if bare.startswith(_TITLES):
        return text_row(line, _BOLD)
    if bare.startswith(_TOTALS):
        return _total(line, columns)
    if _FISCAL_LOGO in line:
        before, _, after = line.partition(_FISCAL_LOGO)
        return Text((Run(before), Run(" PL ", _LOGO), Run(after)))
    return text_row(line)


def _total(line: str, columns: int) -> Row:
    """What is to be paid, twice as large, where there is room for it."""
    words, _, amount = line.rstrip().rpartition(" ")
    words = words.rstrip()
    gap = columns // _LARGE.wide - len(words.strip()) - len(amount)
    if not words or gap < 1:
        return text_row(line, _BOLD)
    return text_row(words.strip() + " " * gap + amount, _LARGE)


def _code(kind: str, options: str, data: str) -> Row:
    told = dict(_OPTION.findall(options))
    if kind == "BARCODE":
        kind = next((word for word in options.split() if "=" not in word), "CODE128")
        module, height = _number(told, "PX", 2, MODULE_MAX), _number(told, "H", 80, HEIGHT_MAX)
        return Code(kind, data, module, height, caption=data)
    if kind in _MODULE:
        module = _number(told, "PX", _MODULE[kind], MODULE_MAX)
        columns, ratio = _number(told, "COLS", 4, COLUMNS_MAX), _number(told, "YX", 3, RATIO_MAX)
        level = told.get("ECC", "L")
        level = level if level in _LEVELS[kind] else _LEVELS[kind][0]
        return Code(kind, data, module, level=level, columns=columns, ratio=ratio)
    return Code(kind, f"{options.strip()} {data}".strip(), align=Align.CENTRE)


def _unescape(found: re.Match[str]) -> str:
    if found[2]:
        return chr(int(found[2], 16))
    return "\n" if found[1] == "n" else "\\"


def _number(options: dict[str, str], name: str, default: int, most: int) -> int:
    text = options.get(name, "")
    return min(most, max(1, int(text))) if text.isascii() and text.isdecimal() else default
