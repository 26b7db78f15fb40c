"""Bar codes as an ESC/POS printer draws them itself. No I/O.

Code set C of Code 128 would be shorter for digits, but pairs of digits are arbitrary bytes there:
16 and 04 together ask a printer for its status.
"""

from __future__ import annotations

from drivers.escpos.text import ASCII, printable

BARCODE_LOOK = b"\x1dh\x40\x1dw\x02\x1df\x00\x1dH\x02"  # 64 dots high, digits below
_BARCODE_MAX = 24
_EAN_TYPES = {8: 3, 13: 2}
_EAN_MODULES = {3: 67, 2: 95}
_CODE128, _CODE_SET_B = 73, b"{B"
_MODULE_DOTS = 2
_CODE128_MODULES, _CODE128_FRAME = 11, 35


def barcode(content: str) -> bytes:
    """Bytes that print ``content`` as EAN-13 or EAN-8 when it is one, else as Code 128."""
    code = printable(content, ASCII)
    if len(code) > _BARCODE_MAX:
        msg = f"bar code of more than {_BARCODE_MAX} characters"
        raise ValueError(msg)
    if is_ean(code):
        return b"\x1dk%c%b\x00" % (_EAN_TYPES[len(code)], code.encode())
    data = _CODE_SET_B + code.replace("{", "{{").encode()
    return b"\x1dk%c%c%b" % (_CODE128, len(data), data)


def barcode_dots(data: bytes) -> int:
    """Width of what ``barcode`` gave, in dots."""
    modules = _EAN_MODULES.get(data[2])
    if modules is None:
        signs = len(data[6:].replace(b"{{", b"{"))
        modules = signs * _CODE128_MODULES + _CODE128_FRAME
    return modules * _MODULE_DOTS


def is_counted(data: bytes) -> bool:
    """Whether what ``barcode`` gave is of the younger form, which some printers do not know."""
    return data[2] == _CODE128


def is_ean(code: str) -> bool:
    """Whether ``code`` is an EAN-8 or EAN-13 whose check digit is right; others print nothing."""
    if len(code) not in _EAN_TYPES or not (code.isascii() and code.isdigit()):
        return False
    weighted = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(code[-2::-1]))
    return (weighted + int(code[-1])) % 10 == 0
