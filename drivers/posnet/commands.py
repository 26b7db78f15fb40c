"""The table of the commands we use: typed values → frames, answers → typed values. No I/O.

Types are written as the maker's tables write them:

    s<limit> text · n number · b flag · zl amount in grosze · D date · DT date and time
    and ours: m<limit> text of several lines · q quantity in thousandths · p rate in basis points

``Again`` says what a second copy of a command would do, which is all the dialogue must know of it.
Source: POT-I-DEV-37, chapters of the commands named here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from drivers.errors import InDoubt
from drivers.posnet.frame import Frame
from drivers.posnet.text import plain

if TYPE_CHECKING:
    from drivers.fiscal import Seven

Value = str | int | bool | date | datetime
AMOUNT_MAX = 499_999_999_999
_LETTERS = "abcdefg"
_TRUE, _FALSE = frozenset("1TtYy"), frozenset("0Nn")
_MOMENT = re.compile(r"(\d{4})[-./](\d\d)[-./](\d\d)[,; T](\d\d):(\d\d)")


class Kind(StrEnum):
    """How a value stands on the wire."""

    TEXT = "s"
    LINES = "m"
    NUMBER = "n"
    FLAG = "b"
    AMOUNT = "zl"
    DAY = "D"
    MOMENT = "DT"
    QUANTITY = "q"
    RATE = "p"


class Again(Enum):
    """What a second copy of a command would do when the first was carried out after all."""

    READ = "nothing: it changes nothing, or the same thing to the same value"
    GUARDED = "be refused, or show in the sums that the receipt's end states"
    ONCE = "harm: print or count twice"


@dataclass(frozen=True, slots=True)
class Field:
    """Type of one parameter or reply field; ``limit`` is the longest text."""

    kind: Kind
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Spec:
    """One row of the table; ``is_report`` asks for more patience."""

    name: str
    parameters: dict[str, Field]
    reply: dict[str, Field]
    again: Again
    is_report: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A command with its values; the token is added when it is sent."""

    spec: Spec
    frame: Frame


def _fields(text: str) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for part in text.split():
        name, _, kind = part.partition(":")
        letters, digits = kind.rstrip("0123456789"), kind.lstrip("smnbzlDTqp")
        names = [name[0] + letter for letter in _LETTERS] if name[1] == "*" else [name]
        for each in names:
            fields[each] = Field(Kind(letters), int(digits or 0))
    return fields


def _row(
    name: str,
    parameters: str = "",
    reply: str = "",
    again: Again = Again.READ,
    *,
    report: bool = False,
) -> tuple[str, Spec]:
    return name, Spec(name, _fields(parameters), _fields(reply), again, report)


# ``v*`` stands for va to vg, one for each VAT rate.
COMMANDS: dict[str, Spec] = dict([
    # who and how
    _row("sid", "", "nm:s vr:s"),
    _row("scomm", "", "fs:b tz:b ts:n hr:b nu:s td:b"),
    _row("scnt", "", "rd:n hn:n bn:n nu:s bc:n bt:n"),
    _row("stot", "", "p*:zl ct:zl"),
    _row("sfsk", "", "cl:n"),
    _row("strns", "", "to:b v*:zl re:zl fp:zl fe:b"),
    _row("sprn", "", "pr:n"),
    _row("sdev", "", "ds:n"),
    # set up
    _row("rtcget", "", "da:DT"),
    _row("rtcset", "da:DT"),
    _row("vatget", "", "v*:p"),
    _row("vatset", "v*:p da:D"),
    _row("hdrget", "", "tx:m"),
    _row("hdrset", "tx:m600 pr:b", "", Again.GUARDED),
    # receipt
    _row("ftrcfg", "cc:s32 cn:s8 ca:b sn:s30"),
    _row("trinit", "bm:b", "", Again.GUARDED),
    _row(
        "trline",
        "na:s80 vt:n pr:zl st:b wa:zl il:q jm:s4 rd:b rn:s25 rw:zl",
        "",
        Again.GUARDED,
    ),
    _row("trdiscntbill", "na:s25 rd:b rw:zl", "", Again.GUARDED),
    _row("trnipset", "ni:s30"),
    _row("trpayment", "ty:n wa:zl na:s25 re:b", "", Again.GUARDED),
    _row("trend", "to:zl fp:zl re:zl", "", Again.GUARDED),
    _row("trftrend", "", "", Again.GUARDED),
    _row("prncancel"),
    _row("rpt"),
    # the rest
    _row("dailyrep", "da:D", "", Again.ONCE, report=True),
    _row("fmrecrd", "no:n", "da:DT no:n p*:zl pn:n ct:zl cn:n"),
    _row("cash", "kw:zl wp:b", "", Again.ONCE),
    _row("opendrwr"),
    _row("formstart", "fn:n fh:n al:s56", "", Again.GUARDED),
    _row("formline", "s1:s38 fn:n fl:n", "", Again.ONCE),
    _row("formcmd", "fn:n cm:n", "", Again.ONCE),
    _row("formend", "fn:n", "", Again.GUARDED),
])  # fmt: skip


