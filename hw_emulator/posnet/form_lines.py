"""Lines and headers of non-fiscal forms: preprinted words around the parameters. Pure.

The super form (200) has every line of every form; the fixed forms 2 to 43 are windows on it. Lines
that a shop has no use for are not in the table (``form_lines.txt``); they print their parameters
side by side. Source: protocol.md §13; POT-I-DEV-37, chapter on forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hw_emulator.posnet.codes import Code, Refused

SUPER_FORM, WIDE_FORM = 200, 201
WIDTHS = {SUPER_FORM: 40, WIDE_FORM: 56}
_HEADERS, _SUPER_HEADERS = 0, 86
_LAST_LINES = {SUPER_FORM: 711, WIDE_FORM: 14}
_TEXT_HEADERS = {(SUPER_FORM, 84), (WIDE_FORM, 0)}
_EMPTY_HEADERS = {(SUPER_FORM, 85), (WIDE_FORM, 1)}
_PARAMETER = re.compile(r"\{(\d+)(>?)\}")
_FISCAL_WORDS = "paragon fiskalny"

# Form → its lines and headers among those of the super form, as first-last ranges.
_WINDOWS = """
2 0-2 0-1; 3 3-3 2-2; 4 4-83,664-673 3-8,80-83; 5 84-90 9-9; 6 91-96 10-10; 7 97-101 11-11
8 102-107 12-12; 9 108-111 13-13; 10 112-115 14-14; 11 116-120 15-15; 12 121-124 16-16
13 125-129 17-17; 14 130-135 18-18; 15 136-139 19-19; 16 140-143 20-20; 17 144-145 21-21
18 146-146 22-22; 19 147-155 23-23; 20 156-161 24-27; 21 162-168 28-28
22 169-265,674-710 29-40; 23 266-284,651-663 41-44,79-79; 24 285-291 45-45; 25 292-301 46-47
26 302-326 48-48; 27 327-344 49-55; 28 345-422 56-57; 29 423-441 58-59; 30 442-444 60-60
31 445-446 61-61; 32 447-464 62-62; 33 465-470 63-63; 34 471-478 64-64; 35 479-485 65-65
36 486-501 66-66; 37 502-522 67-67; 38 523-540 68-69; 39 541-555 70-71; 40 556-560 72-73
41 561-566 74-74; 42 567-636 75-77; 43 169-170,172-175,177-183,186-195,198-199 85-85
"""


@dataclass(frozen=True, slots=True)
class Template:
    """A preprinted line; ``flags`` as the table explains them."""

    text: str
    flags: str = ""


def _numbers(ranges: str) -> list[int]:
    pairs = (part.split("-") for part in ranges.split(","))
    return [number for first, last in pairs for number in range(int(first), int(last) + 1)]


@cache
def windows() -> dict[int, tuple[list[int], list[int]]]:
    """Form → numbers of its lines and of its headers in the super form."""
    rows = [row.split() for row in _WINDOWS.replace("\n", ";").split(";") if row.strip()]
    return {int(form): (_numbers(lines), _numbers(headers)) for form, lines, headers in rows}


@cache
def _templates() -> dict[tuple[int, int], Template]:
    table = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    found = {}
    for row in table.splitlines():
        if not row.startswith("#"):
            form, line, flags, text = row.split(" ", 3)
            found[int(form), int(line)] = Template(text.replace("\\n", "\n"), flags.strip("-"))
    return found


def header(form: int, number: int, words: str) -> str:
    """Title of a form; ``words`` are the client's own, where they may be any."""
    if (form, number) in _TEXT_HEADERS:
        return words or "DOKUMENT NIEFISKALNY"
    if (form, number) in _EMPTY_HEADERS:
        return ""
    known = windows().get(form, ([], []))[1]
    if form == SUPER_FORM:
        known = list(range(_SUPER_HEADERS))
    if number >= len(known):
        raise Refused(Code.FORM_HEADER)
    return _templates()[_HEADERS, known[number]].text


def template(form: int, number: int) -> Template | None:
    """A line of a form; None when only its parameters are known. Raises Refused without one."""
    if form in _LAST_LINES:
        if number > _LAST_LINES[form]:
            raise Refused(Code.FORM_LINE)
        return _templates().get((form, number))
    lines = windows()[form][0]
    if number >= len(lines):
        raise Refused(Code.FORM_LINE)
    return _templates().get((SUPER_FORM, lines[number]))


def fill(found: Template, parameters: list[str], cashier: str) -> str:
    """The line with its parameters; raises Refused when there are too few of them."""
    waiting = iter(parameters)

    def put(match: re.Match[str]) -> str:
        value = next(waiting, None)
        if value is None:
            raise Refused(Code.FORM_TOO_FEW)
        width = int(match[1])
        return value[:width].rjust(width) if match[2] else value[:width].ljust(width)

    if "+" in found.flags and any(_FISCAL_WORDS in text.casefold() for text in parameters):
        raise Refused(Code.FORM_LINE)
    return _PARAMETER.sub(put, found.text).replace("{cashier}", cashier)


def rows(text: str, width: int, *, is_wide: bool, is_centred: bool = False) -> list[str]:
    """A filled line as it fits on the paper; a wide one goes on at the right of the next row."""
    cells = width // 2 if is_wide else width
    found: list[str] = []
    for line in text.split("\n"):
        first, rest = line[:cells].rstrip(), line[cells : 2 * cells].strip()
        found.append(first.strip().center(width).rstrip() if is_centred else first)
        if rest:
            found.append(rest.rjust(width))
    return found
