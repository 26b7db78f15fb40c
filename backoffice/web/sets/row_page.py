"""One row of a data set: its form, what became of it, and what somebody else made of it meanwhile.

Reads the database and makes the page; what the buttons do is in ``pages``.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from backoffice import changes, editing
from backoffice.errors import NotFound
from backoffice.reach import reach
from backoffice.rights import Right
from backoffice.store import data_rows
from backoffice.web.chosen import shops_of
from backoffice.web.i18n import _, gettext_noop
from backoffice.web.sets import listing
from backoffice.web.sets.form import Form, filled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, Row

    from backoffice.actor import Actor
    from backoffice.web.sets.shape import DataSet

HISTORY_ROWS = 20
_ACTS = {
    "put": gettext_noop("saved"),
    "merge": gettext_noop("saved"),
    "import": gettext_noop("imported"),
    "remove": gettext_noop("removed"),
    "restore": gettext_noop("put back"),
    "rest": gettext_noop("taken out of use"),
    "wake": gettext_noop("put into use"),
    "undo": gettext_noop("undone"),
    "move": gettext_noop("moved"),
    "erase": gettext_noop("erased"),
}


@dataclass(slots=True)
class Draft:
    """What a form says at the moment.

    ``was`` is what its fields said when it was opened; ``theirs`` what a row that somebody else
    changed meanwhile says now, for the fields in which it differs from what was typed.
    """

    row_id: str
    revision: int
    form: Form
    was: Mapping[str, str]
    theirs: dict[str, str] = field(default_factory=dict)
    is_everywhere: bool = False

    def keeps_theirs(self, name: str) -> bool:
        """Whether to propose the other's value: where this one was left as it was."""
        return self.form.texts[name] == self.was.get(name)


def fresh(data_set: DataSet) -> Draft:
    """An empty form. Its id is made now: sent twice, it still makes one row."""
    form = filled(data_set, data_set.blank())
    return Draft("" if data_set.has_own_ids else secrets.token_hex(8), 0, form, form.texts)


def opened(connection: Connection, data_set: DataSet, shop: str, row_id: str) -> Draft:
    """The form of a row; raises ``NotFound``."""
    row = shown_row(connection, data_set, shop, row_id)
    revision = data_rows.revision_of_row(connection, data_set.name, shop, row_id)
    form = filled(data_set, row)
    return Draft(row_id, revision, form, form.texts)


def shown_row(connection: Connection, data_set: DataSet, shop: str, row_id: str) -> dict[str, Any]:
    """A row that lives, or was removed; raises ``NotFound``."""
    name = data_set.name
    body = data_rows.body_of(connection, name, shop, row_id)
    body = body or data_rows.removed_body(connection, name, shop, row_id)
    if body is None:
        raise NotFound(detail=f"{name} has no row {row_id!r}")
    row: dict[str, Any] = msgspec.json.decode(body)
    return row


def context(
    connection: Connection, data_set: DataSet, actor: Actor, shop: str, draft: Draft
) -> dict[str, Any]:
    """What the template of a row needs."""
    name, row_id = data_set.name, draft.row_id
    body = data_rows.body_of(connection, name, shop, row_id)
    revision = data_rows.last_revision(connection, name, shop, row_id)
    names = listing.names_of(connection, data_set, shop)
    past = changes.history(connection, f"{name}/{row_id}", shop, HISTORY_ROWS)
    return {
        "data_set": data_set,
        "shop": shop,
        "shops": shops_of(connection, actor),
        "draft": draft,
        "choices": listing.choices(connection, data_set, shop, row_id),
        "required": data_set.required(),
        "is_new": not revision,
        "is_removed": body is None and revision > 0,
        "is_active": body is None or msgspec.json.decode(body).get("is_active", True),
        "may_change": actor.may(data_set.right),
        "may_erase": actor.may(Right.JUDGE),
        "can_undo": editing.can_undo(connection, name, shop, row_id),
        "reached": reach(connection, shop, name, revision) if revision else [],
        "history": [_told(data_set, line, names) for line in past],
        "last": past[0] if past else None,
    }


def _told(
    data_set: DataSet,
    line: Row[Any],
    names: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """A line of the history: who, when, what, and each field before and after."""
    before: dict[str, Any] = msgspec.json.decode(line.before) if line.before else {}
    after: dict[str, Any] = msgspec.json.decode(line.after) if line.after else {}
    changed = []
    for it in data_set.fields:
        was, now = before.get(it.name, ""), after.get(it.name, "")
        if was != now:
            known = names.get(it.refers_to, {})
            said = [
                it.shown(known.get(value, value) if it.refers_to else value) for value in (was, now)
            ]
            changed.append((it.label, said[0] if before else "", said[1] if after else ""))
    act = _(_ACTS[line.act]) if line.act in _ACTS else line.act
    return {"at": line.at, "who": line.name, "act": act, "changed": changed}
