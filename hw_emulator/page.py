"""Printouts as one HTML page: paper on a table, text that can be selected, codes as SVG.

Self-contained: no script, nothing loaded from anywhere, prints as it looks.
"""

from __future__ import annotations

import base64
import html
import struct
import zlib
from itertools import groupby
from typing import TYPE_CHECKING

from hw_emulator.codes import QUIET_BARS, QUIET_QR, NotDrawn, is_square, matrix
from hw_emulator.markup import rows_of
from hw_emulator.rows import CELL_HEIGHT, CELL_WIDTH, PLAIN, Align, Bitmap, Code, Cut, Feed, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hw_emulator.paper import Printout
    from hw_emulator.rows import Row, Run, Style

PRINTOUTS_MAX = 100
_LINE_EM = 1.17
_TEMPLATE = """\
<!DOCTYPE html>
<html lang="pl">
<head>
<meta charset="utf-8">{refresh}
<title>{title}</title>
<style>
:root {{ color-scheme: light; }}
body {{ margin: 0; padding: 24px; background: #d6d4ce; color: #201f24;
  display: flex; flex-direction: column; align-items: center; gap: 28px;
  font: 16px/1.17 "DejaVu Sans Mono", Menlo, Consolas, "Liberation Mono", monospace; }}
article {{ background: #fcfbf7; padding: 28px 3ch; box-shadow: 2px 3px 6px #0004;
  width: {columns}ch; white-space: pre; overflow: hidden; }}
article p {{ margin: 0; min-height: 1.17em; }}
h2, footer {{ font-size: 12px; font-weight: normal; color: #777; margin: 0; white-space: normal; }}
.c {{ text-align: center; }} .r {{ text-align: right; }}
.b {{ font-weight: bold; }} .i {{ font-style: italic; }} .u {{ text-decoration: underline; }}
.n {{ background: #201f24; color: #fcfbf7; }} .s {{ font-size: 75%; }}
.m {{ display: inline-block; transform-origin: left top; }}
.k {{ border: 2px solid; padding: 6px 1ch; display: inline-block; white-space: normal; }}
.k, svg, img {{ vertical-align: top; }}
img {{ image-rendering: pixelated; mix-blend-mode: multiply; }}
hr {{ border: 0; border-top: 2px dashed #999; margin: 0.6em 0; }}
@media print {{ body {{ background: none; padding: 0; }}
  article {{ box-shadow: none; break-inside: avoid; }} }}
</style>
</head>
<body>
{body}
<footer>hw_emulator – emulated printouts, not fiscal documents</footer>
</body>
</html>
"""
_ARTICLE = """\
<section>
<h2>{number} · {at}</h2>
<article>{rows}</article>
</section>"""


def page(printouts: Iterable[Printout], columns: int, *, refresh_s: int = 0) -> str:
    """The page; of more than ``PRINTOUTS_MAX`` printouts it shows the last ones, newest first."""
    shown = list(printouts)[-PRINTOUTS_MAX:]
    articles = [
        _ARTICLE.format(
            number=printout.number,
            at=f"{printout.at:%Y-%m-%d %H:%M:%S}",
            rows="".join(_row(row) for row in rows_of(printout.printed, columns)),
        )
        for printout in reversed(shown)
    ]
    refresh = f'\n<meta http-equiv="refresh" content="{refresh_s}">' if refresh_s else ""
    title = html.escape(shown[-1].title if len(shown) == 1 else "Printouts")
    body = "\n".join(articles)
    return _TEMPLATE.format(refresh=refresh, title=title, columns=columns, body=body)


def _row(row: Row) -> str:
    match row:
        case Text():
            look = "transform:rotate(180deg);" if row.upside_down else ""
            return _paragraph(_runs(row.runs), row.align, row.indent, look)
        case Bitmap():
            return _paragraph(_bitmap(row), row.align, row.indent)
        case Code():
            return _paragraph(_code(row), row.align, row.indent)
        case Feed(dots):
            return f'<p style="height:{dots / CELL_HEIGHT * _LINE_EM:.2f}em;min-height:0"></p>'
        case Cut():
            return "<hr>"


