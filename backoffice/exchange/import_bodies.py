"""Makes of a row what goes to the other program, in its ids, or says why it cannot go. No network.

A record names others: a partner, a quote, goods. Those that come from here must be over there
first; else the record waits, and goes with a later run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from sqlalchemy import select

from backoffice.exchange import links, unsent
from backoffice.exchange.unsent import Changed, State
from backoffice.jobs.work import Fate
from backoffice.reasons import Reason
from backoffice.store import data_rows
from backoffice.store.tables import data_row
from backoffice.web.i18n import gettext_noop as _
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from backoffice.exchange.links import Link
    from backoffice.exchange.unsent import Note

TYPES: dict[str, type[msgspec.Struct]] = {
    "customers": wire.Customer,
    "sales_documents": wire.SalesDocument,
    "visits": wire.Visit,
    "attachments": wire.Attachment,
}
_DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in TYPES.items()}
_ABOUT = {
    "customer": "customers",
    "product": "products",
    "sales_document": "sales_documents",
    "visit": "visits",
}
_UNKNOWN = {
    "customers": _("Unknown customer {id}"),
    "products": _("Unknown product {id}"),
    "sales_documents": _("Unknown sales document {id}"),
    "visits": _("Unknown visit {id}"),
}
_AWAITED = {
    # Of persons the id alone: reasons outlive what is forgotten of somebody.
    "customers": _("Waits for the customer {name}, who is not in the other program yet"),
    "sales_documents": _("Waits for the document {name}, which is not in the other program yet"),
    "visits": _("Waits for the visit {name}, which is not in the other program yet"),
}
_REFUSED = {
    "customers": _("Waits for the customer {name}, who was refused: {reason}"),
    "sales_documents": _("Waits for the document {name}, which was refused: {reason}"),
    "visits": _("Waits for the visit {name}, which was refused: {reason}"),
}
_NEVER = _("{name} was cancelled or removed before it came to the other program")


class Named(NamedTuple):
    """What a record names: ``is_sent`` when it must be over there, not merely known here."""

    set_name: str
    id: str
    is_sent: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Why a record does not go now."""

    fate: Fate
    reason: str


@dataclass(slots=True)
class Known:
    """What is known of records and of those they name, by data set and id."""

    links: dict[str, dict[str, Link]] = field(default_factory=dict)
    notes: dict[str, dict[str, Note]] = field(default_factory=dict)
    # Rows that have no link; the body is empty where there is a tombstone.
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    # What each record names.
    named: dict[str, list[Named]] = field(default_factory=dict)

    def link(self, set_name: str, row_id: str) -> Link | None:
        """The link of a record, if it was ever exchanged."""
        return self.links.get(set_name, {}).get(row_id)

    def note(self, set_name: str, row_id: str) -> Note | None:
        """What is noted of a record that is not there."""
        return self.notes.get(set_name, {}).get(row_id)

    def theirs(self, set_name: str, row_id: str) -> str:
        """Their id where there is one, else ours."""
        found = self.link(set_name, row_id)
        return (found.their_id if found else "") or row_id


def read(row: Changed, set_name: str) -> Any:  # noqa: ANN401 - one of TYPES
    """The row, or why it cannot be read."""
    try:
        return _DECODERS[set_name].decode(row.body)
    except msgspec.MsgspecError as error:
        reason = Reason(_("The record cannot be read: {error}"), error=error)
        return Held(Fate.REFUSED, reason)


def named_by(row: msgspec.Struct) -> list[Named]:
    """Whom and what a record cannot go without, each once."""
    match row:
        case wire.SalesDocument():
            found = [Named("customers", row.customer, is_sent=True)]
            if row.from_quote:
                found.append(Named("sales_documents", row.from_quote, is_sent=True))
            goods = {it.product: None for it in row.lines}
            return found + [Named("products", it, is_sent=False) for it in goods]
        case wire.Visit():
            return [Named("customers", row.customer, is_sent=True)]
        case wire.Attachment():
            return [Named(_ABOUT[row.about], row.of, is_sent=row.about != "product")]
    return []


