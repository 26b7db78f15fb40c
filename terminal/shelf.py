"""What the screen looks up while selling goes on: articles, sales, what was pulled. Reads only.

Everything here runs on the ``lookup`` thread, on read-only connections of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.store import (
    attachments,
    availability,
    billed,
    browse,
    customers,
    events,
    exchanges,
    grid,
    local_customers,
    outbox,
    receipts,
    register,
    sales,
    sales_documents,
    search,
    visits,
)
from terminal.store.sales import EVERYTHING, Wanted

if TYPE_CHECKING:
    import sqlite3

    from msgspec import Struct

    from terminal.sale.entries import Case
    from terminal.sale.receipt import Receipt
    from terminal.store.availability import Availability
    from terminal.store.catalogue import Article, Catalogue
    from terminal.store.events import Logged
    from terminal.store.exchanges import Exchange
    from terminal.store.grid import Cell
    from terminal.store.outbox import Unsent
    from terminal.store.sales import Sale
    from terminal.sync.wire import (
        Attachment,
        Currency,
        Customer,
        Discount,
        PaymentMethod,
        ReturnDoc,
        SalesDocument,
        Stock,
        Visit,
    )


class Shelf:
    """``catalogue`` and ``journal`` are read-only connections of the ``lookup`` thread."""

    def __init__(self, catalogue: Catalogue, journal: sqlite3.Connection) -> None:
        self.catalogue = catalogue
        self.journal = journal

    def find(self, code: str) -> list[Article]:
        """Articles with this PLU or barcode."""
        return self.catalogue.find(code)

    def article(self, article_id: str) -> Article | None:
        """The article of a product that can be sold now."""
        return self.catalogue.article(article_id)

    def search(self, text: str, by_keys: bool, limit: int = 50) -> list[Article]:  # noqa: FBT001 - called through Engine.call
        """Articles by a fragment of the name, typed in letters or on the keys of a phone."""
        sold = dict(self.journal.execute("SELECT product, times FROM sold").fetchall())
        return search.search(self.catalogue, text, by_keys=by_keys, sold=sold, limit=limit)

    def best_sellers(self, limit: int = 50) -> list[Article]:
        """What this till has sold most often, of what can be sold now."""
        sold = self.journal.execute(
            "SELECT product FROM sold ORDER BY times DESC, product LIMIT ?", (limit,)
        )
        found = (self.catalogue.article(product) for (product,) in sold.fetchall())
        return [article for article in found if article is not None]

    def payment_methods(self) -> list[PaymentMethod]:
        """Ways to pay, in the shop's order."""
        return self.catalogue.payment_methods()

    def discounts(self) -> list[Discount]:
        """Discounts of the shop that may be given today."""
        return self.catalogue.discounts()

    def quick_keys(self) -> list[Cell]:
        """Quick keys of the shop, all pages of them."""
        return grid.quick_keys(self.catalogue)

    def in_category(self, category: str, per_page: int) -> list[Cell]:
        """Categories and articles below one; ``""`` is the top."""
        return grid.in_category(self.catalogue, category, per_page)

    def currencies(self) -> list[Currency]:
        """Foreign currencies and their rates."""
        return self.catalogue.currencies()

    def customers(
        self, text: str = "", after: Customer | None = None, limit: int = 50
    ) -> list[Customer]:
        """Customers by a piece of the name or the beginning of the NIP, those after ``after``."""
        own = local_customers.all_of_them(self.journal)
        return customers.customers(self.catalogue.db, text, after, limit, own)

    def customer(self, customer_id: str) -> Customer | None:
        """The customer with this id, if they are still one."""
        own = local_customers.all_of_them(self.journal)
        return customers.customer(self.catalogue.db, customer_id, own)

    def sales_documents(
        self,
        text: str = "",
        type: str = "",  # noqa: A002 - the trade's word
        after: SalesDocument | None = None,
        limit: int = 50,
    ) -> list[SalesDocument]:
        """Orders and quotes, newest first, by a piece of the number or the customer's name."""
        own = local_customers.all_of_them(self.journal)
        names = customers.names(self.catalogue.db, own) if text.strip() else {}
        asked = self.catalogue.db, self.journal, text, type, after, limit, names
        return sales_documents.page(*asked)

    def sales_document(self, document_id: str) -> SalesDocument | None:
        """One order or quote, as far as this till knows."""
        return sales_documents.find(self.catalogue.db, self.journal, document_id)

    def visits(self, from_day: str, to_day: str) -> list[Visit]:
        """Visits that are planned between two days, both included."""
        return visits.between(self.catalogue.db, self.journal, from_day, to_day)

    def visit(self, visit_id: str) -> Visit | None:
        """One visit, as far as this till knows."""
        return visits.find(self.catalogue.db, self.journal, visit_id)

    def attachments(self, about: str, of: str) -> list[Attachment]:
        """Notes and files about something, newest first."""
        return attachments.about(self.catalogue.db, self.journal, about, of)

    def availability(
        self, text: str = "", after: Availability | None = None, limit: int = 50
    ) -> list[Availability]:
        """How much of products there was and what this till sold since, by name."""
        return availability.page(self.catalogue.db, self.journal, text, after, limit)

    def stock(self, product_id: str) -> Stock | None:
        """How much of a product the shop had, and when."""
        return self.catalogue.stock(product_id)

    def rows(self, name: str, after: str, limit: int) -> list[Struct]:
        """Rows of a data set in the order of their ids, those after id ``after``."""
        return browse.rows(self.catalogue.db, name, after, limit)

    def counts(self) -> dict[str, int]:
        """How many rows each data set has."""
        return self.catalogue.counts()

    def sales(
        self,
        wanted: Wanted = EVERYTHING,
        viewer: str = "",
        after: Sale | None = None,
        limit: int = 50,
    ) -> list[Sale]:
        """Receipts and bills, newest first, that operator ``viewer`` may see; all for nobody."""
        asked = self.journal, wanted, viewer, after, limit
        found = [*sales.page(*asked), *billed.page(*asked)]
        return sorted(found, key=lambda it: (it.closed_at, it.place), reverse=True)[:limit]

    def bill(self, rid: str) -> Receipt:
        """A non-fiscal bill of this till, as it was paid."""
        return receipts.load(self.journal, rid)

    def register(self, before: ReturnDoc | None = None, limit: int = 50) -> list[ReturnDoc]:
        """Returns, complaints and mistakes, newest first."""
        return register.newest(self.journal, before, limit)

    def case(self, rid: str) -> Case:
        """A printed receipt of this till, and what this till knows of it since."""
        return register.case(self.journal, rid)

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
