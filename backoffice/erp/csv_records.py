"""Records as CSV: a header with names, then a line each. Knows no data set, only a form.

The lines of a document are lines of the file: its own fields stand on each of them, and columns
such as ``lines.product`` belong to the line. A text that a spreadsheet would take for a formula is
written with an apostrophe before it and read without.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

from backoffice.erp.text import Raw, UnreadableText, lines, opened
from backoffice.erp.values import LIST_MAX
from backoffice.reasons import Reason
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

    from backoffice.erp.form import Form

_SEPARATORS = (";", "\t", ",", "|")
_GUARD = "'"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_COLUMNS_MAX = 500


def read(file: IO[bytes], form: Form, encoding: str = "auto") -> Generator[Raw]:
    """Every record of a file; never raises for what stands in it."""
    try:
        text = opened(file, encoding)
    except UnreadableText as error:
        yield Raw("line 1", fault=str(error))
        return
    try:
        yield from _gathered(_flat(text), form)
    finally:
        text.detach()


def written(records: Iterable[Mapping[str, Any]], form: Form, *, is_guarded: bool = True) -> bytes:
    """A file of records that ``read`` gives back."""
    flat = [line for record in records for line in _spread(record, form)]
    names = list(dict.fromkeys(name for line in flat for name in line))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(names)
    for line in flat:
        writer.writerow([_cell(line.get(name), is_guarded=is_guarded) for name in names])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return _GUARD + text if text.lstrip(_GUARD).startswith(_FORMULA) else text


def unguarded(cell: str) -> str:
    """The text that ``guarded`` was given."""
    rest = cell.removeprefix(_GUARD)
    return rest if rest != cell and rest.lstrip(_GUARD).startswith(_FORMULA) else cell


def _flat(text: IO[str]) -> Iterator[Raw]:
    """A line each, its cells by their names."""
    source = lines(text)
    first = next(source, "")
    separator = next((it for it in _SEPARATORS if it in first), ";")
    reader = csv.reader(_with(first, source), delimiter=separator, strict=True)
    header: list[str] | None = None
    while True:
        began = reader.line_num + 1
        place = f"line {began}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Raw(place, fault=Reason(_("this is no line of a CSV file: {why}"), why=error))
            if header is None:
                return
            continue
        if header is None:
            header = [unguarded(cell.strip()) for cell in cells]
            if fault := _wrong_header(header):
                yield Raw(place, fault=fault)
                return
        elif any(cell.strip() for cell in cells):
            yield _line(place, header, cells)


def _line(place: str, header: list[str], cells: list[str]) -> Raw:
    if len(cells) != len(header):
        message = _("{cells} cells under {names} names")
        return Raw(place, fault=Reason(message, cells=len(cells), names=len(header)))
    return Raw(place, dict(zip(header, map(unguarded, cells), strict=True)))


def _wrong_header(header: list[str]) -> str:
    if len(header) > _COLUMNS_MAX:
        return Reason(_("the list has more than {most} parts"), most=_COLUMNS_MAX)
    twice = sorted(name for name, times in Counter(header).items() if name and times > 1)
    if twice:
        return Reason(_("{name}: the column is there twice"), name=twice[0])
    return "" if any(header) else Reason(_("the first line must name the columns"))


def _gathered(flat: Iterator[Raw], form: Form) -> Iterator[Raw]:
    """The lines of a document, one after another, as one record."""
    if form.lines is None:
        yield from flat
        return
    prefix, number, name = form.lines.theirs + ".", form.their_id, form.lines.theirs

    def document(raw: Raw) -> Any:  # noqa: ANN401 (whatever tells documents apart)
        return (raw.place,) if raw.fault else raw.fields.get(number)

    for _which, group in groupby(flat, document):
        first = next(group)
        if first.fault:
            yield first
            continue
        record = {key: it for key, it in first.fields.items() if not key.startswith(prefix)}
        record[name] = [_below(first.fields, prefix)]
        for raw in group:  # noqa: B031 (the rest of it, after its first)
            # One too many is enough for its form to refuse it.
            if len(record[name]) <= LIST_MAX:
                record[name].append(_below(raw.fields, prefix))
        yield Raw(first.place, record)


def _below(cells: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): it for key, it in cells.items() if key.startswith(prefix)}


def _spread(record: Mapping[str, Any], form: Form) -> list[dict[str, Any]]:
    name = form.lines.theirs if form.lines else ""
    if not name or not record.get(name):
        return [{key: it for key, it in record.items() if key != name}]
    head = {key: it for key, it in record.items() if key != name}
    return [
        head | {f"{name}.{field}": value for field, value in line.items()} for line in record[name]
    ]


def _cell(value: object, *, is_guarded: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _cell("|".join(map(str, value)), is_guarded=is_guarded)
    text = str(value)
    is_number = isinstance(value, int) or text.lstrip("-").replace(",", "").isdecimal()
    return guarded(text) if is_guarded and not is_number else text


def _with(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
