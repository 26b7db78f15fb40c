"""Commands that prepare a two-dimensional code; the footer or a form prints it, once.

Source: protocol.md appendix A, "2D codes"; errors 3200 to 3210.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.posnet.frame import CODE_PAGE
from hw_emulator import marks
from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.hexadecimal import read_hex
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.settings import number
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.symbol_sizes import aztec_size, data_matrix_size, pdf417_size, qr_size

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

BYTES_MAX = 2000
_PIXELS_MIN = 2
_QR_LEVELS = "LMQH"
_AZTEC_PERCENTS = (10, 23, 36, 50)
_PDF417_LEVEL_MAX, _PDF417_COLUMNS_MAX, _PDF417_ROWS_MAX, _PDF417_RATIO_MAX = 8, 30, 90, 50
_NARROW_PAPER = 1


def _message(args: Args) -> tuple[str, bytes]:
    """The data as text, one character a byte when it was sent in hex, and its bytes."""
    text = args.text("tx")
    if len(text) > (2 * BYTES_MAX if args.flag("hx") else BYTES_MAX):
        raise Refused(SetupCode.CODE_TOO_LONG)
    data = read_hex(text) if args.flag("hx") else text.encode(CODE_PAGE, errors="replace")
    if not data:
        raise Refused(SetupCode.CODE_EMPTY)
    return (data.decode("latin-1") if args.flag("hx") else text), data


def _pixels(args: Args) -> int:
    pixels = args.number("px", _PIXELS_MIN)
    if pixels < _PIXELS_MIN:
        raise Refused(SetupCode.CODE_PIXELS)
    return pixels


def _level(args: Args, levels: int) -> int:
    if args.number("el") >= levels:
        raise Refused(SetupCode.CODE_CORRECTION)
    return args.number("el")


def dots(device: Device) -> int:
    """Printable dots across the paper."""
    narrow, wide = device.model.image_dots
    return narrow if number(device.books, "prnwidth.wd") == _NARROW_PAPER else wide


def _need_room(device: Device, modules: int | None, pixels: int) -> None:
    if modules is None:
        raise Refused(SetupCode.CODE_TOO_LONG)
    if modules * pixels > dots(device):
        raise Refused(SetupCode.CODE_TOO_BIG)


@command("qrcode", table="px:i el:i hx:b tx!s")
def qrcode(device: Device, args: Args) -> None:
    """Prepare a QR code."""
    text, data = _message(args)
    pixels, level = _pixels(args), _QR_LEVELS[_level(args, len(_QR_LEVELS))]
    _need_room(device, qr_size(data, level), pixels)
    device.ram.code2d = marks.qr(text, level=level, pixels=pixels)


@command("azteccode", table="px:i el:i hx:b tx!s")
def azteccode(device: Device, args: Args) -> None:
    """Prepare an Aztec code."""
    text, data = _message(args)
    pixels = _pixels(args)
    percent = _AZTEC_PERCENTS[_level(args, len(_AZTEC_PERCENTS))]
    _need_room(device, aztec_size(data, percent), pixels)
    device.ram.code2d = marks.aztec(text, percent=percent, pixels=pixels)


@command("dmcode", table="px:i hx:b tx!s")
def dmcode(device: Device, args: Args) -> None:
    """Prepare a DataMatrix code."""
    text, data = _message(args)
    pixels = _pixels(args)
    _need_room(device, data_matrix_size(data), pixels)
    device.ram.code2d = marks.data_matrix(text, pixels=pixels)


@command("pdf417code", table="px:i yx:i el:i cc:i rt:b hx:b tx!s")
def pdf417code(device: Device, args: Args) -> None:
    """Prepare a PDF417 code."""
    text, data = _message(args)
    pixels, level = _pixels(args), _level(args, _PDF417_LEVEL_MAX + 1)
    ratio, columns = args.number("yx", 3), args.number("cc", 1)
    if not 1 <= ratio <= _PDF417_RATIO_MAX:
        raise Refused(SetupCode.CODE_RATIO)
    if not 1 <= columns <= _PDF417_COLUMNS_MAX:
        raise Refused(SetupCode.CODE_COLUMNS)
    size = pdf417_size(data, level, columns)
    if size is None:
        raise Refused(SetupCode.CODE_TOO_LONG)
    across, rows = size
    if rows > _PDF417_ROWS_MAX:
        raise Refused(SetupCode.CODE_ROWS)
    _need_room(device, rows * ratio if args.flag("rt") else across, pixels)
    device.ram.code2d = marks.pdf417(
        text,
        level=level,
        pixels=pixels,
        ratio=ratio,
        columns=columns,
        is_turned=args.flag("rt"),
    )


def take_code(device: Device) -> str:
    """The prepared code as a line of paper, which uses it up; "" when none is prepared."""
    mark, device.ram.code2d = device.ram.code2d, ""
    return mark
