"""Accepted documents become rows, or change them: each once, in whatever order they come. No HTTP.

It happens in the transaction that stores the documents. What the office did to a row since stays
where the document only makes it; of two changes of the same row the later one wins, and the audit
has both. A row that the office took away stays away.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from backoffice.actor import Actor
from backoffice.editing import Editor
from backoffice.field.shapes import DOCUMENTS, place_of, row_of
from backoffice.judge import readable
from backoffice.rights import Role
from backoffice.sale_rows import Filed
from backoffice.store import data_rows
from backoffice.store.tables import field_document, journal_entry, terminal, verdict
from backoffice.store.upsert import upsert
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

TAKEN, WAITING, PASSED, REFUSED = "taken", "waiting", "passed", "refused"
_NAME_LENGTH_MAX = 128
_STEPS = ("planned", "begun", "cancelled", "done")
_Row = dict[str, Any]


def keep(connection: Connection, filed: Iterable[tuple[Filed, wire.Document]]) -> None:
    """Take documents in that were stored just now."""
    for where, document in filed:
        take(connection, where, document)


def take(connection: Connection, where: Filed, document: wire.Document | None) -> None:
    """Take one in, unless it was before, or was not accepted, or tells of nothing made here."""
    if document is None or not where.is_accepted or wire.is_erased(document):
        return
    name, row_id = place_of(document)
    if not name:
        return
    shop = connection.scalar(select(terminal.c.shop).where(terminal.c.id == where.terminal))
    if shop is None:
        return
    # From here on nobody else changes the row; so what is read below is true.
    data_rows.lock(connection, name, shop)
    known = select(field_document.c.fate).where(field_document.c.rid == where.rid)
    if connection.scalar(known) not in {None, WAITING, REFUSED}:
        return
    fate = _apply(connection, shop, where, document)
    place = {"terminal": where.terminal, "shop": shop, "set_name": name, "id": row_id}
    upsert(
        connection,
        field_document,
        [{"rid": where.rid, **place, "fate": fate, "at": where.received_at}],
    )
    if isinstance(document, wire.SalesDoc) and fate != REFUSED:
        follow(connection, shop, [row_id])
        _realise_quote(connection, shop, where, document)


def follow(connection: Connection, shop: str, ids: Sequence[str]) -> None:
    """What waited for orders that are rows now happens to them, whoever brought the rows."""
    its = field_document.c
    waiting = its.shop == shop, its.set_name == DOCUMENTS, its.fate == WAITING
    for start in range(0, len(ids), data_rows.IDS_MAX):
        some = its.id.in_(ids[start : start + data_rows.IDS_MAX])
        chosen = select(its.rid).where(*waiting, some).order_by(its.at, its.rid)
        for rid in list(connection.scalars(chosen)):
            _take_again(connection, rid)


def _apply(connection: Connection, shop: str, where: Filed, document: wire.Document) -> str:
    """Change the row; what became of the document."""
    name, row_id = place_of(document)
    editor = Editor(connection, _actor(document), datetime.fromisoformat(where.received_at))
    now = editor.row(name, shop, row_id)
    if now is None and data_rows.was_ever(connection, name, shop, row_id):
        return PASSED
    match document:
        case wire.SalesStateDoc() | wire.ReceiptDoc():
            if now is None:
                return WAITING
            wanted = _with_state(now, document)
        case wire.CustomerEditDoc():
            wanted = {**(now or {}), **row_of(document)}
        case wire.VisitDoc():
            wanted = _newest_visit(now, row_of(document))
        case _:
            wanted = now or row_of(document)
    if wanted == now:
        return PASSED
    outcome = editor.put(name, shop, [wanted], "till", take_good=True)
    if outcome.faults:
        # The judge knew of nothing wrong; the neighbours of the row do. The journal goes on.
        reason = f"row: {name}/{row_id}: {outcome.faults[0].reason}"
        _reject(connection, where, reason)
        return REFUSED
    return TAKEN


def _with_state(now: _Row, document: wire.SalesStateDoc | wire.ReceiptDoc) -> _Row:
    """An order in its next state. A receipt is a fact: it counts also against a cancellation."""
    state = now.get("state", "open")
    if isinstance(document, wire.ReceiptDoc):
        is_first = not now.get("receipt")
        return {**now, "state": "realised", "receipt": document.rid} if is_first else now
    return {**now, "state": document.state} if state == "open" else now


def _newest_visit(now: _Row | None, told: _Row) -> _Row:
    """A visit as told last; it only goes forward, and one that was made is no more cancelled."""
    return now if now is not None and _step(now) > _step(told) else told


def _step(visit: _Row) -> int:
    state = visit.get("state", "planned")
    return _STEPS.index("begun" if state == "planned" and visit.get("began_at") else state)


def _realise_quote(
    connection: Connection, shop: str, where: Filed, document: wire.SalesDoc
) -> None:
    """The quote that an order was made of."""
    if not document.from_quote:
        return
    editor = Editor(connection, _actor(document), datetime.fromisoformat(where.received_at))
    quote = editor.row(DOCUMENTS, shop, document.from_quote)
    if quote and quote.get("state", "open") == "open":
        editor.put(DOCUMENTS, shop, [{**quote, "state": "realised"}], "till", take_good=True)


def _take_again(connection: Connection, rid: str) -> None:
    columns = journal_entry.c
    chosen = select(columns.terminal, columns.epoch, columns.seq, columns.received_at, columns.body)
    row = connection.execute(chosen.where(columns.rid == rid)).first()
    if row is not None:
        where = Filed(row.terminal, row.epoch, row.seq, rid, True, row.received_at)
        take(connection, where, readable(row.body))


def _reject(connection: Connection, where: Filed, reason: str) -> None:
    here = (
        verdict.c.terminal == where.terminal,
        verdict.c.epoch == where.epoch,
        verdict.c.seq == where.seq,
    )
    connection.execute(update(verdict).where(*here).values(is_accepted=False, reason=reason))


def _actor(document: wire.Document) -> Actor:
    """Whoever wrote it at the till, as the audit calls them."""
    name = f"{document.operator} ({document.terminal})"[:_NAME_LENGTH_MAX]
    return Actor("", name, Role.CLERK, None, "en")
