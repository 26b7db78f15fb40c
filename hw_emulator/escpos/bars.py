"""Symbols → modules: which of them are black. No dots yet.

Bar codes are put together from the tables of python-barcode, in the code sets that were asked for;
PDF417 is made by pdf417gen. What cannot be coded (a wrong letter, too long, a wrong check digit)
gives nothing, as a printer prints nothing.
"""

from __future__ import annotations

import contextlib
import importlib
import itertools
import logging
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.escpos.rows import Symbol

Modules: TypeAlias = tuple[str, ...]

log = logging.getLogger(__name__)

_EAN_EDGE, _EAN_MIDDLE, _UPC_E_END = "101", "01010", "010101"
_UPC_E_PARITY = (
    *("BBBAAA", "BBABAA", "BBAABA", "BBAAAB", "BABBAA"),
    *("BAABBA", "BAAABB", "BABABA", "BABAAB", "BAABAB"),
)
_CODE93_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
_CODE93 = (
    *("100010100", "101001000", "101000100", "101000010", "100101000", "100100100"),
    *("100100010", "101010000", "100010010", "100001010", "110101000", "110100100"),
    *("110100010", "110010100", "110010010", "110001010", "101101000", "101100100"),
    *("101100010", "100110100", "100011010", "101011000", "101001100", "101000110"),
    *("100101100", "100010110", "110110100", "110110010", "110101100", "110100110"),
    *("110010110", "110011010", "101101100", "101100110", "100110110", "100111010"),
    *("100101110", "111010100", "111010010", "111001010", "101101110", "101110110"),
    *("110101110", "100100110", "111011010", "111010110", "100110010"),
)
_CODE93_EDGE, _CODE93_END = "101011110", "1"
_CODE93_CHECKS = (20, 15)
_CODE128_SETS = {"A": 103, "B": 104, "C": 105}
_CODE128_CHANGES = {"A": 101, "B": 100, "C": 99}
_CODE128_FNC1, _CODE128_STOP = 102, "1100011101011"
_CODE128_CHECK = 103
_WIDE = 3
_PDF_COLUMNS, _PDF_COLUMNS_MAX, _PDF_LEVEL_MAX = 4, 30, 8


def modules(symbol: Symbol) -> Modules:
    """Rows of "1" and "0": one for a bar code, all of them for a 2D code, none for no code."""
    make = _MAKERS.get(symbol.kind)
    if make is None:
        return ()
    try:
        return make(symbol)
    except (ValueError, KeyError, IndexError):
        return ()
    except ImportError as missing:
        log.warning("%s codes are not drawn: %s", symbol.kind, missing)
        return ()


def _charset(name: str) -> Any:  # noqa: ANN401 - a table of python-barcode, which has no types
    # Not before a code is printed: with the tables comes Pillow, which no device needs to start.
    return importlib.import_module(f"barcode.charsets.{name}")


def check_digit(digits: str) -> str:
    """The digit that follows ``digits`` of an EAN or UPC code."""
    weighted = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(digits[::-1]))
    return str(-weighted % 10)


def _digits(symbol: Symbol, size: int) -> str:
    """``size`` digits, the last of them the check digit, whether it was sent or not."""
    text = symbol.data.decode("ascii")
    if not text.isdigit() or len(text) not in {size - 1, size}:
        raise ValueError(text)
    checked = text[: size - 1] + check_digit(text[: size - 1])
    if len(text) == size and text != checked:
        raise ValueError(text)
    return checked


def _half(digits: str, sets: str) -> str:
    return "".join(
        _charset("ean").CODES[which][int(digit)] for digit, which in zip(digits, sets, strict=True)
    )


def _ean13(symbol: Symbol) -> Modules:
    digits = _digits(symbol, 13)
    return (_ean(digits[1:], _charset("ean").LEFT_PATTERN[int(digits[0])]),)


def _upc_a(symbol: Symbol) -> Modules:
    return (_ean(_digits(symbol, 12), "A" * 6),)


def _ean8(symbol: Symbol) -> Modules:
    return (_ean(_digits(symbol, 8), "A" * 4),)


def _ean(digits: str, left: str) -> str:
    middle = len(digits) // 2
    right = _half(digits[middle:], "C" * middle)
    return _EAN_EDGE + _half(digits[:middle], left) + _EAN_MIDDLE + right + _EAN_EDGE


def _upc_e(symbol: Symbol) -> Modules:
    text = symbol.data.decode("ascii")
    if len(text) in {11, 12}:
        text = "0" + _shortened(text)
    short = text[1:7] if len(text) in {7, 8} else text
    if len(short) != 6 or not text.isdigit():  # noqa: PLR2004
        raise ValueError(text)
    check = check_digit("0" + lengthened(short))
    return (_EAN_EDGE + _half(short, _UPC_E_PARITY[int(check)]) + _UPC_E_END,)


