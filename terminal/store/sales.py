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
_PAST = "(r.closed_at, r.rowid) < (?, ?)"
_PRINTED = "r.state = 'FISCAL' AND r.closed_at IS NOT NULL"
_ORDER = "ORDER BY r.closed_at DESC, r.rowid DESC LIMIT ?"
_OFFICE = (
    " LEFT JOIN document o ON o.rid = r.rid LEFT JOIN verdict v ON v.epoch = o.epoch"
    " AND v.seq = o.seq"
)
_BY_RECEIPT = f"receipt r CROSS JOIN delivered d{_OFFICE}"
# What comes first is read first: else all receipts are, for the order they shall have.
_BY_DOCUMENT = (
    "delivered d CROSS JOIN document o ON o.epoch = d.epoch AND o.seq > d.hw AND o.kind = 'receipt'"
    " CROSS JOIN receipt r ON r.rid = o.rid"
    " LEFT JOIN verdict v ON v.epoch = o.epoch AND v.seq = o.seq"
)
_BY_VERDICT = (
    "verdict v CROSS JOIN delivered d CROSS JOIN document o ON o.epoch = v.epoch AND o.seq = v.seq"
    " CROSS JOIN receipt r ON r.rid = o.rid"
)
_LAST = (
    f"SELECT r.rid FROM receipt r WHERE {_PRINTED}"  # noqa: S608 - our own text
    f" ORDER BY r.closed_at DESC, r.rowid DESC LIMIT {LAST_SHOWN}"
)
# Of the own receipts no more are read than a page needs.
_OWN = f"SELECT r.rid FROM receipt r WHERE r.operator_id = ? AND {_PRINTED} AND {_PAST} {_ORDER}"  # noqa: S608 - our own text
_BY_OWN_OR_LAST = (
    f"(SELECT rid FROM ({_OWN}) UNION SELECT rid FROM ({_LAST})) mine"  # noqa: S608 - our own text
    f" CROSS JOIN receipt r ON r.rid = mine.rid CROSS JOIN delivered d{_OFFICE}"
)
_BY_LAST = (
    f"({_LAST}) mine CROSS JOIN receipt r ON r.rid = mine.rid CROSS JOIN delivered d{_OFFICE}"
)


class Filter(StrEnum):
    """Which transactions are listed."""

    ALL = "all"
    TODAY = "today"
    UNSENT = "unsent"
    REJECTED = "rejected"
    CASHIER = "cashier"
    BILLS = "bills"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter and what it compares: a day as ``2026-11-26``, an operator's id, a number."""

    filter: Filter = Filter.ALL
    value: str = ""


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Sale:
    """A row of the list of transactions; ``place`` tells apart what was finished together.

    A non-fiscal bill has a ``bill_no``, and the number of the receipt that ``made_good`` for it.
    """

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
    bill_no: int = 0
    made_good: int = 0

    @property
    def is_waiting(self) -> bool:
        """Whether it is a bill of which no receipt was made yet."""
        return bool(self.bill_no) and not self.made_good


def page(
    db: sqlite3.Connection,
    wanted: Wanted,
    viewer: str = "",
    after: Sale | None = None,
    limit: int = 50,
) -> list[Sale]:
    """Sales that come after ``after``; those that operator ``viewer`` may see, all for nobody."""
    if wanted.filter is Filter.BILLS:
        return []
    past = (after.closed_at, after.place) if after else _NEWEST
    count = min(limit, _PAGE_MAX)
    source, condition, values = _chosen(wanted)
    begun: tuple[Any, ...] = ()
    if viewer and wanted.filter is Filter.ALL:
        source, begun = _BY_OWN_OR_LAST, (viewer, *past, count)
    elif viewer and wanted.filter is Filter.CASHIER:
        source = source if wanted.value == viewer else _BY_LAST
    elif viewer:
        condition += f" AND (r.operator_id = ? OR r.rid IN ({_LAST}))"
        values = (*values, viewer)
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM {source} WHERE {_PRINTED} AND {condition} AND {_PAST} {_ORDER}",  # noqa: S608 - our own text
        (*begun, *values, *past, count),
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