def call(name: str, **values: Value | None) -> Call:
    """Make the command ``name``; a value of None leaves its parameter out.

    Raises KeyError for a name the table lacks and ValueError for an amount the wire cannot carry.
    """
    spec = COMMANDS[name]
    fields = tuple(
        (key, _written(spec.parameters[key], value))
        for key, value in values.items()
        if value is not None
    )
    return Call(spec, Frame(name, fields))


def _written(field: Field, value: Value) -> str:  # noqa: PLR0911 - one for each kind
    match field.kind, value:
        case Kind.TEXT | Kind.LINES, str():
            return plain(value, field.limit, has_lines=field.kind is Kind.LINES)
        case Kind.FLAG, bool():
            return "1" if value else "0"  # as recorded with real registers; T and N mean the same
        case _, bool():
            pass  # to Python it is a number; to the wire never
        case Kind.AMOUNT | Kind.NUMBER, int() if 0 <= value <= AMOUNT_MAX:
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


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer read by the table; raises ``InDoubt`` for a field that is no such value."""

    spec: Spec
    frame: Frame

    def text(self, name: str) -> str:
        """Field ``name`` as text."""
        return self._raw(name, self.spec.reply[name].kind)

    def number(self, name: str) -> int:
        """Field ``name`` as a whole number."""
        return self._whole(name, self._raw(name, Kind.NUMBER))

    def amount(self, name: str) -> int:
        """Field ``name`` in grosze."""
        return self._whole(name, self._raw(name, Kind.AMOUNT))

    def amounts(self, letter: str) -> Seven:
        """The seven amounts whose names start with ``letter``."""
        a, b, c, d, e, f, g = (self.amount(letter + each) for each in _LETTERS)
        return a, b, c, d, e, f, g

    def rates(self) -> Seven:
        """The seven VAT rates in basis points."""
        a, b, c, d, e, f, g = (self._rate("v" + each) for each in _LETTERS)
        return a, b, c, d, e, f, g

    def flag(self, name: str) -> bool:
        """Field ``name`` as a boolean: 1 t T Y y or 0 n N."""
        value = self._raw(name, Kind.FLAG)
        if value in _TRUE or value in _FALSE:
            return value in _TRUE
        raise self._unreadable(name)

    def moment(self, name: str) -> datetime:
        """Field ``name`` as local time to the minute, without zone."""
        found = _MOMENT.match(self._raw(name, Kind.MOMENT))
        if not found:
            raise self._unreadable(name)
        year, month, day, hour, minute = (int(part) for part in found.groups())
        try:
            return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - the printer's own time
        except ValueError as error:
            raise self._unreadable(name) from error

    def _rate(self, name: str) -> int:
        try:
            value = Decimal(self._raw(name, Kind.RATE).replace(",", ".")) * 100
            return int(value)
        except (InvalidOperation, ValueError, OverflowError) as error:
            raise self._unreadable(name) from error

    def _whole(self, name: str, value: str) -> int:
        if not (value.isascii() and value.isdigit()):
            raise self._unreadable(name)
        return int(value)

    def _raw(self, name: str, kind: Kind) -> str:
        assert self.spec.reply[name].kind is kind, f"{self.spec.name} {name} is not of {kind}"  # noqa: S101
        if not self.frame.has(name):
            raise self._unreadable(name)
        return self.frame.get(name)

    def _unreadable(self, name: str) -> InDoubt:
        return InDoubt(f"unreadable answer to {self.spec.name}: {name}={self.frame.get(name)!r}")
