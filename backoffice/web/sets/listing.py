"""Which rows of a data set a list shows, in which order, and how each is read. No HTTP."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec

from backoffice.editing import place
from backoffice.folding import folded
from backoffice.store import data_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from backoffice.web.sets.shape import DataSet

PAGE_ROWS = 50
# A choice longer than this is no choice; the search of the goods is for them.
CHOICES_MAX = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the list shows it; ``depth`` is how deep it lies in a tree."""

    id: str
    cells: tuple[str, ...]
    is_active: bool
    is_removed: bool = False
    depth: int = 0

    @property
    def title(self) -> str:
        """What the row is called."""
        return self.cells[0]


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of the lines: from which on, of how many, and how many are out of use."""

    lines: list[Line]
    start: int
    total: int
    resting: int

    @property
    def previous(self) -> int | None:
        """Where the part before begins."""
        return max(0, self.start - PAGE_ROWS) if self.start else None

    @property
    def next(self) -> int | None:
        """Where the part after begins."""
        after = self.start + PAGE_ROWS
        return after if after < self.total else None


def lines(
    connection: Connection, data_set: DataSet, shop: str, find: str, *, resting: bool
) -> tuple[list[Line], int]:
    """Every line that fits, and how many more are out of use; ``resting`` shows those alone."""
    names = names_of(connection, data_set, shop)
    living = decoded(data_rows.living(connection, data_set.name, shop))
    gone = [] if data_set.can_rest else decoded(data_rows.removed(connection, data_set.name, shop))
    in_use = [row for row in living if row.get("is_active", True)]
    out = [row for row in living if not row.get("is_active", True)]
    chosen = out + gone if resting else in_use
    removed = {row["id"] for row in gone}
    found = [row for row in chosen if _fits(data_set, row, find)]
    made = [
        replace(_line(data_set, row, names, depth), is_removed=row["id"] in removed)
        for row, depth in _ordered(data_set, found)
    ]
    return made, len(out) + len(gone)


def part(found: tuple[list[Line], int], start: int) -> Listed:
    """A page of lines."""
    every, resting = found
    start = max(0, min(start, len(every)))
    return Listed(every[start : start + PAGE_ROWS], start, len(every), resting)


def names_of(connection: Connection, data_set: DataSet, shop: str) -> dict[str, dict[str, str]]:
    """For each set that a field refers to, the name of each row by its id."""
    found: dict[str, dict[str, str]] = {}
    for field in data_set.fields:
        if field.refers_to and field.refers_to not in found:
            rows = decoded(data_rows.living(connection, field.refers_to, shop))
            found[field.refers_to] = {row["id"]: row["name"] for row in rows}
    return found


def choices(
    connection: Connection, data_set: DataSet, shop: str, row_id: str = ""
) -> dict[str, list[tuple[str, str]]]:
    """For each field that refers to another set, what can be chosen; a tree shows its paths."""
    found: dict[str, list[tuple[str, str]]] = {}
    for field in data_set.fields:
        if not field.refers_to or field.kind != "choice":
            continue
        rows = decoded(data_rows.living(connection, field.refers_to, shop))
        parents = {row["id"]: row.get("parent", "") for row in rows}
        names = {row["id"]: row["name"] for row in rows}
        under = {it for it in names if row_id and row_id in _path(it, parents)}
        said = {
            it: " › ".join(names[step] for step in _path(it, parents))
            for it in names
            if field.refers_to != data_set.name or it not in under
        }
        by_name = sorted(said.items(), key=lambda it: (folded(it[1]), it[0]))[:CHOICES_MAX]
        is_free = field.name not in data_set.required()
        found[field.name] = [*([("", "—")] if is_free else []), *by_name]
    return found


def _line(
    data_set: DataSet, row: Mapping[str, Any], names: Mapping[str, Mapping[str, str]], depth: int
) -> Line:
    cells = []
    for field in data_set.fields:
        if field.is_listed:
            value = row.get(field.name, "")
            known = names.get(field.refers_to, {})
            cells.append(field.shown(known.get(value, value) if field.refers_to else value))
    return Line(row["id"], tuple(cells), row.get("is_active", True), depth=depth)


def _ordered(data_set: DataSet, rows: list[dict[str, Any]]) -> Iterable[tuple[dict[str, Any], int]]:
    """The rows with their depth: in their places, as a tree, or by what they are called."""
    if data_set.is_ordered:
        return [(row, 0) for row in sorted(rows, key=place)]
    first = data_set.fields[0].name
    by_name = sorted(rows, key=lambda row: (folded(str(row.get(first, ""))), row["id"]))
    if "parent" not in data_set.blank():
        return [(row, 0) for row in by_name]
    return _tree(by_name)


def _tree(rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], int]]:
    """Each below the row that it lies in; one whose parent is not shown begins a tree."""
    shown = {row["id"] for row in rows}
    below: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        parent = row["parent"]
        below.setdefault(parent if parent in shown else "", []).append(row)
    ordered: list[tuple[dict[str, Any], int]] = []
    waiting = [(row, 0) for row in reversed(below.get("", []))]
    while waiting:
        row, depth = waiting.pop()
        ordered.append((row, depth))
        waiting += [(one, depth + 1) for one in reversed(below.get(row["id"], []))]
    return ordered


def _path(row_id: str, parents: Mapping[str, str]) -> list[str]:
    """From the top of the tree down to a row."""
    path: list[str] = []
    while row_id in parents and row_id not in path:
        path.insert(0, row_id)
        row_id = parents[row_id]
    return path


def _fits(data_set: DataSet, row: Mapping[str, Any], find: str) -> bool:
    text = " ".join(folded(str(row.get(name, ""))) for name in data_set.searched)
    return all(word in text for word in folded(find).split())


def decoded(bodies: Iterable[str]) -> list[dict[str, Any]]:
    """The rows in these bodies."""
    return [msgspec.json.decode(body) for body in bodies]
