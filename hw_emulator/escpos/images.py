"""Pictures: rasters, columns, graphics, and those kept in the printer's memory → bitmaps.

GS v 0          rows, printed at once            ESC *        columns, part of a line
GS ( L, GS 8 L  rows: 112 takes, 50 prints       GS *, GS /   columns: downloaded, printed
                67 keeps, 69 prints, 66 forgets  FS q, FS p   columns: kept, printed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.escpos.rows import Bitmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.escpos.press import Press

MEMORY_MAX = 256
_DOUBLE_WIDTH, _DOUBLE_HEIGHT = 1, 2
_GRAPHICS_HEAD = 10
_COLUMN_MODES = {0: (8, 2, 3), 1: (8, 1, 3), 32: (24, 2, 1), 33: (24, 1, 1)}
_FORGET_ALL, _FORGET, _KEEP, _KEPT, _TAKE = 65, 66, 67, 69, 112
_PRINT = frozenset({2, 50})


def scaled(bitmap: Bitmap, across: int, down: int) -> Bitmap:
    """``bitmap`` with each dot ``across`` wide and ``down`` high."""
    if (across, down) == (1, 1):
        return bitmap
    rows = []
    for top in range(0, len(bitmap.bits), bitmap.row_bytes):
        row = bitmap.bits[top : top + bitmap.row_bytes]
        rows.append((_wider(row, bitmap.width, across) if across > 1 else row) * down)
    return Bitmap(bitmap.width * across, bitmap.height * down, b"".join(rows), bitmap.name)


def _wider(row: bytes, width: int, across: int) -> bytes:
    dots = f"{int.from_bytes(row):0{len(row) * 8}b}"[:width]
    wide = "".join(dot * across for dot in dots)
    size = -(-len(wide) // 8)
    return int(wide.ljust(size * 8, "0"), 2).to_bytes(size)


def from_columns(data: bytes, width: int, height: int) -> Bitmap:
    """Columns of ``height`` dots, a multiple of 8, the highest bit topmost → rows."""
    column_bytes = height // 8
    row_bytes = -(-width // 8)
    rows = bytearray(row_bytes * height)
    for x in range(width):
        mask = 0x80 >> (x & 7)
        for part in range(column_bytes):
            byte = data[x * column_bytes + part]
            for bit in range(8):
                if byte & (0x80 >> bit):
                    rows[(part * 8 + bit) * row_bytes + (x >> 3)] |= mask
    return Bitmap(width, height, bytes(rows))


def _little(data: bytes) -> int:
    return int.from_bytes(data[:2], "little")


def _raster(press: Press, data: bytes) -> None:
    mode, row_bytes, height = data[1] % 48, _little(data[2:]), _little(data[4:])
    if row_bytes and height:
        bitmap = Bitmap(row_bytes * 8, height, data[6:])
        press.block(scaled(bitmap, 1 + (mode & _DOUBLE_WIDTH), 1 + ((mode & _DOUBLE_HEIGHT) >> 1)))


def _columns(press: Press, data: bytes) -> None:
    height, across, down = _COLUMN_MODES.get(data[0], (8, 1, 1))
    bitmap = from_columns(data[3:], _little(data[1:]), height)
    press.picture(scaled(bitmap, across, down))


def _graphics(press: Press, data: bytes) -> None:
    """``L pL pH m fn …``; GS 8 L has four bytes of size instead of two."""
    body = data[3:] if data[:1] == b"L" else b""
    _graphics_function(press, body)


def _large_graphics(press: Press, data: bytes) -> None:
    body = data[5:] if data[:1] == b"L" else b""
    _graphics_function(press, body)


def _graphics_function(press: Press, body: bytes) -> None:
    if len(body) < 2:  # noqa: PLR2004
        return
    function, rest = body[1], body[2:]
    if function == _TAKE and len(rest) >= _GRAPHICS_HEAD - 2:
        across, down = max(1, rest[1]), max(1, rest[2])
        bitmap = _rows_of(_little(rest[4:]), _little(rest[6:]), rest[8:])
        press.modes.graphics = bitmap and scaled(bitmap, min(across, 2), min(down, 2))
    elif function in _PRINT and press.modes.graphics:
        press.block(press.modes.graphics)
        press.modes.graphics = None
    elif function == _KEEP and len(rest) > 8:  # noqa: PLR2004 - tone, key, colours, sizes, colour
        bitmap = _rows_of(_little(rest[4:]), _little(rest[6:]), rest[9:])
        _keep(press, rest[1:3].decode("latin-1"), bitmap)
    elif function == _KEPT:
        _print_kept(press, rest[:2].decode("latin-1"), rest[2:4])
    elif function == _FORGET:
        press.memory.pop(rest[:2].decode("latin-1"), None)
    elif function == _FORGET_ALL and rest == b"CLR":
        press.memory.clear()


def _rows_of(width: int, height: int, bits: bytes) -> Bitmap | None:
    size = -(-width // 8) * height
    return Bitmap(width, height, bits[:size]) if 0 < size <= len(bits) else None


def _keep(press: Press, name: str, bitmap: Bitmap | None) -> None:
    if bitmap and (name in press.memory or len(press.memory) < MEMORY_MAX):
        named = Bitmap(bitmap.width, bitmap.height, bitmap.bits, f"picture {name}")
        press.memory[name] = named


def _print_kept(press: Press, name: str, scale: bytes) -> None:
    bitmap = press.memory.get(name)
    if bitmap:
        across, down = (min(2, max(1, part)) for part in (*scale, 1, 1)[:2])
        press.block(scaled(bitmap, across, down))


def _define_kept(press: Press, data: bytes) -> None:
    """FS q replaces everything that was kept by number."""
    for name in [name for name in press.memory if name.isdigit()]:
        del press.memory[name]
    at = 1
    for number in range(1, data[0] + 1):
        width, height = _little(data[at:]) * 8, _little(data[at + 2 :]) * 8
        size = width * height // 8
        bitmap = from_columns(data[at + 4 : at + 4 + size], width, height) if size else None
        _keep(press, str(number), bitmap)
        at += 4 + size


def _print_by_number(press: Press, data: bytes) -> None:
    mode = data[1] % 48
    _print_kept(press, str(data[0]), bytes((1 + (mode & 1), 1 + (mode >> 1 & 1))))


def _download(press: Press, data: bytes) -> None:
    width, height = data[0] * 8, data[1] * 8
    press.modes.downloaded = from_columns(data[2:], width, height) if width and height else None


def _print_downloaded(press: Press, data: bytes) -> None:
    if press.modes.downloaded:
        mode = data[0] % 48
        press.block(scaled(press.modes.downloaded, 1 + (mode & 1), 1 + (mode >> 1 & 1)))


COMMANDS: dict[str, Callable[[Press, bytes], None]] = {
    "GS v": _raster,
    "ESC *": _columns,
    "GS 8": _large_graphics,
    "FS q": _define_kept,
    "FS p": _print_by_number,
    "GS *": _download,
    "GS /": _print_downloaded,
}
GRAPHICS = _graphics
