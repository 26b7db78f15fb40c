"""What was taken, by way to pay and by kind of document. Reads the journal, writes nothing.

Everything that counts money of a shift comes from here; ``figures`` has the sums of the reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.store.shifts import Part

if TYPE_CHECKING:
    import sqlite3

# What exceeds the due ends the paying: the change belongs to the last payment.
CHANGE = (
    "CASE WHEN p.no = (SELECT max(no) FROM payment WHERE rid = p.rid)"
    " THEN (SELECT sum(amount_gr) FROM payment WHERE rid = p.rid) - r.total_gr ELSE 0 END"
)
_OF_SHIFT = " FROM shift_part s JOIN receipt r ON r.rid = s.rid WHERE s.shift = ? AND s.what = ?"
_METHODS = (
    f"SELECT p.method, p.name, p.kind, count(*), sum(p.amount_gr), sum({CHANGE})"  # noqa: S608 - our own text
    " FROM shift_part s JOIN receipt r ON r.rid = s.rid JOIN payment p ON p.rid = r.rid"
    " WHERE s.shift = ? AND s.what = ? AND r.state = 'FISCAL'"
    " GROUP BY p.method, p.name, p.kind ORDER BY min(r.closed_at), p.name"
)


@dataclass(frozen=True, slots=True)
class Method:
    """What came in one way; ``amount_gr`` is what was handed over, ``change_gr`` went back."""

    method: str
    name: str
    kind: str
    payments: int
    amount_gr: int
    change_gr: int

    @property
    def net_gr(self) -> int:
        """What stayed."""
        return self.amount_gr - self.change_gr


@dataclass(frozen=True, slots=True)
class Takings:
    """The figures of one shift; ``returned_gr`` is what went back in cash for returned goods."""

    opening_gr: int
    in_gr: int
    out_gr: int
    methods: tuple[Method, ...]
    returned_gr: int
    receipts: int
    total_gr: int
    returns: int
    dropped: int
    drawer_openings: int

    @property
    def received_gr(self) -> int:
        """Cash that customers handed over."""
        return sum(one.amount_gr for one in self.methods if one.kind == "cash")

    @property
    def change_gr(self) -> int:
        """Cash that they got back as change, also for foreign money and vouchers."""
        return sum(one.change_gr for one in self.methods)

    @property
    def expected_gr(self) -> int:
        """Cash that should be in the drawer."""
        sold_gr = self.received_gr - self.change_gr - self.returned_gr
        return self.opening_gr + self.in_gr - self.out_gr + sold_gr


def takings(db: sqlite3.Connection, shift: str) -> Takings:
    """What the documents of a shift come to."""
    (opening_gr,) = db.execute(
        "SELECT coalesce(opening_gr, 0) FROM shift WHERE rid = ?", (shift,)
    ).fetchone()
    in_gr, out_gr = _moved(db, shift, Part.CASH)
    back_gr, returned_gr = _moved(db, shift, Part.REFUND)
    of_receipts = (shift, Part.RECEIPT)
    receipts, total_gr, dropped = db.execute(
        "SELECT count(*) FILTER (WHERE r.state = 'FISCAL'),"
        " coalesce(sum(r.total_gr) FILTER (WHERE r.state = 'FISCAL'), 0),"
        f" count(*) FILTER (WHERE r.state = 'DROPPED'){_OF_SHIFT}",
        of_receipts,
    ).fetchone()
    methods = tuple(Method(*row) for row in db.execute(_METHODS, of_receipts))
    return Takings(
        opening_gr=opening_gr,
        in_gr=in_gr,
        out_gr=out_gr,
        methods=methods,
        returned_gr=returned_gr - back_gr,
        receipts=receipts,
        total_gr=total_gr,
        returns=_count(db, shift, Part.RETURN),
        dropped=dropped,
        drawer_openings=_count(db, shift, Part.DRAWER),
    )


def _moved(db: sqlite3.Connection, shift: str, what: Part) -> tuple[int, int]:
    """Cash that the printer booked into the drawer and out of it."""
    in_gr, out_gr = db.execute(
        "SELECT coalesce(sum(max(m.amount_gr, 0)), 0), coalesce(-sum(min(m.amount_gr, 0)), 0)"
        " FROM shift_part s JOIN cash_move m ON m.rid = s.rid"
        " WHERE s.shift = ? AND s.what = ? AND m.outcome = 'BOOKED'",
        (shift, what),
    ).fetchone()
    return in_gr, out_gr


def _count(db: sqlite3.Connection, shift: str, what: Part) -> int:
    found = db.execute(
        "SELECT count(*) FROM shift_part WHERE shift = ? AND what = ?", (shift, what)
    ).fetchone()
    return int(found[0])
