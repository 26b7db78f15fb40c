"""Plans visits in the office, for a representative, with a partner or whoever may become one."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from backoffice.errors import Conflict, NotFound
from backoffice.field.shapes import CUSTOMERS, VISITS
from backoffice.folding import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backoffice.editing import Editor

# A choice longer than this is no choice; more are found from the page of the customer.
CUSTOMERS_MAX = 1000


class NotPlanned(Conflict):
    """The visit was made or given up meanwhile: it is not planned any more."""


def save(editor: Editor, shop: str, visit: Mapping[str, Any], row_id: str, revision: int) -> str:
    """Plan a visit, a new one with an empty id, or change a planned one; its id.

    Raises ``RowChanged``, ``BadRows``, ``NotPlanned``, and ``NotFound`` for a customer who is not.
    """
    if editor.row(CUSTOMERS, shop, str(visit.get("customer", ""))) is None:
        raise NotFound(detail="there is no such customer")
    if not row_id:
        row_id = str(uuid.uuid4())
        editor.save(VISITS, shop, {**visit, "id": row_id}, 0, act="plan")
        return row_id
    now = planned(editor, shop, row_id)
    editor.save(VISITS, shop, {**now, **visit, "id": row_id}, revision, act="plan")
    return row_id


def cancel(editor: Editor, shop: str, row_id: str, revision: int) -> None:
    """Give a planned visit up; raises what ``save`` does."""
    now = planned(editor, shop, row_id)
    editor.save(VISITS, shop, {**now, "state": "cancelled"}, revision, act="cancel")


def planned(editor: Editor, shop: str, row_id: str) -> dict[str, Any]:
    """A visit that can still be changed; raises ``NotFound``, ``NotPlanned``."""
    now = editor.row(VISITS, shop, row_id)
    if now is None:
        raise NotFound(detail=f"no visit {row_id!r}")
    if now.get("state", "planned") != "planned" or now.get("began_at"):
        raise NotPlanned(detail="the visit was begun, made or given up")
    return now


def partners(editor: Editor, shop: str, also: str = "") -> list[dict[str, Any]]:
    """Whom a visit can be planned with, by name; ``also`` is one who must be among them."""
    rows = editor.rows(CUSTOMERS, shop)
    active = [row for row in rows.values() if row.get("is_active", True)]
    first = sorted(active, key=lambda row: (folded(row["name"]), row["id"]))[:CUSTOMERS_MAX]
    chosen = rows.get(also)
    return first if chosen is None or chosen in first else [chosen, *first]
