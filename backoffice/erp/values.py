"""One value as the other program writes it, and as our data sets hold it. No I/O.

Money is whole grosze with us and ``1,23`` with most; thousandths and basis points likewise.
Whatever cannot be turned is a ``BadValue`` that says how it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from backoffice.reasons import Reason
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["text", "whole", "truth", "list", "lines"]
Numbers = Literal["whole", "comma", "point"]

# How many decimals of theirs one of our whole numbers stands for, by the end of its name.
PLACES = {"_gr": 2, "_milli": 3, "_bp": 2, "_e4": 4}
SHOP_TIME = ZoneInfo("Europe/Warsaw")
LIST_MAX = 1_000
_DIGITS_MAX = 18
_SHOWN = 60
_NUMBER = re.compile(r"[+-]?\d{1,18}([.,]\d{1,12})?")
_SPACES = re.compile(r"[ \u00a0\u202f]")
_TRUE = frozenset({"true", "1", "yes", "tak", "t", "y"})
_FALSE = frozenset({"false", "0", "no", "nie", "n", "f"})
_UNUSABLE = re.compile("[\x00\ufffd\ud800-\udfff]")


class BadValue(Exception):
    """A value that cannot be turned; ``reason`` is for people."""

    def __init__(self, message: str, **values: object) -> None:
        self.reason = Reason(message, **values)
        super().__init__(self.reason)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a value is written over there.

    ``values`` turn theirs into ours; ``pattern`` is a form of dates for ``strptime``; ``parts``
    separates those of a list that is one text.
    """

    kind: Kind = "text"
    places: int = 0
    numbers: Numbers = "whole"
    values: Mapping[str, str] = field(default_factory=dict)
    pattern: str = ""
    parts: str = "|"

    def ours(self, theirs: object) -> Any:  # noqa: ANN401 (what a field of a row holds)
        """The value for our field; raises ``BadValue``."""
        if self.values:
            theirs = self._looked_up(theirs)
        if self.kind == "whole":
            return _whole(theirs, self.places if self._has_decimals else 0)
        if self.kind == "truth":
            return _truth(theirs)
        if self.kind == "list":
            return _list(theirs, self.parts)
        return _when(theirs, self.pattern) if self.pattern else _text(theirs)

    def theirs(self, ours: Any) -> Any:  # noqa: ANN401 (as above)
        """Our value as they write it."""
        if self.values:
            spelled = ours if isinstance(ours, str) else str(ours).lower()
            return next((it for it, mine in self.values.items() if mine == spelled), ours)
        if self._has_decimals and isinstance(ours, int):
            return _with_decimals(ours, self.places, "," if self.numbers == "comma" else ".")
        if self.pattern and ours:
            return _written(ours, self.pattern)
        return ours

    @property
    def _has_decimals(self) -> bool:
        return self.kind == "whole" and self.places > 0 and self.numbers != "whole"

    def _looked_up(self, theirs: object) -> str:
        spelled = _text(theirs)
        if spelled in self.values:
            return self.values[spelled]
        # 23 is also 23.0 and 23,00 and 23%.
        plain = _plain_number(spelled.removesuffix("%").strip())
        for written, mine in self.values.items():
            if plain and _plain_number(written.removesuffix("%").strip()) == plain:
                return mine
        message = _("'{value}' is none of the values that are known: {known}")
        raise BadValue(message, value=spelled[:_SHOWN], known=", ".join(self.values))


def _text(value: object) -> str:
    if isinstance(value, str):
        if found := _UNUSABLE.search(value):
            message = _("the text holds a character that cannot be read (U+{code})")
            raise BadValue(message, code=f"{ord(found[0]):04X}")
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise BadValue(_("expected a text"))
    return str(value)


def _whole(value: object, places: int) -> int:
    number = _number(value).scaleb(places)
    if number != number.to_integral_value():
        message = _("'{value}' has more than {places} decimals")
        raise BadValue(message, value=str(value)[:_SHOWN], places=places)
    return int(number)


def _number(value: object) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
        # An exponent costs its writer two characters and us as many digits as it likes.
        if number.is_finite() and (not number or abs(number.adjusted()) < _DIGITS_MAX):
            return number
    elif isinstance(value, str):
        spelled = _SPACES.sub("", value)
        if _NUMBER.fullmatch(spelled) and spelled.isascii():
            return Decimal(spelled.replace(",", "."))
    raise BadValue(_("'{value}' is not a number"), value=_text_or_kind(value)[:_SHOWN])


def _plain_number(spelled: str) -> Decimal | None:
    try:
        return Decimal(spelled.replace(",", ".")) if _NUMBER.fullmatch(spelled) else None
    except DecimalException:
        return None


def _text_or_kind(value: object) -> str:
    return value if isinstance(value, str) else str(value)[:_SHOWN] if value else "-"


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    spelled = str(value).strip().lower() if isinstance(value, str | int) else ""
    if spelled not in _TRUE | _FALSE:
        raise BadValue(_("'{cell}' is neither true nor false"), cell=spelled[:_SHOWN])
    return spelled in _TRUE


def _list(value: object, parts: str) -> list[str]:
    if isinstance(value, str):
        value = [part.strip() for part in value.split(parts) if part.strip()]
    if not isinstance(value, list):
        raise BadValue(_("expected a list"))
    if len(value) > LIST_MAX:
        raise BadValue(_("the list has more than {most} parts"), most=LIST_MAX)
    return [_text(part) for part in value]


def _when(value: object, pattern: str) -> str:
    spelled = _text(value).strip()
    if not spelled:
        return ""
    try:
        moment = datetime.strptime(spelled, pattern)  # noqa: DTZ007 (the zone comes below)
        if "%H" not in pattern:
            return moment.date().isoformat()
        return (moment if moment.tzinfo else moment.replace(tzinfo=SHOP_TIME)).isoformat()
    except (ValueError, OverflowError):
        message = _("'{value}' is not a date of the form {form}")
        raise BadValue(message, value=spelled[:_SHOWN], form=pattern) from None


def _written(ours: object, pattern: str) -> str:
    try:
        moment = datetime.fromisoformat(str(ours))
    except ValueError:
        return str(ours)
    if moment.tzinfo and "%z" not in pattern:
        moment = moment.astimezone(SHOP_TIME)
    return moment.strftime(pattern)


def _with_decimals(ours: int, places: int, point: str) -> str:
    sign, whole = "-" if ours < 0 else "", abs(ours)
    return f"{sign}{whole // 10**places}{point}{whole % 10**places:0{places}}"
