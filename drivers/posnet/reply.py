"""Answers → typed values, by the table. No I/O; whatever came raises nothing but ``InDoubt``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from drivers.errors import InDoubt
from drivers.posnet.spec import LETTERS, Kind

if TYPE_CHECKING:
    from drivers.fiscal import Seven
    from drivers.posnet.frame import Frame
    from drivers.posnet.spec import Spec

_TRUE, _FALSE = frozenset("1TtYy"), frozenset("0Nn")
_MOMENT = re.compile(r"(\d{4})[-./](\d\d)[-./](\d\d)[,; T](\d\d?):(\d\d)", re.ASCII)
_SECONDS = re.compile(r".{16}:([0-5]\d).*", re.ASCII)
_WHOLE = re.compile(r"\d{1,18}", re.ASCII)
_RATE = re.compile(r"(\d{1,3})(?:[.,](\d{1,2})0*)?", re.ASCII)
# What the printer says where there was no such moment.
_NEVER = datetime(2000, 1, 1, 1, 0)  # noqa: DTZ001 - the printer's own time
_SHOWN_MAX = 40


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer read by the table; raises ``InDoubt`` for a field that is no such value.

    A field that the table calls missing at times reads as empty, 0, no or None.
    """

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
        a, b, c, d, e, f, g = (self.amount(letter + each) for each in LETTERS)
        return a, b, c, d, e, f, g

    def rate(self, name: str) -> int:
        """Field ``name`` as a VAT rate in basis points."""
        found = _RATE.fullmatch(self._raw(name, Kind.RATE))
        if not found:
            raise self._unreadable(name)
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))

    def rates(self) -> Seven:
        """The seven VAT rates in basis points."""
        a, b, c, d, e, f, g = (self.rate("v" + each) for each in LETTERS)
        return a, b, c, d, e, f, g

    def flag(self, name: str) -> bool:
        """Field ``name`` as a boolean: 1 t T Y y or 0 n N."""
        value = self._raw(name, Kind.FLAG)
        if value in _TRUE or value in _FALSE:
            return value in _TRUE
        if self._may_lack(name):
            return False
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

    def second(self, name: str) -> datetime:
        """Field ``name`` as local time to the second, without zone; :00 where it has none."""
        seconds = _SECONDS.fullmatch(self._raw(name, Kind.MOMENT))
        return self.moment(name) + timedelta(seconds=int(seconds[1]) if seconds else 0)

    def moment_or_never(self, name: str) -> datetime | None:
        """Field ``name`` as local time; None for the mark of "never"."""
        if self._may_lack(name):
            return None
        moment = self.moment(name)
        return None if moment == _NEVER else moment

    def _whole(self, name: str, value: str) -> int:
        if self._may_lack(name):
            return 0
        if not _WHOLE.fullmatch(value):
            raise self._unreadable(name)
        return int(value)

    def _may_lack(self, name: str) -> bool:
        return not self.spec.reply[name].is_needed and not self.frame.has(name)

    def _raw(self, name: str, kind: Kind) -> str:
        assert self.spec.reply[name].kind is kind, f"{self.spec.name} {name} is not of {kind}"  # noqa: S101
        if self.spec.reply[name].is_needed and not self.frame.has(name):
            raise self._unreadable(name)
        return self.frame.get(name)

    def _unreadable(self, name: str) -> InDoubt:
        value = self.frame.get(name)[:_SHOWN_MAX]
        return InDoubt(f"unreadable answer to {self.spec.name}: {name}={value!r}")
