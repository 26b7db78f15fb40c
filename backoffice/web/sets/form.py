"""Between what a person types and a row of a data set: both ways, with what is wrong. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backoffice.rows import FieldFault, read_row
from backoffice.web import typed
from backoffice.web.i18n import _
from backoffice.web.sets.fault_wording import field_of, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from backoffice.errors import RowFault
    from backoffice.web.sets.shape import DataSet


@dataclass(slots=True)
class Form:
    """What stands in each field, and what is wrong with it; ``errors`` of no field are ``""``."""

    texts: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)

    def blame(self, data_set: DataSet, faults: Iterable[FieldFault | RowFault]) -> None:
        """Say each fault beside its field, or above the form where it has none."""
        for fault in faults:
            name = field_of(fault.path, fault.reason)
            known = data_set.field(name)
            if known is None:
                self.general.append(said(fault.reason))
            else:
                self.errors.setdefault(name, said(fault.reason, known))

    @property
    def is_wrong(self) -> bool:
        """Whether anything is."""
        return bool(self.errors or self.general)


def filled(data_set: DataSet, row: Mapping[str, Any]) -> Form:
    """The form of a row; what the row lacks is empty."""
    return Form({it.name: it.written(row.get(it.name, "")) for it in data_set.fields})


def read(
    data_set: DataSet, given: Mapping[str, str], base: Mapping[str, Any]
) -> tuple[dict[str, Any], Form]:
    """The row that was typed over ``base``, and the form as it comes back if it is wrong."""
    form = Form({it.name: given.get(it.name, "") for it in data_set.fields})
    row = {**data_set.blank(), **base}
    blank = data_set.blank()
    for it in data_set.fields:
        text = form.texts[it.name]
        if not text.strip() and it.kind != "checkbox":
            row.pop(it.name, None)
            if it.name in blank:
                row[it.name] = blank[it.name]
            else:
                form.errors[it.name] = _("Fill this in")
            continue
        try:
            row[it.name] = it.value(text)
        except typed.NotUnderstood as error:
            form.errors[it.name] = error.reason.said(_)
    if not form.is_wrong:
        judged = read_row(data_set.name, row)
        if isinstance(judged, FieldFault):
            form.blame(data_set, [judged])
    return row, form
