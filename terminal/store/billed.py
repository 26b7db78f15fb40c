"""Non-fiscal bills in the list of transactions, newest first, a page at a time. Reads only.

Who may not see what others sold sees his own bills and those that wait: whoever is there makes a
receipt of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from terminal.store.sales import Filter, Sale, Wanted

if TYPE_CHECKING:
    import sqlite3

_NEWEST = ("9999", 2**62)
_COLUMNS = (
    "r.rid, r.closed_at, r.operator, r.total_gr,"
    " (SELECT group_concat(name, ' + ') FROM payment p WHERE p.rid = r.rid),"
    " (o.epoch, o.seq) <= (d.epoch, d.hw), coalesce(v.is_accepted, 1), coalesce(v.reason, ''),"
    " r.operator_id, r.rowid, b.no, coalesce(g.receipt_no, 0)"
)
_JOINED = (
    " CROSS JOIN receipt r ON r.rid = b.rid CROSS JOIN delivered d"
    " LEFT JOIN document o ON o.rid = r.rid LEFT JOIN verdict v ON v.epoch = o.epoch"
    " AND v.seq = o.seq LEFT JOIN receipt g ON g.rid = b.receipt"
)
_LISTED = {
    Filter.ALL: "1",
    Filter.TODAY: "b.at >= :value",
    Filter.CASHIER: "r.operator_id = :value",
    Filter.BILLS: "b.receipt IS NULL",
}


def page(
    db: sqlite3.Connection, wanted: Wanted, viewer: str, after: Sale | None, limit: int
) -> list[Sale]:
    """Bills that come after ``after``; those that operator ``viewer`` may see, all for nobody."""
    if wanted.filter not in _LISTED:
        return []
    at, place = (after.closed_at, after.place) if after else _NEWEST
    index = "waiting" if wanted.filter is Filter.BILLS else "by_time"
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM nonfiscal_bill b INDEXED BY nonfiscal_bill_{index}{_JOINED}"  # noqa: S608 - our own text
        f" WHERE {_LISTED[wanted.filter]} AND b.at <= :at AND (b.at, r.rowid) < (:at, :place)"
        " AND (:viewer = '' OR r.operator_id = :viewer OR b.receipt IS NULL)"
        " ORDER BY b.at DESC, r.rowid DESC LIMIT :limit",
        {"value": wanted.value, "at": at, "place": place, "viewer": viewer, "limit": limit},
    )
    return [_bill(row) for row in rows]


def _bill(row: tuple[Any, ...]) -> Sale:
    rid, closed_at, operator, total_gr, method, is_sent, is_accepted, reason, *rest = row
    operator_id, place, bill_no, made_good = rest
    return Sale(
        rid=rid,
        receipt_no=0,
        closed_at=closed_at,
        operator=operator,
        total_gr=total_gr,
        method=method or "",
        is_sent=bool(is_sent),
        is_rejected=not is_accepted,
        reason=reason,
        operator_id=operator_id,
        place=place,
        bill_no=bill_no,
        made_good=made_good,
    )
