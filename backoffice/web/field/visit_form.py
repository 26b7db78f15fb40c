"""Between a visit and the form that plans it: both ways, with what is wrong. Pure."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from backoffice.moments import ZONE
from backoffice.web import typed
from backoffice.web.given import line, text
from backoffice.web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

MINUTES_MAX = 1440
_SUBJECT_MAX, _NOTE_MAX = 120, 2000
FIELDS = ("customer", "day", "time", "minutes", "subject", "representative", "note")


def blank(day: str, customer: str) -> dict[str, str]:
    """A visit that nobody planned yet."""
    return {**dict.fromkeys(FIELDS, ""), "day": day, "time": "09:00", "minutes": "30"} | {
        "customer": customer
    }


def filled(row: Any) -> dict[str, str]:  # noqa: ANN401 (a visit)
    """What stands in each field."""
    moment = datetime.fromisoformat(row.at)
    # At either end of the calendar our own hour may lie outside of it.
    with suppress(OverflowError):
        moment = moment.astimezone(ZONE)
    told = {name: str(getattr(row, name, "")) for name in FIELDS}
    return {**told, "day": moment.date().isoformat(), "time": f"{moment:%H:%M}"}


def read(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str], dict[str, str]]:
    """The fields of the visit, what was typed, and what is wrong with it."""
    told = {name: line(given, name) for name in FIELDS}
    told["note"] = text(given, "note").replace("\r\n", "\n").strip()
    errors: dict[str, str] = {}
    day = _read(told, "day", typed.day, errors)
    clock = _read(told, "time", typed.time, errors)
    minutes = _read(told, "minutes", typed.number, errors)
    if minutes is not None and not 0 <= minutes <= MINUTES_MAX:
        errors["minutes"] = _("At most {most}", most=MINUTES_MAX)
    if not told["customer"]:
        errors["customer"] = _("Choose one of the list")
    for name, most in (("subject", _SUBJECT_MAX), ("note", _NOTE_MAX)):
        if len(told[name]) > most:
            errors[name] = _("At most {most} characters", most=most)
    if errors:
        return {}, told, errors
    moment = datetime.combine(datetime.fromisoformat(day), time.fromisoformat(clock), ZONE)
    kept = {name: told[name] for name in ("customer", "subject", "representative", "note")}
    return {**kept, "at": moment.isoformat(), "minutes": minutes}, told, errors


def _read(told: Mapping[str, str], name: str, read: Any, errors: dict[str, str]) -> Any:  # noqa: ANN401 (what `read` gives)
    try:
        return read(told[name])
    except typed.NotUnderstood as wrong:
        errors[name] = wrong.reason.said(_)
        return None
