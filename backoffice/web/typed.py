"""Reads what a person typed into a form: money, percents, quantities, rates, days, times.

People write ``12,50``, ``12.50 zł`` and ``1 234,5``: whatever the pages show can be typed back.
Nothing is guessed and nothing is rounded: what has two meanings is refused with a reason.
"""

from __future__ import annotations

import re
from datetime import datetime

from backoffice.reasons import Reason
from backoffice.web import wording
from backoffice.web.i18n import gettext_noop as _
from backoffice.web.i18n import spoken

# What a form shall hold at most; more than any number, day or price needs.
_LENGTH_MAX = 40
_DIGITS_MAX = 15
_MINUSES = "-\N{MINUS SIGN}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_MONEY_WORDS = re.compile(r"zł|zl|pln", re.IGNORECASE)
_NUMBER = re.compile(r"(?P<minus>-?)(?P<whole>[0-9]*)(?:[.,](?P<part>[0-9]*))?")
# Where thousands are grouped by what elsewhere stands before the decimals.
_GROUPS = {"en": ",", "es": "."}
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:(?:,[0-9]{3})+\.[0-9]*|(?:\.[0-9]{3})+,[0-9]*)")
_POLISH_DAY = re.compile(r"([0-9]{1,2})[.\-/]([0-9]{1,2})[.\-/]([0-9]{4})")
_TIME = re.compile(r"([0-9]{1,2})(?::|\.|h)([0-9]{2})")

EXEMPT_BP, INACTIVE_BP = 10_000, 10_100
_DASHES = frozenset("—–-")


class NotUnderstood(ValueError):
    """What was typed is not what the field holds; ``reason`` can be said in any language."""

    def __init__(self, message: str, **values: object) -> None:
        self.reason = Reason(message, **values)
        super().__init__(str(self.reason))


def money(text: str) -> int:
    """Grosze of ``12,50``, ``12.50 zł``, ``1 234,5``; raises ``NotUnderstood``."""
    return _scaled(_MONEY_WORDS.sub("", _bare(text)), 2, _("Write an amount such as 12,50"))


def percent(text: str) -> int:
    """Basis points of ``23``, ``23%``, ``7,5 %``; raises ``NotUnderstood``."""
    return _scaled(_bare(text).removesuffix("%"), 2, _("Write a percentage such as 7,5"))


def quantity(text: str) -> int:
    """Thousandths of ``2``, ``0,375``; raises ``NotUnderstood``."""
    return _scaled(_bare(text), 3, _("Write a quantity such as 2 or 0,375"))


def rate(text: str) -> int:
    """Ten-thousandths of a zloty of ``4,2650``; raises ``NotUnderstood``."""
    return _scaled(_MONEY_WORDS.sub("", _bare(text)), 4, _("Write a rate such as 4,2650"))


def number(text: str) -> int:
    """A whole number; raises ``NotUnderstood``."""
    return _scaled(_bare(text), 0, _("Write a whole number"))