def _paragraph(inner: str, align: Align, indent: int = 0, look: str = "") -> str:
    name = {Align.LEFT: "", Align.CENTRE: ' class="c"', Align.RIGHT: ' class="r"'}[align]
    look += f"padding-left:{indent / CELL_WIDTH:.2f}ch" if indent else ""
    style = f' style="{look}"' if look else ""
    return f"<p{name}{style}>{inner}\n</p>"


def _runs(runs: tuple[Run, ...]) -> str:
    return "".join(_span(run.text, run.style) for run in runs if run.text)


def _span(text: str, style: Style) -> str:
    shown = html.escape(text)
    flags = (
        ("b", style.bold),
        ("i", style.italic),
        ("u", style.underline),
        ("n", style.inverted),
        ("s", style.small),
    )
    names = [name for name, is_on in flags if is_on]
    if style.wide == style.high == 1:
        return f'<span class="{" ".join(names)}">{shown}</span>' if style != PLAIN else shown
    # Magnified text keeps its characters, so that it can be copied; only its look is stretched.
    size = f"width:{len(text) * style.wide}ch;height:{_LINE_EM * style.high:.2f}em"
    look = f"transform:scale({style.wide},{style.high});width:{len(text)}ch"
    inner = f'<span class="{" ".join(["m", *names])}" style="{look}">{shown}</span>'
    return f'<span style="display:inline-block;{size}">{inner}</span>'


def _code(code: Code) -> str:
    try:
        squares = matrix(code)
    except NotDrawn as reason:
        words = "<br>".join(html.escape(text) for text in (code.kind, code.data, str(reason)))
        return f'<span class="k">{words}</span>'
    quiet = QUIET_QR if is_square(code.kind) else QUIET_BARS
    across = len(squares[0]) + 2 * quiet
    down = len(squares) if is_square(code.kind) else max(1, code.height // code.module)
    above = quiet if is_square(code.kind) else 1
    path = "".join(
        f"M{x + quiet} {y + above}h{width}v{1 if is_square(code.kind) else down}h-{width}z"
        for y, line in enumerate(squares)
        for x, width in _dark(line)
    )
    tall = down + 2 * above
    size = f'width="{across * code.module}" height="{tall * code.module}"'
    title = f"<title>{html.escape(code.kind)}: {html.escape(code.data)}</title>"
    look = f'viewBox="0 0 {across} {tall}" shape-rendering="crispEdges"'
    drawing = f'<svg {size} {look}>{title}<path d="{path}"/></svg>'
    return drawing + (f"<br>{html.escape(code.caption)}" if code.caption else "")


def _dark(line: list[bool]) -> Iterable[tuple[int, int]]:
    """Where dark squares begin and how many follow each other."""
    x = 0
    for is_dark, group in groupby(line):
        width = len(list(group))
        if is_dark:
            yield x, width
        x += width


def _bitmap(bitmap: Bitmap) -> str:
    data = base64.b64encode(_png(bitmap)).decode()
    width, height = bitmap.width * bitmap.across, bitmap.height * bitmap.down
    return f'<img alt="image" width="{width}" height="{height}" src="data:image/png;base64,{data}">'


def _png(bitmap: Bitmap) -> bytes:
    """A PNG of one bit a dot, written by hand so that a page needs no library."""
    stride = max(1, (bitmap.width + 7) // 8)
    height = max(1, bitmap.height)
    data = bitmap.data.ljust(stride * height, b"\0")
    # In a bitmap of a printer a set bit is a burnt dot, in a grey PNG it is white.
    lines = [
        b"\0" + bytes(byte ^ 0xFF for byte in data[y * stride : (y + 1) * stride])
        for y in range(height)
    ]
    head = struct.pack(">IIBBBBB", max(1, bitmap.width), height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
