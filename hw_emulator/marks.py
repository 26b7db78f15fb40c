r"""Lines of paper that stand for what is no text: codes, bar codes, images. Pure.

Text paper shows such a line as it is; a renderer finds it with ``read_mark`` and draws it instead:

    [QR ECC=L PX=2] https://example.com/?id=1        [AZTEC ECC=23 PX=3] ABC
    [DATAMATRIX PX=2] ABC                            [PDF417 ECC=2 PX=2 YX=3 COLS=4 ROT=0] ABC
    [BARCODE EAN13] 5901234123457                    [BARCODE EAN128] 123456
    [IMAGE 3 400x200]

A mark is a whole line and starts in column one. Its data is one character a byte (Latin-1) where a
code was sent as hex, and text otherwise; ``\n``, ``\\`` and ``\xNN`` stand for what a line cannot
hold. Text attributes are not shown at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"\[(QR|AZTEC|DATAMATRIX|PDF417|BARCODE|IMAGE)((?: [^\]\s]+)*)\](?: (.*))?\Z")
_ESCAPE = re.compile(r"\\(\\|n|x([0-9A-F]{2}))")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a marked line stands for; ``options`` are the words between the brackets."""

    kind: str
    options: tuple[str, ...] = ()
    data: str = ""

    def option(self, name: str, default: str = "") -> str:
        """Value of a ``NAME=value`` option."""
        found = (word.partition("=") for word in self.options)
        return next((value for key, _, value in found if key == name), default)


def show_mark(mark: Mark) -> str:
    """The line of paper for ``mark``."""
    head = "[" + " ".join((mark.kind, *mark.options)) + "]"
    return f"{head} {_escaped(mark.data)}" if mark.data else head


def read_mark(line: str) -> Mark | None:
    """What ``line`` stands for; None for ordinary text."""
    if not (match := _MARK.match(line)):
        return None
    return Mark(match[1], tuple(match[2].split()), _ESCAPE.sub(_unescape, match[3] or ""))


def qr(data: str, *, level: str, pixels: int) -> str:
    """A QR code; ``level`` is L, M, Q or H."""
    return show_mark(Mark("QR", (f"ECC={level}", f"PX={pixels}"), data))


def aztec(data: str, *, percent: int, pixels: int) -> str:
    """An Aztec code; ``percent`` of it corrects errors."""
    return show_mark(Mark("AZTEC", (f"ECC={percent}", f"PX={pixels}"), data))


def data_matrix(data: str, *, pixels: int) -> str:
    """A DataMatrix code."""
    return show_mark(Mark("DATAMATRIX", (f"PX={pixels}",), data))


def pdf417(data: str, *, level: int, pixels: int, ratio: int, columns: int, is_turned: bool) -> str:
    """A PDF417 code; ``ratio`` is how much higher than wide its modules are."""
    options = (f"ECC={level}", f"PX={pixels}", f"YX={ratio}", f"COLS={columns}")
    return show_mark(Mark("PDF417", (*options, f"ROT={int(is_turned)}"), data))


def barcode(kind: str, digits: str) -> str:
    """A one-dimensional code; ``kind`` is EAN13 or EAN128."""
    return show_mark(Mark("BARCODE", (kind,), digits))


def image(slot: int, width: int, height: int) -> str:
    """An image of the printer's memory, by its slot and its size in pixels."""
    return show_mark(Mark("IMAGE", (str(slot), f"{width}x{height}")))


def _escaped(data: str) -> str:
    def show(character: str) -> str:
        if character == "\\":
            return "\\\\"
        if character == "\n":
            return "\\n"
        return character if character.isprintable() else f"\\x{ord(character) & 0xFF:02X}"

    return "".join(map(show, data))


def _unescape(match: re.Match[str]) -> str:
    if match[2]:
        return chr(int(match[2], 16))
    return "\n" if match[1] == "n" else "\\"
