"""Settings: what a …set command keeps and its …get command tells. One mechanism for all of them.

A family of settings is a row of a table (``settings_table``). Its cells are parameters as in
``values``, with what a setting needs besides:

    ti:i<0-300>?2712=9999     optional number, 0 to 300, else error 2712; 9999 until it is set
    wd!i<0-2>?~=1             mandatory; out of range it is taken as 1
    to!i<0-300>=0             out of range is frame error 3
    cm.b=N                    told by …get only, never set

A parameter that is not sent leaves its value alone. Values are kept in the fiscal memory file under
``family.name`` or ``family.index.name``; names that begin with ``flash.`` survive a RAM reset.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.values import Args, Fields, show_flag

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books
    from hw_emulator.posnet.device import Device

Stored: TypeAlias = str | int | bool
New: TypeAlias = dict[str, Stored]
Check: TypeAlias = Callable[["Device", Args, New], None]

_CELL = re.compile(r"(\w\w)([!:.])([a-z])(\d*)(?:<(\d+)-(\d+)>)?(?:\?(\d+|~))?=(\S*)\Z")
_UNLIMITED = 10**12
_TOLD_ONLY = "."

DEFAULTS: dict[str, Stored] = {}


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a family; ``param`` is what it looks like as a parameter."""

    name: str
    param: str
    kind: str
    low: int
    high: int
    refusal: str
    default: Stored

    @property
    def is_settable(self) -> bool:
        """Whether …set takes it."""
        return self.param[2] != _TOLD_ONLY

    def fit(self, value: Stored) -> Stored:
        """The value as it is kept; raises Refused or BadField when it is out of range."""
        if isinstance(value, str) or self.low <= value <= self.high:
            return value
        if self.refusal == "~":
            return self.default
        if self.refusal:
            raise Refused(int(self.refusal))
        raise BadField(Code.BAD_VALUE, self.name)


def read_fields(cells: str) -> tuple[Field, ...]:
    """The cells of a family."""
    return tuple(map(_read_field, cells.split()))


def _read_field(cell: str) -> Field:
    match = _CELL.match(cell)
    if not match:
        msg = f"no cell of a settings table: {cell!r}"
        raise ValueError(msg)
    name, mark, kind, length, low, high, refusal, text = match.groups()
    default = {"s": text, "b": text == "T"}.get(kind, int(text) if text.isdigit() else 0)
    param = f"{name}{mark}{kind}{length}"
    return Field(name, param, kind, int(low or 0), int(high or _UNLIMITED), refusal or "", default)


@dataclass(frozen=True, slots=True)
class Family:
    """One row of the table: a …set and a …get command with the values between them.

    ``index`` is the parameter that chooses one of several equal things (a port, a display).
    ``check`` sees the new values before they are kept; it may refuse them or add to them.
    """

    name: str
    fields: tuple[Field, ...]
    setter: str
    getter: str
    row: str
    index: Field | None
    echoes_index: bool
    check: Check | None

    def where(self, args: Args) -> str:
        """Name before the last dot of the values that ``args`` is about."""
        if not self.index:
            return self.name
        number = args.number(self.index.name, int(self.index.default))
        return f"{self.name}.{self.index.fit(number)}"

    def set(self, device: Device, args: Args) -> None:
        """Handler of the …set command."""
        where = self.where(args)
        sent = [field for field in self.fields if field.is_settable and args.has(field.name)]
        new: New = {field.name: field.fit(value_of(args, field)) for field in sent}
        if self.check:
            self.check(device, args, new)
        keep(device, {f"{where}.{name}": value for name, value in new.items()})

    def get(self, device: Device, args: Args) -> Fields:
        """Handler of the …get command."""
        where = self.where(args)
        told = [(f.name, show(read(device.books, f"{where}.{f.name}"))) for f in self.fields]
        if self.index and self.echoes_index:
            return [(self.index.name, where.rpartition(".")[2]), *told]
        return told


def family(
    name: str,
    cells: str,
    *,
    setter: str | None = None,
    getter: str | None = None,
    row: str = "any",
    index: str = "",
    echoes_index: bool = False,
    check: Check | None = None,
) -> Family:
    """A row of the table; its commands are called after it unless told otherwise."""
    word = name.removeprefix("flash.")
    return Family(
        name,
        read_fields(cells),
        f"{word}set" if setter is None else setter,
        f"{word}get" if getter is None else getter,
        row,
        read_fields(index)[0] if index else None,
        echoes_index,
        check,
    )


def enter(row: Family) -> None:
    """Enter the two commands of a family into the command table."""
    index = row.index.param if row.index else ""
    settable = " ".join(field.param for field in row.fields if field.is_settable)
    for one in row.fields:
        DEFAULTS[f"{row.name}.{one.name}"] = one.default
    if row.setter:
        command(row.setter, table=f"{index} {settable}", row=row.row)(row.set)
    if row.getter:
        command(row.getter, table=index)(row.get)


def value_of(args: Args, field: Field) -> Stored:
    """What was sent for ``field``."""
    readers: dict[str, Callable[[str], Stored]] = {"b": args.flag, "i": args.number}
    return readers.get(field.kind, args.text)(field.name)


def keep(device: Device, values: dict[str, Any]) -> None:
    """Write what differs into the memory; what is as it was costs nothing."""
    known = device.books.settings
    changed = {k: v for k, v in values.items() if (known[k] if k in known else _default(k)) != v}
    if changed:
        device.keep(changed)


def _default(name: str) -> Stored | None:
    if name in DEFAULTS:
        return DEFAULTS[name]
    row, _, field = name.rpartition(".")
    return DEFAULTS.get(f"{row.rpartition('.')[0]}.{field}")


def read(books: Books, name: str) -> Stored:
    """The value of a setting, or what it is until it is set."""
    found = books.settings.get(name, _default(name))
    return "" if found is None else found


def flag(books: Books, name: str) -> bool:
    """The value of a boolean setting."""
    return bool(read(books, name))


def number(books: Books, name: str) -> int:
    """The value of a numeric setting."""
    return int(read(books, name) or 0)


def text(books: Books, name: str) -> str:
    """The value of a text setting."""
    return str(read(books, name))


def show(value: Stored) -> str:
    """A value as the printer writes it."""
    return show_flag(value) if isinstance(value, bool) else str(value)
