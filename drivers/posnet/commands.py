"""Typed values → frames, by the table of the commands we use. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from drivers.posnet.frame import Frame
from drivers.posnet.generation import Generation
from drivers.posnet.markup import Markup
from drivers.posnet.spec import AMOUNT_MAX, Again, Kind
from drivers.posnet.table import COMMANDS
from drivers.posnet.text import plain

if TYPE_CHECKING:
    from drivers.posnet.spec import Field, Spec

__all__ = ["AMOUNT_MAX", "COMMANDS", "Again", "Call", "Kind", "Value", "call", "call_for"]

Value = str | int | bool | date | datetime | Markup


@dataclass(frozen=True, slots=True)
class Call:
    """A command with its values; the token is added when it is sent."""

    spec: Spec
    frame: Frame


def call(name: str, /, **values: Value | None) -> Call:
    """Make the command ``name``; a value of None leaves its parameter out.

    Raises KeyError for a name the table lacks and ValueError for an amount the wire cannot carry,
    or when a parameter is left out that must be sent.
    """
    return call_for(Generation.ONLINE, name, **values)


def call_for(generation: Generation, name: str, /, **values: Value | None) -> Call:
    """The same with texts as long as printers of ``generation`` take them."""
    spec = COMMANDS[name]
    fields = tuple(
        (key, _written(spec.parameters[key], value, generation))
        for key, value in values.items()
        if value is not None
    )
    given = {key for key, _ in fields}
    missing = [
        key for key, field in spec.parameters.items() if field.is_needed and key not in given
    ]
    if missing:
        msg = f"{name} lacks {', '.join(missing)}"
        raise ValueError(msg)
    return Call(spec, Frame(name, fields))


def _written(field: Field, value: Value, generation: Generation) -> str:  # noqa: PLR0911 - one for each kind
    most = field.most(generation)
    match field.kind, value:
        case Kind.TEXT | Kind.LINES, str():
            return plain(value, most, has_lines=field.kind is Kind.LINES)
        case Kind.MARKUP | Kind.TEXT, Markup():
            # Among text fields, only one whose meaning hangs on another parameter gets markup.
            return value.wire(most)
        case Kind.FLAG, bool():
            return "1" if value else "0"  # as recorded with real registers; T and N mean the same
        case _, bool():
            pass  # to Python it is a number; to the wire never
        case Kind.AMOUNT | Kind.NUMBER, int() if 0 <= value <= most:
            return str(value)
        case Kind.QUANTITY, int() if value > 0:
            return _decimal(value, 3)
        case Kind.RATE, int() if value >= 0:
            return _decimal(value, 2)
        case Kind.MOMENT, datetime():
            return value.strftime("%Y-%m-%d;%H:%M")
        case Kind.DAY, date():
            return value.strftime("%Y-%m-%d")
    msg = f"{value!r} is no {field.kind.name.lower()}"
    raise ValueError(msg)


def _decimal(value: int, places: int) -> str:
    """The shortest decimal for ``value`` given in parts of 10**places: 2500 → 2.5."""
    whole, part = divmod(value, 10**places)
    digits = f"{part:0{places}d}".rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)