def day(text: str) -> str:
    """A day as ``2026-11-30``, also from ``30.11.2026``; raises ``NotUnderstood``."""
    typed = text.strip()[:_LENGTH_MAX]
    if found := _POLISH_DAY.fullmatch(typed):
        typed = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    try:
        return datetime.strptime(typed, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 (no time)
    except ValueError:
        raise NotUnderstood(_("Write a day such as 2026-11-30")) from None


def time(text: str) -> str:
    """A time of the day as ``07:05``, also from ``7.05``; raises ``NotUnderstood``."""
    found = _TIME.fullmatch(text.strip()[:_LENGTH_MAX])
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:  # noqa: PLR2004 (a day, an hour)
        raise NotUnderstood(_("Write a time such as 22:00"))
    return f"{found[1]:0>2}:{found[2]}"


def nip(text: str) -> str:
    """The digits of a NIP that was typed with dashes, spaces or ``PL``; not judged here."""
    return re.sub(r"[\s\-]", "", text.strip()).removeprefix("PL")


def account(text: str) -> str:
    """The digits of a Polish bank account, typed with spaces or ``PL``; not judged here."""
    return re.sub(r"[\s\-]", "", text).removeprefix("PL")


def symbol(text: str) -> str:
    """A letter or symbol, in capitals; not judged here."""
    return text.strip().upper()


def vat(text: str) -> int:
    """A VAT rate as ``wording.rate`` writes it, in basis points with the marks of the wire."""
    word = text.strip().casefold()
    if word.rstrip(".") in {wording.rate(EXEMPT_BP).casefold().rstrip("."), "zw"}:
        return EXEMPT_BP
    if word in _DASHES:
        return INACTIVE_BP
    rate_bp = percent(text)
    if not 0 <= rate_bp < EXEMPT_BP:
        raise NotUnderstood(_("Write a percentage such as 7,5"))
    return rate_bp


def as_money(amount_gr: int) -> str:
    """An amount as a field of a form shows it: ``1234,50``."""
    return _written(amount_gr, 2, shown=2)


def as_percent(rate_bp: int) -> str:
    """A percentage as a field shows it: ``7,5``."""
    return _written(rate_bp, 2)


def as_quantity(qty_milli: int) -> str:
    """A quantity as a field shows it: ``0,375``."""
    return _written(qty_milli, 3)


def as_rate(rate_e4: int) -> str:
    """A rate as a field shows it: ``4,2650``."""
    return _written(rate_e4, 4, shown=4)


def _bare(text: str) -> str:
    """Without spaces of any kind, and with one kind of minus."""
    if len(text.strip()) > _LENGTH_MAX:
        raise NotUnderstood(_("Too long: at most {most} characters"), most=_LENGTH_MAX)
    close = "".join(text.split())
    return "-" + close[1:] if close[:1] in _MINUSES and close else close


def _scaled(text: str, digits: int, example: str) -> int:
    """The number in ``text``, times ten to the power of ``digits``; nothing is rounded away."""
    if _is_ambiguous(text, digits):
        message = _("“{text}” can be read in two ways; leave thousands ungrouped")
        raise NotUnderstood(message, text=text)
    if _GROUPED.fullmatch(text):
        last = max(text.rfind("."), text.rfind(","))
        text = text[:last].replace(".", "").replace(",", "") + "." + text[last + 1 :]
    found = _NUMBER.fullmatch(text)
    if found is None or not (found["whole"] or found["part"]):
        raise NotUnderstood(example)
    part = (found["part"] or "").rstrip("0")
    if len(part) > digits:
        if not digits:
            raise NotUnderstood(example)
        raise NotUnderstood(_("At most {digits} digits after the comma"), digits=digits)
    whole = found["whole"].lstrip("0")
    if len(whole) > _DIGITS_MAX:
        raise NotUnderstood(_("The number is too large"))
    amount = int(f"{whole}{part:0<{digits}}" or "0")
    return -amount if found["minus"] else amount


def _is_ambiguous(text: str, digits: int) -> bool:
    """Whether ``1,234`` may be a thousand to whoever reads this language."""
    sign = _GROUPS.get(spoken(), "")
    parts = text.lstrip("-").split(sign) if sign else [text]
    return digits > 2 and len(parts) > 1 and all(len(it) == 3 for it in parts[1:])  # noqa: PLR2004


def _written(amount: int, digits: int, *, shown: int = 0) -> str:
    """The other way round; at least ``shown`` digits after the comma."""
    whole, part = divmod(abs(amount), 10**digits)
    decimals = f"{part:0{digits}d}"
    kept = decimals[:shown] + decimals[shown:].rstrip("0")
    sign = "." if spoken() == "en" else ","
    return ("-" if amount < 0 else "") + (f"{whole}{sign}{kept}" if kept else str(whole))
