"""A form as it was sent, and how it comes back: wrong, refused, or later than somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backoffice.editing import BadElsewhere, Editor, place
from backoffice.rows import FieldFault
from backoffice.web.i18n import _
from backoffice.web.sets import form as forms
from backoffice.web.sets.fault_wording import said
from backoffice.web.sets.row_page import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backoffice.errors import BadRows, RowChanged
    from backoffice.web.sets.form import Form
    from backoffice.web.sets.shape import DataSet

_DIGITS_MAX = 18


@dataclass(frozen=True, slots=True)
class Submission:
    """What the browser sent, of which nothing is to be trusted."""

    given: Mapping[str, str]
    draft: Draft

    @property
    def shop(self) -> str:
        """The shop that was looked at."""
        return self.given.get("shop", "")

    @property
    def form(self) -> Form:
        """The form that comes back."""
        return self.draft.form


def of(data_set: DataSet, data: Mapping[str, Any]) -> Submission:
    """What was sent for one row; what is not a text is ignored."""
    given = {name: text for name, text in data.items() if isinstance(text, str)}
    draft = Draft(
        given.get("row", "")[:64],
        whole_number(given.get("revision", "")),
        forms.filled(data_set, {}),
        {it.name: given.get(f"was.{it.name}", "") for it in data_set.fields},
        is_everywhere=bool(given.get("everywhere")),
    )
    return Submission(given, draft)


def whole_number(digits: str) -> int:
    """A number that the page wrote itself; whatever else was sent is 0."""
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS_MAX
    return int(digits) if is_number else 0


def typed_row(editor: Editor, data_set: DataSet, shop: str, sent: Submission) -> dict[str, Any]:
    """The row that was typed, over what the row is now; the draft learns what is wrong.

    Fields for which somebody else's value was chosen are what they are now.
    """
    draft, name = sent.draft, data_set.name
    now = editor.row(name, shop, draft.row_id) if draft.row_id else None
    taken = forms.filled(data_set, now or {}).texts
    given = {
        it.name: taken[it.name]
        if sent.given.get(f"take.{it.name}")
        else sent.given.get(it.name, "")
        for it in data_set.fields
    }
    if draft.row_id:
        given["id"] = draft.row_id
    base = {**(now or _first_of(editor, data_set, shop)), "id": given.get("id", "")}
    row, draft.form = forms.read(data_set, given, base)
    if not draft.form.is_wrong:
        draft.form = forms.filled(data_set, row)
    return row


def is_the_same(data_set: DataSet, sent: Submission, error: RowChanged) -> bool:
    """Whether the row says already what was typed: sent twice, or both typed the same."""
    return error.row is not None and not theirs(data_set, sent.form, error.row)


def too_late(data_set: DataSet, sent: Submission, error: RowChanged) -> None:
    """Have the form come back with what the row says now beside what was typed."""
    draft = sent.draft
    if not draft.row_id:
        draft.form.errors["id"] = _("There is one with this name already")
        return
    draft.revision = error.revision
    if error.row is None:
        draft.form.general.append(_("Somebody removed it meanwhile. Saving puts it back."))
        return
    draft.theirs = theirs(data_set, draft.form, error.row)
    draft.form.general.append(
        _("Somebody changed it meanwhile. Choose for each field which value stays, and save.")
    )


def refused(data_set: DataSet, sent: Submission, error: BadRows, shops: Mapping[str, str]) -> None:
    """Say what does not fit; in another shop above the form."""
    if isinstance(error, BadElsewhere):
        sent.form.general += elsewhere(error, shops)
        return
    sent.form.blame(data_set, [FieldFault(it.path, it.reason) for it in error.faults])


def elsewhere(error: BadElsewhere, shops: Mapping[str, str]) -> list[str]:
    """What another shop says against a change, with the name of that shop."""
    where = shops.get(error.shop, error.shop)
    return [_("In {shop}: {why}", shop=where, why=said(fault.reason)) for fault in error.faults]


def theirs(data_set: DataSet, form: Form, row: Mapping[str, Any]) -> dict[str, str]:
    """What each field that differs says in the row as it is now."""
    now = forms.filled(data_set, row).texts
    return {name: text for name, text in now.items() if text != form.texts[name]}


def _first_of(editor: Editor, data_set: DataSet, shop: str) -> dict[str, Any]:
    """What a new row begins with: the last place, where rows have places."""
    if not data_set.is_ordered:
        return {}
    placed = [place(row)[0] for row in editor.rows(data_set.name, shop).values()]
    return {"position": max(placed, default=-1) + 1}