def know(
    connection: Connection, channel: str, set_name: str, shop: str, rows: Sequence[msgspec.Struct]
) -> Known:
    """Look up what concerns these records of a data set."""
    own = [row.id for row in rows]  # type: ignore[attr-defined]
    named: dict[str, dict[str, None]] = {}
    mentioned: dict[str, dict[str, None]] = {}
    known = Known()
    for row in rows:
        found = known.named[row.id] = named_by(row)  # type: ignore[attr-defined]
        for it in found:
            named.setdefault(it.set_name, {})[it.id] = None
        for name, row_id in _mentioned(row):
            mentioned.setdefault(name, {})[row_id] = None
    for name in {set_name, *named, *mentioned}:
        ids = dict.fromkeys([*named.get(name, ()), *mentioned.get(name, ())])
        wanted = list(ids | dict.fromkeys(own)) if name == set_name else list(ids)
        linked = known.links[name] = links.links(connection, channel, name, wanted)
        missing = [row_id for row_id in named.get(name, ()) if row_id not in linked]
        known.rows[name] = _rows(connection, name, shop, missing)
        if name in TYPES:
            asked = wanted if name == set_name else missing
            known.notes[name] = unsent.notes(connection, channel, name, shop, asked)
    return known


def held_up(row: msgspec.Struct, known: Known) -> Held | None:
    """Why a record cannot go, if it cannot."""
    for set_name, row_id, is_sent in known.named.get(row.id) or named_by(row):  # type: ignore[attr-defined]
        is_there = row_id in known.links.get(set_name, ())
        if is_there or (not is_sent and row_id in known.rows.get(set_name, ())):
            continue
        return _lacks(Named(set_name, row_id, is_sent), known)
    # Sums are worked out again, NIPs and file names looked at: a row may be older than a rule.
    wrong, reason = wire.wrong_field(row)
    return Held(Fate.REFUSED, Reason(f"{wrong}: {reason}")) if wrong else None


def body_of(row: msgspec.Struct, set_name: str, known: Known) -> dict[str, Any]:
    """The fields of a record; what it names is named by their id where they have one."""
    body: dict[str, Any] = msgspec.to_builtins(row)
    link = known.link(set_name, body["id"])
    body["their_id"] = link.their_id if link else ""
    for name, key in _FIELDS.get(set_name, ()):
        if body[key]:
            body[key] = known.theirs(name, body[key])
    if known.links.get("products"):
        for line in body.get("lines", ()):
            line["product"] = known.theirs("products", line["product"])
    if isinstance(row, wire.Attachment):
        body["of"] = known.theirs(_ABOUT[row.about], row.of)
    return body


# Fields that name a record.
_FIELDS = {
    "sales_documents": (
        ("customers", "customer"),
        ("sales_documents", "from_quote"),
        ("representatives", "representative"),
    ),
    "visits": (
        ("customers", "customer"),
        ("visits", "next_visit"),
        ("representatives", "representative"),
    ),
}


def _mentioned(row: msgspec.Struct) -> Iterator[tuple[str, str]]:
    match row:
        case wire.SalesDocument() if row.representative:
            yield "representatives", row.representative
        case wire.Visit():
            if row.representative:
                yield "representatives", row.representative
            if row.next_visit:
                yield "visits", row.next_visit


def _lacks(it: Named, known: Known) -> Held:
    """What hinders a record that names something which is not over there, or nowhere."""
    body = known.rows.get(it.set_name, {}).get(it.id)
    if body is None:
        return Held(Fate.REFUSED, Reason(_UNKNOWN[it.set_name], id=it.id))
    name = _called(it, body)
    note = known.note(it.set_name, it.id)
    is_on_its_way = note is not None and note.state is State.SENDING
    if not is_on_its_way and (not body or '"state":"cancelled"' in body):
        return Held(Fate.REFUSED, Reason(_NEVER, name=name))
    if note is not None and note.state is State.REFUSED:
        return Held(Fate.WAITING, Reason(_REFUSED[it.set_name], name=name, reason=note.reason))
    return Held(Fate.WAITING, Reason(_AWAITED[it.set_name], name=name))


def _called(it: Named, body: str) -> str:
    fields = msgspec.json.decode(body) if body else {}
    return str(fields.get("number") or it.id)


def _rows(connection: Connection, name: str, shop: str, ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    columns = data_row.c.id, data_row.c.body, data_row.c.is_removed
    here = data_row.c.set_name == name, data_row.c.shop == shop
    for start in range(0, len(ids), data_rows.IDS_MAX):
        some = data_row.c.id.in_(ids[start : start + data_rows.IDS_MAX])
        for row in connection.execute(select(*columns).where(*here, some)):
            found[row.id] = "" if row.is_removed else row.body
    return found
