"""What a page of a data set is declared by: its fields, their kinds, its rights. No HTTP, no data.

What is not said here is taken from the type of the rows: which fields must be filled in, their
defaults, and what the tills may be sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from backoffice.rights import Right, to_change, to_read
from backoffice.rows import row_type
from backoffice.web import typed, wording
from backoffice.web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal[
    "text",
    "number",
    "money",
    "percent",
    "quantity",
    "rate",
    "vat",
    "date",
    "time",
    "checkbox",
    "choice",
]

_READ: dict[str, Any] = {
    "number": typed.number,
    "money": typed.money,
    "percent": typed.percent,
    "quantity": typed.quantity,
    "rate": typed.rate,
    "vat": typed.vat,
    "date": typed.day,
    "time": typed.time,
}
_WRITTEN: dict[str, Any] = {
    "money": typed.as_money,
    "percent": typed.as_percent,
    "quantity": typed.as_quantity,
    "rate": typed.as_rate,
    "vat": wording.rate,
}
_SHOWN: dict[str, Any] = {
    "money": wording.money,
    "percent": wording.percent,
    "quantity": wording.quantity,
    "rate": typed.as_rate,
    "vat": wording.rate,
    "date": wording.date,
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form, and a column of the list if it ``is_listed``.

    ``label``, ``help`` and the words of ``choices`` are message ids. The choices of a field that
    ``refers_to`` a data set are the rows of that set in the shop. ``read`` replaces what the kind
    reads, for a field that people write in a way of its own.
    """

    name: str
    label: str
    kind: Kind = "text"
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    refers_to: str = ""
    is_listed: bool = True
    read: Any = None

    @property
    def is_figure(self) -> bool:
        """Whether a column of it is aligned like numbers."""
        return self.kind in {"number", "money", "percent", "quantity", "rate", "vat"}

    @property
    def input_kind(self) -> str:
        """The kind of its field in ``forms.html``."""
        return "text" if self.kind in {"rate", "vat", "number"} else self.kind

    def said_choices(self) -> tuple[tuple[str, str], ...]:
        """Its own choices in the language that is spoken."""
        return tuple((value, _(words)) for value, words in self.choices)

    def said_text(self, text: str, choices: Sequence[tuple[str, str]]) -> str:
        """How people read what the form says: a choice by its words."""
        if self.kind == "checkbox":
            return self.shown(bool(text))
        return dict(choices).get(text, text) or "—"

    def value(self, text: str) -> Any:  # noqa: ANN401 (whatever the row holds)
        """What the row holds for a typed text; raises ``typed.NotUnderstood``."""
        if self.kind == "checkbox":
            return bool(text)
        read = self.read or _READ.get(self.kind)
        return read(text) if read else " ".join(text.split())

    def written(self, value: Any) -> str:  # noqa: ANN401 (whatever the row holds)
        """The text in the form for what the row holds."""
        if self.kind == "checkbox":
            return "yes" if value else ""
        write = _WRITTEN.get(self.kind)
        return write(value) if write and isinstance(value, int) else str(value)

    def shown(self, value: Any) -> str:  # noqa: ANN401 (whatever the row holds)
        """How people read what the row holds."""
        if self.kind == "checkbox":
            return _("yes") if value else _("no")
        if value == "":
            return "—"
        if self.kind == "choice" and not self.refers_to:
            return _(dict(self.choices).get(str(value), str(value)))
        show = _SHOWN.get(self.kind)
        return show(value) if show else str(value)


@dataclass(frozen=True, slots=True)
class DataSet:
    """The pages of one data set below ``path``.

    ``title`` names the list, ``one`` a row of it, ``intro`` says what it is for: message ids.
    ``searched`` are the fields that the search looks into. Rows that are ``is_ordered`` have a
    ``position``, changed by arrows. ``said_after`` is told after each change.
    """

    name: str
    title: str
    one: str
    intro: str
    fields: tuple[Field, ...]
    searched: tuple[str, ...] = ("name",)
    is_ordered: bool = False
    said_after: str = ""

    @property
    def path(self) -> str:
        """Where its list is."""
        return f"/data/{self.name}"

    @property
    def look(self) -> Right:
        """What one must be allowed to see it; whom a shop knows by name is not for everybody."""
        return to_read(self.name)

    @property
    def right(self) -> Right:
        """What one must be allowed to change it."""
        return to_change(self.name)

    @property
    def can_rest(self) -> bool:
        """Whether a row can be taken out of use and stay: all others are removed and put back."""
        return "is_active" in row_type(self.name).__struct_fields__

    @property
    def has_own_ids(self) -> bool:
        """Whether people give a row its id: a currency's symbol."""
        return any(field.name == "id" for field in self.fields)

    def field(self, name: str) -> Field | None:
        """One field by its name."""
        return next((field for field in self.fields if field.name == name), None)

    def required(self) -> set[str]:
        """Fields that have no default."""
        return {it.name for it in msgspec.structs.fields(row_type(self.name)) if it.required}

    def blank(self) -> dict[str, Any]:
        """The defaults of a row."""
        found = {}
        for it in msgspec.structs.fields(row_type(self.name)):
            if it.default_factory is not msgspec.NODEFAULT:
                found[it.name] = it.default_factory()
            elif not it.required:
                found[it.name] = it.default
        return found
