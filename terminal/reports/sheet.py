"""A report as a table: columns, rows and their sum, for screen, paper and file alike. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from terminal.i18n import translate


class Unit(StrEnum):
    """What the figures of a column are."""

    TEXT = "text"
    COUNT = "count"
    QTY = "qty"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``name`` is a message id."""

    name: str
    unit: Unit


Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """``slug`` is for the name of a file, ``about`` for the lines below the title.

    ``bar`` is the column whose figures are drawn, if any. Texts are in the language of the screen.
    """

    slug: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    bar: int | None = None

    def heads(self) -> tuple[str, ...]:
        """Names of the columns in the language of the screen."""
        return tuple(translate(column.name) for column in self.columns)


def shown(cell: Cell, unit: Unit) -> str:
    """A figure as people read it: 123456 → ``1 234,56``; nothing for what is not known."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    match unit:
        case Unit.MONEY:
            sign = "-" if cell < 0 else ""
            whole, rest = divmod(abs(cell), 100)
            return f"{sign}{_thousands(whole)},{rest:02}"
        case Unit.QTY:
            whole, rest = divmod(abs(cell), 1000)
            text = f"{_thousands(whole)},{rest:03}".rstrip("0").rstrip(",")
            return f"-{text}" if cell < 0 else text
    return _thousands(cell)


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", " ")
