"""What the screen looks up while selling goes on: articles, sales, what was pulled. Reads only.

Everything here runs on the ``lookup`` thread, on read-only connections of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from terminal.store import browse, customers, events, exchanges, outbox, receipts, search

if TYPE_CHECKING:
    import sqlite3

    from msgspec import Struct

    from terminal.sale.receipt import Receipt
    from terminal.store.catalogue import Article, Catalogue
    from terminal.store.events import Logged
    from terminal.store.exchanges import Exchange
    from terminal.store.outbox import Unsent
    from terminal.sync.wire import Currency, Customer, Discount, PaymentMethod, Stock

_SALES_MAX = 200


@dataclass(frozen=True, slots=True)
class Sale:
    """A row of the list of transactions."""

    rid: str
    receipt_no: int
    closed_at: str
    operator: str
    total_gr: int
    method: str
    is_sent: bool
    is_rejected: bool
    reason: str


class Shelf:
    """``catalogue`` and ``journal`` are read-only connections of the ``lookup`` thread."""

    def __init__(self, catalogue: Catalogue, journal: sqlite3.Connection) -> None:
        self.catalogue = catalogue
        self.journal = journal

    def find(self, code: str) -> list[Article]:
        """Articles with this PLU or barcode."""
        return self.catalogue.find(code)

    def search(self, text: str, by_keys: bool, limit: int = 50) -> list[Article]:  # noqa: FBT001 - called through Engine.call
        """Articles by a fragment of the name, typed in letters or on the keys of a phone."""
        sold = dict(self.journal.execute("SELECT product, times FROM sold").fetchall())
        return search.search(self.catalogue, text, by_keys=by_keys, sold=sold, limit=limit)

    def payment_methods(self) -> list[PaymentMethod]:
        """Ways to pay, in the shop's order."""
        return self.catalogue.payment_methods()

    def discounts(self) -> list[Discount]:
        """Discounts of the shop that may be given today."""
        return self.catalogue.discounts()

    def currencies(self) -> list[Currency]:
        """Foreign currencies and their rates."""
        return self.catalogue.currencies()

    def customers(
        self, text: str = "", after: Customer | None = None, limit: int = 50
    ) -> list[Customer]:
        """Customers by a piece of the name or the beginning of the NIP, those after ``after``."""
        return customers.customers(self.catalogue.db, text, after, limit)

    def stock(self, product_id: str) -> Stock | None:
        """How much of a product the shop had, and when."""
        return self.catalogue.stock(product_id)

    def rows(self, name: str, after: str, limit: int) -> list[Struct]:
        """Rows of a data set in the order of their ids, those after id ``after``."""
        return browse.rows(self.catalogue.db, name, after, limit)

    def counts(self) -> dict[str, int]:
        """How many rows each data set has."""
        return self.catalogue.counts()

    def sales(self, before: str | None = None, limit: int = 50) -> list[Sale]:
        """Fiscal receipts, newest first, finished before ``before``."""
        rows = self.journal.execute(
            "SELECT r.rid, r.receipt_no, r.closed_at, r.operator, r.total_gr,"
            " (SELECT group_concat(name, ' + ') FROM payment p WHERE p.rid = r.rid),"
            " (o.epoch, o.seq) <= (d.epoch, d.hw), coalesce(v.is_accepted, 1),"
            " coalesce(v.reason, '')"
            " FROM receipt r JOIN delivered d LEFT JOIN document o ON o.rid = r.rid"
            " LEFT JOIN verdict v ON v.epoch = o.epoch AND v.seq = o.seq"
            " WHERE r.state = 'FISCAL' AND r.closed_at IS NOT NULL AND r.closed_at < ?"
            " ORDER BY r.closed_at DESC, r.seq DESC LIMIT ?",
            (before or "9999", min(limit, _SALES_MAX)),
        )
        return [_sale(row) for row in rows]

    def sale_lines(self, rid: str) -> Receipt:
        """One receipt with lines and payments."""
        return receipts.load(self.journal, rid)

    def unsent(self) -> Unsent:
        """What the back office does not have yet."""
        return outbox.unsent(self.journal)

    def rejected(self, limit: int) -> list[tuple[str, str]]:
        """Documents that the back office rejected, newest first: which, and why."""
        rows = self.journal.execute(
            "SELECT d.made_at, d.kind, coalesce(r.receipt_no, 0), v.reason"
            " FROM verdict v JOIN document d USING (epoch, seq)"
            " LEFT JOIN receipt r ON r.rid = d.rid"
            " WHERE NOT v.is_accepted ORDER BY v.epoch DESC, v.seq DESC LIMIT ?",
            (limit,),
        )
        return [
            (f"{at[:16].replace('T', ' ')} {kind} {number or ''}".rstrip(), reason)
            for at, kind, number, reason in rows
        ]

    def events(self, before: tuple[int, int] | None = None) -> list[Logged]:
        """What the journal tells besides receipts, newest first, those before ``before``."""
        return events.recent(self.journal, before)

    def exchanges(self) -> list[Exchange]:
        """The last exchanges with the back office, newest first."""
        return exchanges.recent(self.journal)

    def last_pulls(self) -> dict[str, tuple[int, str]]:
        """Revision of each data set and when it came."""
        rows = self.catalogue.db.execute("SELECT name, revision, applied_at FROM data_set")
        return {name: (revision, at) for name, revision, at in rows}


def _sale(row: tuple[Any, ...]) -> Sale:
    rid, receipt_no, closed_at, operator, total_gr, method, is_sent, is_accepted, reason = row
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
    )
