"""Pictures as rasters that no printer misreads: in small fragments, without commands inside.

A printer looks for its real-time commands in everything that comes, also inside a picture: the
bytes 10 04 01 of a logo would be answered with a status that nobody asked for.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drivers.escpos.setup import Fitting

LOGO_ROWS_MAX = 600
_REAL_TIME = re.compile(rb"\x10[\x04\x05\x14]")
_RASTER = b"\x1dv0\x00"
_RASTER_HEAD = 8
_OTHER_DOT = 0x40
_BITS = 8


def disarm(pieces: list[bytes], start: int = 0) -> None:
    """Take real-time commands out of the rasters among ``pieces``: one dot of each is turned."""
    for place in range(start, len(pieces)):
        if pieces[place].startswith(_RASTER[:3]):
            pieces[place] = pieces[place][:_RASTER_HEAD] + _disarmed(pieces[place][_RASTER_HEAD:])


def _disarmed(data: bytes) -> bytes:
    return _REAL_TIME.sub(lambda found: bytes((0x10, found[0][1] ^ _OTHER_DOT)), data)


def logo(fitting: Fitting) -> tuple[bytes, ...]:
    """Commands that print the logo of ``fitting``; none without one. Raises ValueError."""
    kind, _, name = fitting.setup.logo.partition(":")
    if kind == "nv":
        return (bytes((0x1C, 0x70, int(name), 0)),)
    if kind == "key":
        return (b"\x1d(L\x06\x000E" + name.encode() + b"\x01\x01",)
    if not kind:
        return ()
    return _rasters(fitting.setup.logo, fitting.profile.width_dots, fitting.fragment_rows)


@cache
def _rasters(file: str, width: int, most: int) -> tuple[bytes, ...]:
    """The picture in ``file``, made narrower where the paper is, cut into fragments."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - most have no logo

    try:
        with Image.open(Path(file)) as opened:
            picture = opened.convert("RGBA")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        msg = f"logo {file}: {error}"
        raise ValueError(msg) from error
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    grey = paper.convert("L")
    grey.thumbnail((width // _BITS * _BITS, LOGO_ROWS_MAX))
    # In a raster a set bit is black.
    dots = ImageOps.invert(grey).convert("1")
    found = [
        _raster(
            dots.crop((0, top, dots.width, min(top + most, dots.height))).tobytes(),
            dots.width,
        )
        for top in range(0, dots.height, most)
    ]
    disarm(found)
    return tuple(found)


def _raster(data: bytes, width: int) -> bytes:
    row_bytes = -(-width // _BITS)
    rows = len(data) // row_bytes
    return _RASTER + row_bytes.to_bytes(2, "little") + rows.to_bytes(2, "little") + data
