"""What a word of the console answers: lines for people, and the same as data. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.i18n import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LABEL = 26
_CELL_MAX = 60

Plain = str | int | float | bool | None
Data = Plain | list["Data"] | dict[str, "Data"]


@dataclass(frozen=True, slots=True)
class Told:
    """``is_well``: what was asked for is so, or was done; a script gets it as exit code."""

    lines: tuple[str, ...]
    data: Data
    is_well: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """``name`` is for programs, ``label`` a message id; ``text`` when people read another."""

    name: str
    label: str
    value: Plain
    text: str | None = None

    @property
    def shown(self) -> str:
        """The value as people read it."""
        if self.text is not None:
            return self.text or "-"
        if isinstance(self.value, bool):
            return translate("yes") if self.value else translate("no")
        return "-" if self.value in {None, ""} else str(self.value)


def facts(*told: Fact, is_well: bool = True) -> Told:
    """A fact a line."""
    lines = tuple(f"{translate(one.label):<{_LABEL}} {one.shown}" for one in told)
    return Told(lines, {one.name: one.value for one in told}, is_well)


def table(names: Sequence[str], rows: Iterable[Sequence[Plain]]) -> Told:
    """A row a line; ``names`` of the columns are for programs."""
    kept = [list(row) for row in rows]
    if not kept:
        return Told((translate("Nothing here"),), [])
    texts = [["-" if cell in {None, ""} else str(cell) for cell in row] for row in kept]
    widths = [min(max(map(len, column)), _CELL_MAX) for column in zip(*texts, strict=True)]
    lines = tuple(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in texts
    )
    data: list[Data] = [dict(zip(names, row, strict=True)) for row in kept]
    return Told(lines, data)


def sentence(text: str, *, is_well: bool = True, **data: Plain) -> Told:
    """One sentence, translated already."""
    return Told((text,), {"said": text, **data}, is_well)
