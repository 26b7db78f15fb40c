"""Wire text ↔ values: amounts, quantities, percents, dates, booleans. No state, no I/O.

A parameter table is one string, in the manner of the protocol's own tables:
``"na!s80 vt!i pr!a il:q st:b"`` is a mandatory text of at most 80 characters, a mandatory number, a
mandatory amount, a quantity and a boolean. The number behind a date, as in ``"fd!d2042"``, is the
refusal of a day no calendar has. Source: protocol.md §5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias, cast

from hw_emulator.posnet.codes import BadField, Code, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from drivers.posnet.frame import Frame

AMOUNT_MAX = 9_999_999_999
TOTALIZER_MAX = 49_999_999_999
CASH_MAX = 499_999_999_999
PERCENT_MAX = 9_999
EXEMPT, INACTIVE = 10_000, 10_100
RATES = 7
# Years a clock of such a printer can show; far from where dates overflow.
YEARS = range(2000, 2098)
NO_DATE = "2000-01-01;01:00"
NO_DATE_ISO = "2000-01-01T01:00:00+01:00"

Value: TypeAlias = str | int | Decimal | date
Fields: TypeAlias = list[tuple[str, str]]

_TOKEN_LENGTH = 4
_NUMBER = re.compile(r"\d{1,12}\Z", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,12}(?:[.,]\d{1,8})?\Z", re.ASCII)
_DATE = re.compile(r"(\d{4})([-./])(\d\d)\2(\d\d)\Z", re.ASCII)
_DATE_TIME = re.compile(r"(\d{4}[-./]\d\d[-./]\d\d)[,; ](\d\d?):(\d\d)\Z", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_BOOLEANS = {"T": True, "t": True, "Y": True, "y": True, "1": True} | dict.fromkeys("Nn0", False)


@dataclass(frozen=True, slots=True)
class Param:
    """One row of a parameter table; ``length`` limits a text, 0 is no limit.

    For a date it is the number of the refusal instead.
    """

    name: str
    kind: str
    is_mandatory: bool
    length: int


def read_table(table: str) -> tuple[Param, ...]:
    """Parameters of a table string."""
    return tuple(
        Param(cell[:2], cell[3], cell[2] == "!", int(cell[4:] or 0)) for cell in table.split()
    )


class Args:
    """The values of one command; a parameter that was not sent reads as the default."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    def has(self, name: str) -> bool:
        """Whether the parameter was sent."""
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        """Text value."""
        return cast("str", self._values.get(name, default))

    def number(self, name: str, default: int = 0) -> int:
        """Whole number, amount in grosze or percent in hundredths."""
        return cast("int", self._values.get(name, default))

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Boolean value."""
        return cast("bool", self._values.get(name, default))

    def quantity(self, name: str, default: int = 1) -> Decimal:
        """Decimal value."""
        return Decimal(cast("Decimal", self._values.get(name, default)))

    def moment(self, name: str) -> datetime:
        """Date and time, without a zone; the parameter must be mandatory."""
        return cast("datetime", self._values[name])

    def day(self, name: str) -> date:
        """Date; the parameter must have been sent."""
        return cast("date", self._values[name])


def read_args(table: tuple[Param, ...], frame: Frame, *, is_strict: bool = False) -> Args:
    """Values of ``frame`` after ``table``.

    Unknown parameters and all but the first of repeated ones are ignored, or refused (6) if
    ``is_strict``. Raises BadField for a missing mandatory parameter (2), an unreadable value (3) or
    a text that is too long (10), Refused for a date no calendar has (2024).
    """
    if is_strict:
        _check_strictly(table, frame)
    values: dict[str, Value] = {}
    for param in table:
        if frame.has(param.name):
            values[param.name] = _convert(param, frame.get(param.name))
        elif param.is_mandatory:
            raise BadField(Code.MISSING_FIELD, param.name)
    return Args(values)


def _check_strictly(table: tuple[Param, ...], frame: Frame) -> None:
    expected = {param.name for param in table}
    for name, _ in frame.fields:
        if name not in expected:
            raise BadField(Code.BAD_FIELD, name)
        expected.discard(name)
    if frame.token is not None and len(frame.token) != _TOKEN_LENGTH:
        raise BadField(Code.BAD_TOKEN)


def _convert(param: Param, text: str) -> Value:
    if param.kind == "s":
        if param.length and len(text) > param.length:
            raise BadField(Code.BAD_LENGTH, param.name)
        return _CONTROL.sub(" ", text)
    try:
        value = _READERS[param.kind](text)
    except ValueError:
        raise Refused(param.length or Code.DATE_IMPOSSIBLE) from None
    if value is None:
        raise BadField(Code.BAD_VALUE, param.name)
    return value


def _number(limit: int) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        value = int(text) if _NUMBER.match(text) else None
        return value if value is not None and value <= limit else None

    return read


def _decimal(text: str) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if _DECIMAL.match(text) else None


def _day(text: str) -> date | None:
    if not (match := _DATE.match(text)):
        return None
    return _possible(date(int(match[1]), int(match[3]), int(match[4])))


def _possible(day: date) -> date:
    if day.year not in YEARS:
        msg = f"no printer is in the year {day.year}"
        raise ValueError(msg)
    return day


def _moment(text: str) -> datetime | None:
    if not (match := _DATE_TIME.match(text)) or not (day := _day(match[1])):
        return None
    return datetime(day.year, day.month, day.day, int(match[2]), int(match[3]))  # noqa: DTZ001


_READERS: dict[str, Callable[[str], Value | None]] = {
    "i": _number(CASH_MAX),
    "a": _number(AMOUNT_MAX),
    "p": _number(PERCENT_MAX),
    "q": _decimal,
    "b": _BOOLEANS.get,
    "d": _day,
    "t": _moment,
}


def read_rate(value: Decimal) -> int | None:
    """Basis points of a VAT rate as sent (23 or 23,5); None when there can be no such rate."""
    points = value * 100
    is_rate = points == points.to_integral_value() and 0 <= points < EXEMPT
    return int(points) if is_rate or points in {EXEMPT, INACTIVE} else None


def show_flag(is_true: bool) -> str:  # noqa: FBT001
    """T or N."""
    return "T" if is_true else "N"


def show_rate(rate_bp: int) -> str:
    """Rate as the printer writes it: ``23,00``."""
    return f"{rate_bp // 100},{rate_bp % 100:02d}"


def show_seven(prefix: str, values: list[int]) -> Fields:
    """Seven fields ``pa`` to ``pg``."""
    return [(prefix + letter, str(value)) for letter, value in zip("abcdefg", values, strict=True)]


def show_rates(rates_bp: list[int]) -> Fields:
    """Seven fields ``va`` to ``vg``."""
    return [
        ("v" + letter, show_rate(rate)) for letter, rate in zip("abcdefg", rates_bp, strict=True)
    ]


def show_moment(at: str) -> str:
    """ISO date-time with offset → the printer's ``yyyy-mm-dd;hh:mm``; empty is "no date"."""
    return at[:16].replace("T", ";") if at else NO_DATE


def show_iso(at: str) -> str:
    """ISO date-time with offset, to the second; empty is "no date"."""
    return at or NO_DATE_ISO
