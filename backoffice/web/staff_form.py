"""Between a person at the tills and the form that shows him: both ways, with what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from backoffice.pins import is_pin, is_weak
from backoffice.web.given import line, several, text
from backoffice.web.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backoffice.staff import Person

_IDENTIFIER = re.compile(r"[0-9]{1,10}")
_NAME_MAX = 32
FIELDS = ("name", "identifier", "role", "language")


def filled(person: Person) -> dict[str, Any]:
    """What stands in each field; the PIN is shown to nobody."""
    return {**{name: getattr(person.user, name) for name in FIELDS}, "shops": person.shops}


def read(
    given: Mapping[str, Any], roles: Mapping[str, str], shops: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed, and what is wrong with it; a PIN that is easily guessed must be meant."""
    told: dict[str, Any] = {name: line(given, name) for name in FIELDS}
    told["shops"] = [shop for shop in several(given, "shops") if shop in shops]
    errors = {}
    if not told["name"]:
        errors["name"] = _("Fill this in")
    elif len(told["name"]) > _NAME_MAX:
        errors["name"] = _("At most {most} characters", most=_NAME_MAX)
    if not _IDENTIFIER.fullmatch(told["identifier"]):
        errors["identifier"] = _("1 to 10 digits, as they are typed at the till")
    if told["role"] not in roles:
        errors["role"] = _("Choose one of the list")
    if told["language"] not in {"", *LANGUAGES}:
        errors["language"] = _("Choose one of the list")
    if not told["shops"] and len(several(given, "shops")):
        errors["shops"] = _("Choose one of the list")
    pin = text(given, "pin")
    if pin and not is_pin(pin):
        errors["pin"] = _("A PIN has 4 to 8 digits")
    elif pin and is_weak(pin, told["identifier"]) and not text(given, "sure"):
        errors["pin"] = _(
            "This PIN is among the first that anybody tries. Type another one, or the same again"
            " and tick the box below."
        )
    told["pin"] = pin
    return told, errors
