"""A non-fiscal document → its commands. No I/O.

Form 200 takes every line type and form 201 is its kin for 80 mm paper; header 84 (or 0) prints
"non-fiscal document" and one text of ours, line 711 (or 0) is one text of 38 (or 54) characters.
Source: POT-I-DEV-37, chapters on forms and on two-dimensional codes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drivers.fiscal import (
    Barcode,
    BarcodeKind,
    Blank,
    Form,
    FreeLine,
    Matrix,
    MatrixKind,
    Separator,
    TextLine,
    TinyLine,
)
from drivers.posnet.commands import call
from drivers.posnet.markup import styled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drivers.fiscal import Part, StyledLine
    from drivers.posnet.commands import Call

_EMPTY_LINE, _SEPARATOR = 0, 1
_FREE_MAX = 56
_MATRICES = {
    MatrixKind.QR: "qrcode",
    MatrixKind.AZTEC: "azteccode",
    MatrixKind.DATA_MATRIX: "dmcode",
    MatrixKind.PDF417: "pdf417code",
}
_BARCODES = {BarcodeKind.EAN_128: 0, BarcodeKind.EAN_13: 1}


@dataclass(frozen=True, slots=True)
class _Paper:
    """Numbers of the form, its header and its text line; characters in a line, also tiny ones."""

    form: int
    header: int
    line: int
    width: int
    tiny: int


_NARROW = _Paper(form=200, header=84, line=711, width=38, tiny=51)
_WIDE = _Paper(form=201, header=0, line=0, width=54, tiny=80)


def form_frames(lines: tuple[str, ...]) -> tuple[Call, ...]:
    """Commands for plain lines; the first is the title, longer ones go on in the next."""
    title, *rest = lines or ("",)
    return form_calls(Form(title, tuple(TextLine(line) for line in rest)))


def form_calls(form: Form) -> tuple[Call, ...]:
    """Commands in printing order."""
    paper = _WIDE if form.is_wide else _NARROW
    return (
        call("formstart", fn=paper.form, fh=paper.header, al=form.title.strip() or None),
        *(each for part in form.parts for each in _part(part, paper)),
        call("formend", fn=paper.form),
    )


def _part(part: Part, paper: _Paper) -> Iterator[Call]:
    form = paper.form
    match part:
        case Blank() | TextLine(text=""):
            yield call("formcmd", fn=form, cm=_EMPTY_LINE)
        case TextLine():
            yield from _text(part, paper)
        case FreeLine(spans):
            yield call("formformattedline", s1=styled((_shortened(spans),)), fn=form)
        case TinyLine(text):
            for piece in _cut(text, paper.tiny):
                yield call("formtinyline", fn=form, s1=piece)
        case Separator():
            yield call("formcmd", fn=form, cm=_SEPARATOR)
        case Barcode(text, kind):
            yield call("formbarcode", fn=form, bc=text, bt=_BARCODES[kind])
        case Matrix(text, kind, dots, correction):
            level = None if kind is MatrixKind.DATA_MATRIX else correction
            yield call(
                _MATRICES[kind], px=dots, **({"el": level} if level is not None else {}), tx=text
            )
            yield call("formbarcode2d", fn=form)


def _text(part: TextLine, paper: _Paper) -> Iterator[Call]:
    if not part.text.strip():
        yield call("formcmd", fn=paper.form, cm=_EMPTY_LINE)
        return
    for piece in _cut(part.text, paper.width // 2 if part.is_wide else paper.width):
        yield call(
            "formline",
            s1=piece,
            fn=paper.form,
            fl=paper.line,
            sw=True if part.is_wide else None,
            sh=True if part.is_high else None,
        )


def _cut(text: str, width: int) -> Iterator[str]:
    for start in range(0, len(text), width):
        yield text[start : start + width]


def _shortened(spans: StyledLine) -> StyledLine:
    """As much of a free line as the printer takes, whatever its marks."""
    left, found = _FREE_MAX, []
    for span in spans:
        found.append(replace(span, text=span.text[:left]))
        left -= len(found[-1].text)
    return tuple(found)
