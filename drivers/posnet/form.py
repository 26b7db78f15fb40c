"""Text lines → the commands of a non-fiscal form. No I/O.

Form 200 takes every line type; header 84 prints "non-fiscal document" and one text of ours, line
711 is one text of 38 characters, command 0 an empty line. Source: POT-I-DEV-37, chapter on forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.posnet.commands import call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drivers.posnet.commands import Call

_FORM, _HEADER, _TEXT_LINE, _EMPTY_LINE = 200, 84, 711, 0
_WIDTH = 38


def form_frames(lines: tuple[str, ...]) -> tuple[Call, ...]:
    """Commands in printing order; the first line is the title, longer lines go on in the next."""
    title, *rest = lines or ("",)
    return (
        call("formstart", fn=_FORM, fh=_HEADER, al=title.strip() or None),
        *(each for line in rest for each in _line(line)),
        call("formend", fn=_FORM),
    )


def _line(line: str) -> Iterator[Call]:
    if not line.strip():
        yield call("formcmd", fn=_FORM, cm=_EMPTY_LINE)
        return
    for start in range(0, len(line), _WIDTH):
        yield call("formline", s1=line[start : start + _WIDTH], fn=_FORM, fl=_TEXT_LINE)
