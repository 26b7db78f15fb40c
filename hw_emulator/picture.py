"""A printout as a picture of paper: text with its styles, images, and codes that can be scanned.

    image = draw(rows, columns=40)      # a PIL image
    data = png(rows, columns=40)        # bytes of a PNG file

Import this module where a picture is made and not before: it needs Pillow, which python-escpos
brings along, and says so with ImportError when it is missing.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from hw_emulator.codes import QUIET_BARS, QUIET_QR, NotDrawn, is_square, matrix
from hw_emulator.rows import (
    CELL_HEIGHT,
    CELL_WIDTH,
    Align,
    Bitmap,
    Code,
    Cut,
    Feed,
    Row,
    Run,
    Style,
    Text,
)

try:
    from PIL import Image, ImageDraw

    from hw_emulator.glyphs import BLACK, WHITE, line_of
except ImportError as error:  # pragma: no cover - the suite runs with it
    _MISSING = (
        f"pictures of paper need Pillow (pip install pillow; python-escpos brings it): {error}"
    )
    raise ImportError(_MISSING) from error

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT_MAX = 30_000
CAPTION = "hw_emulator – an emulated printout, not a fiscal document"

_MARGIN, _TOP, _DESK, _TOOTH = 36, 40, 28, 8
_PAPER, _INK, _TABLE, _SHADOW, _NOTE = (252, 251, 247), (32, 31, 36), (214, 212, 206), 176, 128
_LABEL = Style(small=True)


def png(rows: Sequence[Row], columns: int) -> bytes:
    """``draw`` as the bytes of a PNG file; raises NoFont."""
    file = io.BytesIO()
    draw(rows, columns).save(file, "PNG", optimize=True)
    return file.getvalue()


def draw(rows: Sequence[Row], columns: int) -> Image.Image:
    """Paper with ``rows`` on it, ``columns`` characters of the standard font wide.

    What does not fit below ``HEIGHT_MAX`` dots is left out and a last line says so. Raises NoFont.
    """
    width = columns * CELL_WIDTH
    strips = _strips(rows, width)
    height = sum(strip.height for strip in strips)
    print_ = Image.new("L", (width, max(1, height)), WHITE)
    y = 0
    for strip in strips:
        print_.paste(strip, (0, y))
        y += strip.height
    return _on_table(print_)


def _strips(rows: Sequence[Row], width: int) -> list[Image.Image]:
    strips: list[Image.Image] = []
    height = 0
    for index, row in enumerate(rows):
        strip = _strip(row, width)
        height += strip.height
        if height > HEIGHT_MAX:
            left = Text((Run(f"... {len(rows) - index} more rows"),), Align.CENTRE)
            return [*strips, _strip(left, width)]
        strips.append(strip)
    return strips


def _strip(row: Row, width: int) -> Image.Image:
    match row:
        case Text():
            return _text(row, width)
        case Bitmap():
            return _placed(_bitmap(row), width, row.align, row.indent)
        case Code():
            return _placed(_code(row, width - row.indent), width, row.align, row.indent)
        case Feed(dots):
            return Image.new("L", (width, max(1, min(dots, HEIGHT_MAX))), WHITE)
        case Cut():
            return _cut(width)


def _text(row: Text, width: int) -> Image.Image:
    line = line_of(row.runs, width - row.indent)
    placed = _placed(line, width, row.align, row.indent, max(row.height, line.height))
    return placed.rotate(180) if row.upside_down else placed


def _placed(
    inner: Image.Image, width: int, align: Align, indent: int = 0, height: int = 0
) -> Image.Image:
    strip = Image.new("L", (width, height or inner.height), WHITE)
    free = max(0, width - indent - inner.width)
    shift = {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[align]
    strip.paste(inner, (indent + shift, strip.height - inner.height))
    return strip


def _bitmap(row: Bitmap) -> Image.Image:
    stride = (row.width + 7) // 8
    data = row.data.ljust(stride * row.height, b"\0")[: stride * row.height]
    if not data:
        return Image.new("L", (1, 1), WHITE)
    # In a bitmap of a printer a set bit is a burnt dot; "1;I" reads it as dark.
    image = Image.frombytes("1", (row.width, row.height), data, "raw", "1;I").convert("L")
    size = (row.width * row.across, min(row.height * row.down, HEIGHT_MAX))
    return image.resize(size, Image.Resampling.NEAREST)


def _code(code: Code, width: int) -> Image.Image:
    try:
        squares = matrix(code)
        quiet = QUIET_QR if is_square(code.kind) else QUIET_BARS
        module = min(code.module, width // (len(squares[0]) + 2 * quiet))
        if module < 1:
            return _unknown(code, "wider than the paper", width)
    except NotDrawn as reason:
        return _unknown(code, str(reason), width)
    image = Image.new("L", (len(squares[0]), len(squares)), WHITE)
    image.putdata([BLACK if dark else WHITE for line in squares for dark in line])
    down = module * len(squares) if is_square(code.kind) else code.height
    bars = image.resize((len(squares[0]) * module, down), Image.Resampling.NEAREST)
    return _captioned(bars, code.caption, quiet * module, is_square=is_square(code.kind))


def _captioned(bars: Image.Image, caption: str, quiet: int, *, is_square: bool) -> Image.Image:
    above = quiet if is_square else CELL_HEIGHT // 3
    text = line_of((Run(caption),), 10_000) if caption else None
    width = max(bars.width + 2 * quiet, text.width if text else 0)
    height = above + bars.height + (text.height + 4 if text else above)
    whole = Image.new("L", (width, height), WHITE)
    whole.paste(bars, ((width - bars.width) // 2, above))
    if text:
        whole.paste(text, ((width - text.width) // 2, above + bars.height + 4))
    return whole


def _unknown(code: Code, reason: str, width: int) -> Image.Image:
    """A frame that says what stands here, for a code nobody draws."""
    lines = [line_of((Run(text, _LABEL),), width - 24) for text in (code.kind, code.data, reason)]
    inner = max(line.width for line in lines)
    frame = Image.new("L", (inner + 24, sum(line.height for line in lines) + 24), WHITE)
    drawn = ImageDraw.Draw(frame)
    drawn.rectangle((2, 2, frame.width - 3, frame.height - 3), outline=BLACK, width=2)
    y = 12
    for line in lines:
        frame.paste(line, ((frame.width - line.width) // 2, y))
        y += line.height
    return frame


def _cut(width: int) -> Image.Image:
    strip = Image.new("L", (width, CELL_HEIGHT), WHITE)
    drawn = ImageDraw.Draw(strip)
    for x in range(0, width, 16):
        drawn.line((x, CELL_HEIGHT // 2, x + 8, CELL_HEIGHT // 2), _NOTE, 2)
    return strip


def _on_table(print_: Image.Image) -> Image.Image:
    """The paper between its torn edges, with a note beside it that it is an emulated one."""
    width, height = print_.width + 2 * _MARGIN, print_.height + 2 * _TOP
    whole = Image.new("RGB", (width + 2 * _DESK, height + 2 * _DESK + CELL_HEIGHT), _TABLE)
    outline = _outline(width, height)
    shadow = Image.new("RGB", (width, height), tuple(_SHADOW for _ in range(3)))
    whole.paste(shadow, (_DESK + 3, _DESK + 4), outline)
    whole.paste(Image.new("RGB", (width, height), _PAPER), (_DESK, _DESK), outline)
    ink = Image.new("RGB", print_.size, _INK)
    whole.paste(ink, (_DESK + _MARGIN, _DESK + _TOP), Image.eval(print_, lambda grey: 255 - grey))
    note = line_of((Run(CAPTION, _LABEL),), whole.width)
    place = ((whole.width - note.width) // 2, height + 2 * _DESK - 4)
    grey = Image.new("RGB", note.size, (_NOTE, _NOTE, _NOTE))
    whole.paste(grey, place, Image.eval(note, lambda grey: 255 - grey))
    return whole


def _outline(width: int, height: int) -> Image.Image:
    """Where there is paper: torn above, torn below."""
    steps = range(0, width + _TOOTH, _TOOTH)
    teeth = [(x, _TOOTH * (index % 2)) for index, x in enumerate(steps)]
    outline = Image.new("L", (width, height), 0)
    below = [(x, height - 1 - depth) for x, depth in reversed(teeth)]
    ImageDraw.Draw(outline).polygon([*teeth, *below], fill=255)
    return outline
