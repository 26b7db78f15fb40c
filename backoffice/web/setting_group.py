"""What a setting of a shop is to the form that shows it: its kind, its words, and from when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backoffice.web.i18n import gettext_noop as _

Kind = Literal["choice", "checkbox", "time", "number", "money", "text", "lines"]

# From when a change is in force, once the till has fetched it.
AT_ONCE = _("in force as soon as the till has fetched it")
NEXT_LOGIN = _("in force at the next login")
NEXT_RECEIPT = _("in force with the next receipt")
NEXT_SHIFT = _("in force with the next shift")


@dataclass(frozen=True, slots=True)
class SettingField:
    """One setting; ``means`` says what it does at the till, ``choices`` are values and names."""

    name: str
    kind: Kind
    label: str
    means: str
    from_when: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """Settings that belong together; ``name`` is the heading, ``key`` the place on the page."""

    key: str
    name: str
    fields: tuple[SettingField, ...]
