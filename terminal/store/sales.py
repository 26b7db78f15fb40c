"""The list of transactions: printed receipts, newest first, a page at a time by key. Reads only.

Each filter walks an index from where the last page ended, so a million receipts cost no more than
fifty. Who may not see the receipts of others sees his own, and the till's last five: whoever comes
back at once does not look for the cashier who sold to him.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

LAST_SHOWN = 5
_PAGE_MAX = 200
_NEWEST = ("9999", 2**62)

_COLUMNS = (
    "r.rid, r.receipt_no, r.closed_at, r.operator, r.total_gr,"
    " (SELECT group_concat(name, ' + ') FROM payment p WHERE p.rid = r.rid),"
    " (o.epoch, o.seq) <= (d.epoch, d.hw), coalesce(v.is_accepted, 1), coalesce(v.reason, ''),"
    " r.operator_id, r.rowid,"
    " EXISTS (SELECT 1 FROM register_entry e WHERE e.receipt = r.rid)"
)
_BY_RECEIPT = (
    "receipt r CROSS JOIN delivered d LEFT JOIN document o ON o.rid = r.rid"
    " LEFT JOIN verdict v ON v.epoch = o.epoch AND v.seq = o.seq"
)
_BY_DOCUMENT = (
    "delivered d CROSS JOIN document o ON o.epoch = d.epoch AND o.seq > d.hw AND o.kind = 'receipt'"
    " JOIN receipt r ON r.rid = o.rid LEFT JOIN verdict v ON v.epoch = o.epoch AND v.seq = o.seq"
)
_BY_VERDICT = (
    "verdict v CROSS JOIN delivered d JOIN document o ON o.epoch = v.epoch AND o.seq = v.seq"
    " JOIN receipt r ON r.rid = o.rid"
)
_PAST = "(r.closed_at, r.rowid) < (?, ?)"
_ORDER = "ORDER BY r.closed_at DESC, r.rowid DESC LIMIT ?"
_LAST = (
    "SELECT r.rid FROM receipt r WHERE r.state = 'FISCAL' AND r.closed_at IS NOT NULL"  # noqa: S608 - our own text
    f" ORDER BY r.closed_at DESC, r.rowid DESC LIMIT {LAST_SHOWN}"
)
# Of the own receipts no more are read than a page needs, for they are not rare as the others are.
_OWN = (
    "SELECT r.rid FROM receipt r WHERE r.operator_id = ? AND r.state = 'FISCAL'"  # noqa: S608 - our own text
    f" AND r.closed_at IS NOT NULL AND {_PAST} {_ORDER}"
)


class Filter(StrEnum):
    """Which transactions are listed."""

    ALL = "all"
    TODAY = "today"
    UNSENT = "unsent"
    REJECTED = "rejected"
    CASHIER = "cashier"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter and what it compares: a day as ``2026-11-26``, an operator's id, a number."""

    filter: Filter = Filter.ALL
    value: str = ""


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Sale:
    """A row of the list of transactions; ``place`` tells apart what was finished together."""

    rid: str
    receipt_no: int
    closed_at: str
    operator: str
    total_gr: int
    method: str
    is_sent: bool
    is_rejected: bool
    reason: str
    operator_id: str = ""
    place: int = 0
    has_entries: bool = False


def page(
    db: sqlite3.Connection,
    wanted: Wanted,
    viewer: str = "",
    after: Sale | None = None,
    limit: int = 50,
) -> list[Sale]:
    """Sales that come after ``after``; those that operator ``viewer`` may see, all for nobody."""
    past = (after.closed_at, after.place) if after else _NEWEST
    count = min(limit, _PAGE_MAX)
    source, condition, values = _chosen(wanted)
    if viewer and wanted.filter is Filter.ALL:
        condition += f" AND (r.rid IN ({_OWN}) OR r.rid IN ({_LAST}))"
        values = (*values, viewer, *past, count)
    elif viewer:
        condition += f" AND (r.operator_id = ? OR r.rid IN ({_LAST}))"
        values = (*values, viewer)
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM {source} WHERE r.state = 'FISCAL' AND r.closed_at IS NOT NULL"  # noqa: S608 - our own text
        f" AND {condition} AND {_PAST} {_ORDER}",
        (*values, *past, count),
    )
    return [_sale(row) for row in rows]


def is_last(db: sqlite3.Connection, rid: str) -> bool:
    """Whether it is one of the till's last receipts."""
    return (rid,) in db.execute(_LAST).fetchall()


def _chosen(wanted: Wanted) -> tuple[str, str, tuple[Any, ...]]:
    """Where to begin, the condition and its values."""
    match wanted.filter:
        case Filter.TODAY:
            return _BY_RECEIPT, "r.closed_at >= ?", (wanted.value,)
        case Filter.UNSENT:
            return _BY_DOCUMENT, "1", ()
        case Filter.REJECTED:
            return _BY_VERDICT, "v.is_accepted = 0", ()
        case Filter.CASHIER:
            return _BY_RECEIPT, "r.operator_id = ?", (wanted.value,)
        case Filter.NUMBER:
            return _BY_RECEIPT, "r.receipt_no = ?", (int(wanted.value),)
    return _BY_RECEIPT, "1", ()


def _sale(row: tuple[Any, ...]) -> Sale:
    rid, receipt_no, closed_at, operator, total_gr, method, is_sent, is_accepted, *rest = row
    reason, operator_id, place, has_entries = rest
    return Sale(
        rid,
        receipt_no,
        closed_at,
        operator,
        total_gr,
        method or "",
        bool(is_sent),
        not is_accepted,
        reason,
        operator_id,
        place,
        bool(has_entries),
    )
