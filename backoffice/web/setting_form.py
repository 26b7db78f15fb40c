"""Between the settings of a shop and the form that shows them: both ways, with what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from backoffice.rows import FieldFault, read_row
from backoffice.shop_settings import ROW
from backoffice.web import typed, wording
from backoffice.web.given import line, text
from backoffice.web.i18n import _
from backoffice.web.sets.fault_wording import field_of, said
from backoffice.web.setting_fields import FIELDS
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backoffice.web.setting_group import SettingField

_TYPES = {field.name: field.type for field in msgspec.structs.fields(wire.Settings)}
_PLACE = re.compile(r"\$\[(\d+)\]")


def filled(settings: wire.Settings) -> dict[str, str]:
    """What stands in each field."""
    return {name: _written(field, getattr(settings, name)) for name, field in FIELDS.items()}


def read(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The row that was typed, and what is wrong with each field that cannot be taken."""
    row: dict[str, Any] = {"id": ROW}
    errors: dict[str, str] = {}
    for name, field in FIELDS.items():
        try:
            row[name] = _value(field, given)
            msgspec.convert(row[name], _TYPES[name])
        except typed.NotUnderstood as error:
            errors[name] = error.reason.said(_)
        except msgspec.ValidationError as error:
            errors[name] = _fault(field, str(error))
    if not errors and isinstance(fault := read_row("settings", row), FieldFault):
        errors[field_of(fault.path, fault.reason)] = said(fault.reason)
    return row, errors


def shown(name: str, value: object) -> str:
    """A value as people read it, in a list of what changes."""
    field = FIELDS[name]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "—"
    if field.kind == "money" and isinstance(value, int):
        return wording.money(value)
    if field.kind == "choice":
        return _(dict(field.choices).get(str(value), str(value)))
    return str(value) or "—"


def _written(field: SettingField, value: Any) -> str:  # noqa: ANN401 (whatever the row holds)
    match field.kind:
        case "checkbox":
            return "yes" if value else ""
        case "lines":
            return "\n".join(value)
        case "money":
            return typed.as_money(value)
    return str(value)


def _value(field: SettingField, given: Mapping[str, Any]) -> object:
    told = text(given, field.name)
    match field.kind:
        case "checkbox":
            return bool(told)
        case "lines":
            lines = (" ".join(one.split()) for one in told.splitlines())
            return [one for one in lines if one]
        case "money":
            return typed.money(told)
        case "number":
            return typed.number(told)
        case "time":
            return typed.time(told)
    return line(given, field.name)


def _fault(field: SettingField, told: str) -> str:
    """What msgspec finds wrong, as people say it; of a list, in which line."""
    reason, _at, path = told.partition(" - at ")
    if field.kind == "choice":
        return _("Choose one of the list")
    if "regex" in reason and field.name == "remind_days":
        return _("Write the days as digits in order, such as 12345")
    if "regex" in reason:
        return _("A public key has 44 characters, the last of them is =")
    if place := _PLACE.search(path):
        return _("Line {number}: {why}", number=int(place[1]) + 1, why=said(reason))
    if field.kind == "lines":
        return _("Too many lines")
    return said(reason)