def lengthened(short: str) -> str:
    """Six digits of UPC-E → the ten of UPC-A that they stand for."""
    last = int(short[5])
    if last <= 2:  # noqa: PLR2004
        return short[:2] + short[5] + "0000" + short[2:5]
    if last == 3:  # noqa: PLR2004
        return short[:3] + "00000" + short[3:5]
    if last == 4:  # noqa: PLR2004
        return short[:4] + "00000" + short[4]
    return short[:5] + "0000" + short[5]


def _shortened(text: str) -> str:
    long = text[1:11]
    for last in range(10):
        for middle in (long[:2] + long[7:10], long[:3] + long[8:], long[:4] + long[9], long[:5]):
            if len(middle) == 5 and lengthened(middle + str(last)) == long:  # noqa: PLR2004
                return middle + str(last)
    raise ValueError(text)


def _code39(symbol: Symbol) -> Modules:
    text = symbol.data.decode("ascii").strip("*")
    letters = [_charset("code39").MAP[letter][1] for letter in text]
    return (
        _charset("code39").MIDDLE.join(
            [_charset("code39").EDGE, *letters, _charset("code39").EDGE]
        ),
    )


def _code93(symbol: Symbol) -> Modules:
    values = [_CODE93_LETTERS.index(letter) for letter in symbol.data.decode("ascii")]
    for most in _CODE93_CHECKS:
        weighted = sum(value * (place % most + 1) for place, value in enumerate(reversed(values)))
        values.append(weighted % len(_CODE93))
    bars = "".join(_CODE93[value] for value in values)
    return (_CODE93_EDGE + bars + _CODE93_EDGE + _CODE93_END,)


def _itf(symbol: Symbol) -> Modules:
    text = symbol.data.decode("ascii")
    if len(text) % 2 or not text.isdigit():
        raise ValueError(text)
    found = _charset("itf").START
    for bars, spaces in zip(text[::2], text[1::2], strict=True):
        pairs = zip(
            _charset("itf").CODES[int(bars)],
            _charset("itf").CODES[int(spaces)].lower(),
            strict=True,
        )
        found += "".join(bar + space for bar, space in pairs)
    return (_from_widths(found + _charset("itf").STOP),)


def _codabar(symbol: Symbol) -> Modules:
    text = symbol.data.decode("ascii").upper()
    parts = [
        _charset("codabar").STARTSTOP[text[0]],
        *(_charset("codabar").CODES[one] for one in text[1:-1]),
    ]
    return (_from_widths("n".join([*parts, _charset("codabar").STARTSTOP[text[-1]]])),)


def _from_widths(letters: str) -> str:
    """Bars are capitals; W and w are wide."""
    return "".join(
        ("1" if letter.isupper() else "0") * (_WIDE if letter in "Ww" else 1) for letter in letters
    )


def _code128(symbol: Symbol) -> Modules:
    values: list[int] = []
    code_set = ""
    data = symbol.data
    while data:
        if data[:1] == b"{" and len(data) > 1:
            change, data = data[1:2].decode("latin-1"), data[2:]
            if change in _CODE128_SETS:
                values.append((_CODE128_CHANGES if code_set else _CODE128_SETS)[change])
                code_set = change
                continue
            values.append(_CODE128_FNC1 if change == "1" else _value128("{", code_set))
            continue
        values.append(_value128(chr(data[0]), code_set))
        data = data[1:]
    check = values[0] + sum(place * value for place, value in enumerate(values[1:], start=1))
    bars = "".join(_charset("code128").CODES[value] for value in [*values, check % _CODE128_CHECK])
    return (bars + _CODE128_STOP,)


def _value128(letter: str, code_set: str) -> int:
    code = ord(letter)
    if code_set == "C" and code < 100:  # noqa: PLR2004 - pairs of digits
        return code
    if code_set == "A" and code < 32:  # noqa: PLR2004 - control characters
        return code + 64
    if code_set in {"A", "B"} and 32 <= code < (96 if code_set == "A" else 128):  # noqa: PLR2004
        return code - 32
    raise ValueError(letter)


def _pdf417(symbol: Symbol) -> Modules:
    import pdf417gen  # noqa: PLC0415 - only who looks pays for it

    columns = min(symbol.columns or _PDF_COLUMNS, _PDF_COLUMNS_MAX)
    levels = range(min(symbol.level, _PDF_LEVEL_MAX), _PDF_LEVEL_MAX + 1)
    # A code of less than three rows is made narrower, then surer.
    for level, width in itertools.product(levels, range(columns, 0, -1)):
        with contextlib.suppress(ValueError):
            rows = pdf417gen.encode(symbol.data, columns=width, security_level=level)
            return tuple("".join(f"{word:b}" for word in row) for row in rows)
    return ()


_MAKERS: dict[str, Callable[[Symbol], Modules]] = {
    "UPC-A": _upc_a,
    "UPC-E": _upc_e,
    "EAN13": _ean13,
    "EAN8": _ean8,
    "CODE39": _code39,
    "CODE93": _code93,
    "ITF": _itf,
    "CODABAR": _codabar,
    "CODE128": _code128,
    "GS1-128": _code128,
    "PDF417": _pdf417,
}
