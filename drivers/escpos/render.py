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

from drivers.escpos.text import ASCII, PAGES, printable

if TYPE_CHECKING:
    from drivers.paper import Slip

PROFILE = "default"
KICK = b"\x1bp\x00\x32\x32"  # drawer on pin 2, 100 ms on, 100 ms off
_QR_MAX = 700  # bytes; more does not fit on 58 mm paper at four dots a module
_QR_LARGE_MAX = 300  # bytes that fit at six dots a module
_QR_WIDTH_MAX = 300  # dots of the largest such code at three dots a module
_QR_FRAGMENT = 100  # rows; taller images overrun small buffers
_BARCODE_MAX = 24
_EAN_TYPES = {8: 3, 13: 2}
_CODE128, _CODE_SET_B = 73, b"{B"
_BARCODE_LOOK = b"\x1dh\x40\x1dw\x02\x1df\x00\x1dH\x02"  # 64 dots high, digits below


def render(slip: Slip, language: str = "pl", profile: str = PROFILE) -> bytes:
    """Bytes of ``slip`` from ESC @ to the cut; ``profile`` is a python-escpos printer profile.

    Raises ValueError for a code that is too long to be printed, and for an unknown profile.
    """
    collector, profiles = _load()
    if profile not in profiles:
        msg = f"unknown printer profile {profile!r}"
        raise ValueError(msg)
    device = collector(profile=profile)
    page = _choose_page(device, language)
    device.hw("INIT")
    if page != ASCII:
        device.charcode(page)
    if slip.title:
        device.set(align="center", bold=True, double_height=True)
        _print_line(device, slip.title, page)
        device.set(align="left", bold=False, normal_textsize=True)
    for line in slip.lines:
        _print_line(device, line, page)
    if slip.barcode or slip.qr:
        device.set(align="center")
    if slip.barcode:
        # The library would print its choice of renderer on the standard output.
        device._raw(_BARCODE_LOOK + barcode(slip.barcode))  # noqa: SLF001
    if slip.qr:
        _print_qr(device, slip.qr, page)
    device.cut()
    output: bytes = device.output
    return output


def _choose_page(device: Any, language: str) -> str:  # noqa: ANN401 - the library has no types
    offered = set(device.profile.get_code_pages())
    return next((page for page in PAGES.get(language, PAGES["en"]) if page in offered), ASCII)


def _print_line(device: Any, text: str, page: str) -> None:  # noqa: ANN401
    for part in text.split("\n"):
        # Past the library's own search for code pages, which sees Chinese where there is none.
        device._raw(printable(part, page).encode(page) + b"\n")  # noqa: SLF001


def _print_qr(device: Any, content: str, page: str) -> None:  # noqa: ANN401
    length = len(content.encode())
    if length > _QR_MAX:
        msg = f"QR code of more than {_QR_MAX} bytes"
        raise ValueError(msg)
    if device.profile.supports("qrCode"):
        device.qr(content, native=True, size=6 if length <= _QR_LARGE_MAX else 4)
    elif _width(device) >= _QR_WIDTH_MAX:
        device.qr(content, size=3, image_arguments={"fragment_height": _QR_FRAGMENT})
    else:
        # For an unknown width the library complains on the standard output: better legible text.
        _print_line(device, content, page)


def _width(device: Any) -> int:  # noqa: ANN401
    pixels = device.profile.profile_data["media"]["width"]["pixels"]
    return pixels if isinstance(pixels, int) else 0


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


def is_ean(code: str) -> bool:
    """Whether ``code`` is an EAN-8 or EAN-13 whose check digit is right; others print nothing."""
    if len(code) not in _EAN_TYPES or not (code.isascii() and code.isdigit()):
        return False
    weighted = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(code[-2::-1]))
    return (weighted + int(code[-1])) % 10 == 0


@cache
def _load() -> tuple[Any, frozenset[str]]:
    """Import the library and undo what the import does to the process; give its profiles too."""
    root = logging.getLogger()
    before = list(root.handlers)
    from escpos import capabilities  # noqa: PLC0415 - see above
    from escpos.printer import Dummy  # noqa: PLC0415

    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return Dummy, frozenset(capabilities.CAPABILITIES["profiles"])
